"""What merges cleanly and still wants reading: mechanically sound may be bad grammar.

A hint is no collision; the merged text has all that it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from motions.texts.blocks import Block, render_text
from motions.texts.changes import Change
from motions.texts.collisions import Come, Gone, Hint, Rewritten, Touch
from motions.texts.pieces import pieces
from motions.texts.touches import Ledger, sentences

ONE_SENTENCE = "More than one amendment changes this sentence, each in other words: read it."
BESIDE_GONE = (
    "One amendment inserts this beside a paragraph that another deletes or rewrites: read it."
)
TWICE = "Two amendments insert this same paragraph, at different places: is it wanted twice?"
EMPTIED = "Together the amendments leave nothing of this paragraph."


def hints_of(ledger: Ledger, merged: Mapping[int, Sequence[Block]]) -> list[Hint]:
    """The hints in the order of the text; ``merged`` are the blocks made of the base's, by place
    (none where nothing is left)."""
    found = [hint for place, parts in merged.items() for hint in _inside(ledger, place, parts)]
    found += [hint for gap in sorted(ledger.gaps) for hint in _beside(ledger, gap)]
    found += _twice(ledger)
    return sorted(found, key=lambda hint: (hint.paragraph, hint.why, hint.amendments))


def _hint(place: int, touches: Iterable[Touch], text: str, why: str) -> Hint:
    names = set().union(*(touch.live for touch in touches))
    return Hint(max(place, 1), tuple(sorted(names)), text, why)


def _inside(ledger: Ledger, place: int, parts: Sequence[Block]) -> Iterator[Hint]:
    """Clean changes of different amendments in one sentence."""
    live = [
        touch
        for touch in ledger.blocks.get(place, ())
        if touch.live and isinstance(touch.what, Change) and not touch.what.is_gap
    ]
    if len(live) < 2:
        return
    if not parts:
        yield _hint(place + 1, live, "", EMPTIED)
        return
    text = pieces(ledger.base[place].text)
    of_sentence: dict[int, list[Touch]] = {}
    for touch in live:
        for number in sentences(text, touch.what):
            of_sentence.setdefault(number, []).append(touch)
    near: dict[int, Touch] = {}
    for some in of_sentence.values():
        groups = {frozenset(touch.live) for touch in some}
        apart = {one for one in groups if any(one.isdisjoint(other) for other in groups)}
        near |= {id(touch): touch for touch in some if frozenset(touch.live) in apart}
    if near:
        yield _hint(place + 1, near.values(), render_text(parts), ONE_SENTENCE)


def _beside(ledger: Ledger, gap: int) -> Iterator[Hint]:
    """Blocks inserted next to one of which another amendment leaves next to nothing."""
    for touch in ledger.gaps[gap]:
        gone = [
            other
            for place in (gap - 1, gap)
            for other in ledger.blocks.get(place, ())
            if isinstance(other.what, Gone | Rewritten)
            and other.live
            and other.live.isdisjoint(touch.live)
        ]
        if gone and touch.live:
            yield _hint(gap, [touch, *gone], touch.what.text, BESIDE_GONE)


def _twice(ledger: Ledger) -> Iterator[Hint]:
    """The same insertion at two places by different amendments."""
    seen: dict[Come, Touch] = {}
    for gap in sorted(ledger.gaps):
        for touch in ledger.gaps[gap]:
            first = seen.setdefault(touch.what, touch)
            both = first is not touch and touch.live and first.live
            if both and first.live.isdisjoint(touch.live):
                yield _hint(gap, [first, touch], touch.what.text, TWICE)
