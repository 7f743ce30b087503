"""Counts of what people told in confidence, made safe to show: a pure rule, free of Django.

A report that anybody may ask for at any minute can be asked for before and after one person walked
in. So counts by gender and by age are never exact: to the nearest five, nothing below five, and
nothing at all among fewer than ten people. Whoever is counted by them is counted at the full hour.
"""

from __future__ import annotations

#: Among fewer people than this nothing is said.
FEWEST_PEOPLE = 10
#: A smaller number than this is not told from nought.
SMALLEST = 5
STEP = 5

TOO_FEW = "too few to say"
SMALL = f"fewer than {SMALLEST}"


def in_words(number: int, *, among: int) -> str:
    """'about 15', 'fewer than 5', or that there are too few people to say."""
    if among < FEWEST_PEOPLE:
        return TOO_FEW
    if number < SMALLEST:
        return SMALL
    return f"about {(number + STEP // 2) // STEP * STEP}"
