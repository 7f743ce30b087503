"""Two people have changed one text: block by block, what each has, and what to take of it.

Both worked from the same text. Where only one of the two changed a block, their wording is proposed;
where both did, both are, one after the other, so that nothing is lost by pressing a button. Blocks
that are the same in both are no choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from motions.texts.blocks import Block, rendered
from motions.texts.comparing import Segment, State, compare


class Take(StrEnum):
    """What is taken where the two differ."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Row:
    """A block of theirs beside one of mine; None where one of them has none. `segments` are the
    words that differ, empty for a block that is the same. `proposed` is None for such a one."""

    theirs: Block | None
    mine: Block | None
    segments: tuple[Segment, ...]
    proposed: Take | None

    @property
    def is_choice(self) -> bool:
        """Do the two differ here?"""
        return self.proposed is not None

    @property
    def has_both(self) -> bool:
        """Has each of the two a block here?"""
        return self.theirs is not None and self.mine is not None

    def taken(self, take: Take) -> tuple[Block, ...]:
        """The blocks of the choice, theirs first."""
        some = {Take.THEIRS: (self.theirs,), Take.MINE: (self.mine,)}.get(
            take, (self.theirs, self.mine)
        )
        return tuple(block for block in some if block is not None)


def rows(base: Sequence[Block], theirs: Sequence[Block], mine: Sequence[Block]) -> list[Row]:
    """Both texts beside each other in reading order."""
    known = {rendered(block) for block in base}
    found = []
    for row in compare(theirs, mine):
        same = row.state is State.KEPT
        found.append(
            Row(
                theirs=row.old,
                mine=row.new,
                segments=() if same else row.segments,
                proposed=None if same else _proposed(row.old, row.new, known),
            )
        )
    return found


def together(some: Iterable[Row], takes: Mapping[int, Take]) -> list[Block]:
    """The text that the choices make; ``takes`` by the place of the row, else what is proposed."""
    blocks: list[Block] = []
    for place, row in enumerate(some):
        if row.is_choice:
            blocks += row.taken(takes.get(place, row.proposed))
        else:
            blocks.append(row.mine)
    return blocks


def _proposed(theirs: Block | None, mine: Block | None, known: set[str]) -> Take:
    """What the one who changed it has. A block that only one has was added by them, or deleted by
    the other."""
    if theirs is None:
        return Take.THEIRS if rendered(mine) in known else Take.MINE
    if mine is None:
        return Take.MINE if rendered(theirs) in known else Take.THEIRS
    if rendered(theirs) in known:
        return Take.MINE
    return Take.THEIRS if rendered(mine) in known else Take.BOTH
