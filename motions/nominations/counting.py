"""From the tellers' figures to places: most votes first, terms by rank, ties by lots people drew.

Plain data: candidates are numbers, terms are years (None where none is stated), the longest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

Term = int | None


@dataclass(frozen=True, slots=True)
class Placing:
    """One candidate in the result. `why_not` is '' for those elected, and for those outvoted."""

    candidate: int
    votes: int | None
    is_elected: bool
    years: Term = None
    why_not: str = ""


class LotNeeded(Exception):
    """These candidates stand equal, and it matters who comes first: people draw a lot."""

    def __init__(self, candidates: Sequence[int]) -> None:
        super().__init__(f"A lot is needed between {len(candidates)} candidates.")
        self.candidates = tuple(candidates)


def placings(
    votes: Mapping[int, int | None],
    *,
    regions: Mapping[int, str],
    terms: Sequence[Term],
    one_per_region: bool,
    lots: Sequence[Sequence[int]] = (),
) -> list[Placing]:
    """Everybody in the order of the result.

    `votes` None for all: nobody voted, and the order is by lot alone. `lots` are orders as drawn; one
    serves for a tie when it names everybody in it. Raises LotNeeded for the first tie that decides
    something and has no lot.
    """
    free, taken, result = list(terms), set(), []
    by_votes = sorted(votes, key=lambda one: (-(votes[one] or 0), one))
    for _, tied in groupby(by_votes, key=lambda one: votes[one] or 0):
        group = list(tied)
        if matters(group, regions, free, taken, one_per_region=one_per_region):
            group = _drawn(group, lots)
        for one in group:
            region = regions[one]
            if not free:
                result.append(Placing(one, votes[one], False))
            elif one_per_region and region in taken:
                why = f"{region} is represented by a member with more votes"
                if votes[one] is None:
                    why = f"{region} is represented by a member drawn before"
                result.append(Placing(one, votes[one], False, why_not=why))
            else:
                taken.add(region)
                result.append(Placing(one, votes[one], True, free.pop(0)))
    return result


def matters(
    group: Sequence[int],
    regions: Mapping[int, str],
    free: Sequence[Term],
    taken: set[str],
    *,
    one_per_region: bool,
) -> bool:
    """Does it make a difference in which order these equal candidates come?"""
    able = [one for one in group if not (one_per_region and regions[one] in taken)]
    if len(able) < 2 or not free:
        return False
    if len(able) > len(free) or len(set(free[: len(able)])) > 1:
        return True
    return one_per_region and len({regions[one] for one in able}) < len(able)


def _drawn(group: Sequence[int], lots: Sequence[Sequence[int]]) -> list[int]:
    for lot in reversed(lots):
        if set(group) <= set(lot):
            return sorted(group, key=list(lot).index)
    raise LotNeeded(group)
