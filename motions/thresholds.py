"""When is a vote carried? Exact whole numbers, no percentages, no rounding.

Only votes For and Against count: abstentions and spoilt papers are left out (common practice; the
party's own standing orders are not known). A tie falls, and nobody has a casting vote. A vote in
which nobody voted For is never carried, whatever the threshold: 0 : 0 is not two thirds of anything.
"""

from __future__ import annotations

from enum import StrEnum


class Threshold(StrEnum):
    """How many votes an item needs. The value is what is stored and what files say."""

    SIMPLE = "simple"
    TWO_THIRDS = "two_thirds"


def is_carried(threshold: str, *, votes_for: int, votes_against: int) -> bool:
    """Is the item carried by these votes (heads or weights, whole numbers)?

    Simple: more For than Against. Two thirds: at least two thirds of For and Against together, that
    is 3 × For ≥ 2 × (For + Against), so 2 : 1 is carried and 199 : 100 is not. Raises ValueError
    for a number below zero or a threshold that is not known.
    """
    if votes_for < 0 or votes_against < 0:
        raise ValueError("Votes are counted from 0.")
    if Threshold(threshold) is Threshold.SIMPLE:
        return votes_for > votes_against
    return votes_for > 0 and 3 * votes_for >= 2 * (votes_for + votes_against)


def least_for(threshold: str, *, votes: int) -> int:
    """The fewest votes For that carry an item of `votes` For and Against together; 1 for none."""
    if Threshold(threshold) is Threshold.SIMPLE:
        return votes // 2 + 1
    return max(1, -(-2 * votes // 3))


def in_words(threshold: str) -> str:
    """'more votes for than against': the threshold as a chair reads it out."""
    return {
        Threshold.SIMPLE: "more votes for than against",
        Threshold.TWO_THIRDS: "at least two thirds of the votes for and against",
    }[Threshold(threshold)]
