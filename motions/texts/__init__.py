"""The text engine motions stand on: pure functions over plain text, without Django or a database.

``cleaning`` makes what people type or paste presentable, ``words`` counts by the one rule,
``blocks`` gives paragraphs stable keys, ``lines`` numbers lines for print.
"""
