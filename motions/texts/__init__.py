"""The text engine motions stand on: pure functions over plain text, without Django or a database.

``cleaning`` makes what people type or paste presentable, ``words`` counts by the one rule,
``blocks`` gives paragraphs stable keys, ``alignment`` keeps them, ``lines`` numbers lines for print.

Amendments: ``plans`` says what one does to each block, ``operations`` stores it, ``comparing`` shows
it, ``spoken`` reads it out. ``merging`` puts many into one text; ``collisions`` defines when they
cannot all be, ``hints`` what wants reading all the same. ``rebasing`` moves one to a newer text.
"""
