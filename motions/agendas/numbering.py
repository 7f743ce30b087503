"""Which number each motion and amendment has. Pure: plain data in, numbers out.

A number is frozen at the first print of an agenda that bears it and never moves again; it is not
given a second time either, not even after the motion was withdrawn. What comes later follows the
highest number there is. Until it is printed, everything may be put in another order.

Serially: 1, 2, 3 … By category: a hundred for each, 101, 102 … 201 …, so that a late motion still
stands with its subject, and no number looks like an amendment's ('4.1'). Emergency motions have a
row of their own, E1, E2 …; a number that somebody else gave, such as a composite's C1, is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Numbers in the hundred of a category.
MOST_IN_A_CATEGORY = 99
EMERGENCY = "E"
_NUMBER = re.compile(r"([A-Z]?)([0-9]+)\Z")


class CategoryFull(Exception):
    """A category has more motions than its hundred has numbers; serial numbers have no end."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """What numbering knows of a motion: who it is, its number, and whether that stands already.

    `category` is the rank of its category from 1; motions without one come last.
    """

    key: int
    number: str = ""
    is_frozen: bool = False
    category: int = 0
    is_emergency: bool = False


def assign(
    motions: Sequence[Numbered], *, by_category: bool, taken: Iterable[str] = ()
) -> dict[int, str]:
    """The number of every motion, in the order given; frozen ones keep theirs.

    `taken` are numbers of motions that are no longer on the agenda. Raises CategoryFull.
    """
    standing = [one for one in motions if one.is_frozen]
    used = [one.number for one in standing] + list(taken)
    found = {one.key: one.number for one in standing}
    moving = [one for one in motions if not one.is_frozen]
    emergencies = [one for one in moving if one.is_emergency]
    ordinary = [one for one in moving if not one.is_emergency]
    found |= _following(emergencies, _highest(used, EMERGENCY), EMERGENCY)
    if by_category:
        return found | _by_category(ordinary, standing, used)
    return found | _following(ordinary, _highest(used, ""), "")


def amendment_numbers(
    motion: str, amendments: Sequence[Numbered], *, taken: Iterable[str] = ()
) -> dict[int, str]:
    """'4.1', '4.2' … for the amendments to motion 4, in the order given; frozen ones keep theirs.

    `taken` are numbers of amendments that are no longer on the agenda.
    """
    standing = {one.key: one.number for one in amendments if one.is_frozen}
    used = (number.rpartition(".")[2] for number in [*standing.values(), *taken])
    last = max((int(figures) for figures in used if figures.isdecimal()), default=0)
    moving = [one.key for one in amendments if not one.is_frozen]
    return standing | {key: f"{motion}.{n}" for n, key in enumerate(moving, start=last + 1)}


def sort_key(number: str) -> tuple[bool, str, tuple[int, ...]]:
    """In which order numbers stand: 2 before 10, 4.2 before 4.10, C1 and E1 after 99; none last."""
    letter = number[:1] if number[:1].isalpha() else ""
    figures = tuple(int(part) for part in re.findall(r"[0-9]+", number))
    return (not number, letter, figures)


def _highest(used: Iterable[str], letter: str) -> int:
    fits = (_NUMBER.match(number) for number in used)
    return max((int(one[2]) for one in fits if one and one[1] == letter), default=0)


def _following(motions: Iterable[Numbered], last: int, letter: str) -> dict[int, str]:
    return {one.key: f"{letter}{n}" for n, one in enumerate(motions, start=last + 1)}


def _by_category(
    moving: Sequence[Numbered], standing: Sequence[Numbered], used: Sequence[str]
) -> dict[int, str]:
    """A category keeps the hundred that was printed for it; a new one has the next that is free."""
    hundreds = {one.category: int(one.number) // 100 for one in standing if one.number.isdecimal()}
    free = max([*hundreds.values(), *_hundreds(used)], default=0) + 1
    found: dict[int, str] = {}
    for category in sorted({one.category for one in moving}, key=lambda rank: (rank == 0, rank)):
        if category not in hundreds:
            hundreds[category], free = free, free + 1
        first = hundreds[category] * 100
        inside = [int(n) - first for n in used if n.isdecimal() and first < int(n) < first + 100]
        group = [one for one in moving if one.category == category]
        last = max(inside, default=0)
        if last + len(group) > MOST_IN_A_CATEGORY:
            raise CategoryFull
        found |= {one.key: str(first + n) for n, one in enumerate(group, start=last + 1)}
    return found


def _hundreds(used: Iterable[str]) -> list[int]:
    return [int(number) // 100 for number in used if number.isdecimal()]
