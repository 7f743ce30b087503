"""Two texts beside each other for people: which blocks came, went or changed, and which words.

Blocks are paired first, words compared inside a pair; kept words that only happen to stand between
two changes are shown as changed, so that a reader sees few and whole changes. Taking the kept and
deleted segments gives the old text, the kept and inserted ones the new, character for character.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from motions.texts.blocks import Block
from motions.texts.changes import SHOWN_ISLAND, Change, changes, is_island
from motions.texts.pieces import Pieces, pieces
from motions.texts.plans import Plan


class State(StrEnum):
    """What became of words, or of a block."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that is kept, inserted or deleted."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One block of the comparison. ``number`` counts the old text's blocks from 1; an inserted
    block has none. ``old`` or ``new`` is None where the block was not, or is no more."""

    state: State
    number: int | None
    old: Block | None
    new: Block | None
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One change as people see it: words ``start`` to ``end`` of the old text become words ``at``
    to ``until`` of the new."""

    start: int
    end: int
    at: int
    until: int

    @property
    def is_blank(self) -> bool:
        """Changes nothing but the gap between two words."""
        return self.start == self.end and self.at == self.until


def _until(change: Change) -> int:
    return change.at + len(change.words)


def passages(old: Pieces, new: Pieces, *, share: float = SHOWN_ISLAND) -> list[Passage]:
    """The changes of a block, those parted by next to nothing made one (``is_island``)."""
    found: list[Passage] = []
    last = None
    for change in changes(old, new):
        if last is not None and is_island(old, last, change, share):
            found[-1] = Passage(found[-1].start, change.end, found[-1].at, _until(change))
        else:
            found.append(Passage(change.start, change.end, change.at, _until(change)))
        last = change
    return found


def _starts(some: Pieces) -> list[int]:
    """Where each gap begins, and at last where the text ends."""
    lengths = [len(gap) + len(word) for gap, word in zip(some.gaps, some.words, strict=False)]
    return [0, *accumulate(lengths), sum(lengths) + len(some.gaps[-1])]


def _common_blanks(one: str, other: str) -> tuple[int, int]:
    """How many blanks both begin with, and how many of the rest both end with."""
    shorter = min(len(one), len(other))
    head = 0
    while head < shorter and one[head] == other[head] and one[head].isspace():
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail] and one[-1 - tail].isspace():
        tail += 1
    return head, tail


def segments(old: str, new: str) -> tuple[Segment, ...]:
    """``old`` and ``new`` as one run of kept, deleted and inserted text, deletions first."""
    if old == new:
        return (Segment(State.KEPT, old),) if old else ()
    a, b = pieces(old), pieces(new)
    old_starts, new_starts = _starts(a), _starts(b)
    found, done = [], 0
    for passage in passages(a, b):
        # with the gaps on both sides, less what both texts have of them
        start, end = old_starts[passage.start], old_starts[passage.end] + len(a.gaps[passage.end])
        gone = old[start:end]
        until = new_starts[passage.until] + len(b.gaps[passage.until])
        come = new[new_starts[passage.at] : until]
        head, tail = _common_blanks(gone, come)
        found.append(Segment(State.KEPT, old[done : start + head]))
        found.append(Segment(State.DELETED, gone[head : len(gone) - tail]))
        found.append(Segment(State.INSERTED, come[head : len(come) - tail]))
        done = end - tail
    found.append(Segment(State.KEPT, old[done:]))
    return tuple(segment for segment in found if segment.text)


def _row(state: State, number: int | None, old: Block | None, new: Block | None) -> Row:
    if old is not None and new is not None:
        return Row(state, number, old, new, segments(old.text, new.text))
    whole = State.INSERTED if old is None else State.DELETED
    return Row(state, number, old, new, (Segment(whole, (old or new).text),))


def compare(old: Sequence[Block], new: Sequence[Block]) -> list[Row]:
    """The rows of both texts in reading order. A text replaced as a whole is shown deleted first,
    then inserted."""
    plan = Plan.of(old, new)
    if plan.whole is not None:
        gone = [_row(State.DELETED, n, block, None) for n, block in enumerate(old, 1)]
        return gone + [_row(State.INSERTED, None, None, block) for block in plan.whole]
    rows = [_row(State.INSERTED, None, None, block) for block in plan.inserted.get(0, ())]
    for place, block in enumerate(old):
        if place in plan.deleted:
            rows.append(_row(State.DELETED, place + 1, block, None))
        elif place in plan.replaced:
            rows.append(_row(State.CHANGED, place + 1, block, plan.replaced[place]))
        else:
            rows.append(_row(State.KEPT, place + 1, block, block))
        come = plan.inserted.get(place + 1, ())
        rows += [_row(State.INSERTED, None, None, new_block) for new_block in come]
    return rows
