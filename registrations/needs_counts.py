"""How many need what: counts that may be passed on to a kitchen or a hall, and name nobody.

A diet that fewer than five people have would say of somebody at the table what it is; such are
counted together, and so many with them that nobody can work out the small number by taking away.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from events.models import Conference
from registrations.models import Extra, Line, Place, PlaceNeeds

#: The smallest number that is told by itself.
LEAST = 5


@dataclass(frozen=True, slots=True)
class Counts:
    """What may be told of one set of people. `others`: all that is not told by itself."""

    people: int
    access: str
    told: list[tuple[str, int]]
    others: str


@dataclass(frozen=True, slots=True)
class Report:
    """The counts of everybody and of each dinner, and the first day on which the rows are deleted."""

    groups: list[tuple[str, Counts]]
    deleted_on: dt.date | None


def released(counts: Mapping[str, int]) -> tuple[list[tuple[str, int]], int]:
    """(what is told by itself, most first; the sum of all others).

    The sum of the others is nought or at least five, unless all together are fewer.
    """
    told = sorted(
        ((word, number) for word, number in counts.items() if number >= LEAST),
        key=lambda one: (-one[1], one[0]),
    )
    others = sum(counts.values()) - sum(number for _, number in told)
    while told and 0 < others < LEAST:
        others += told.pop()[1]
    return told, others


def in_words(number: int) -> str:
    """A number that may be told, or that it is a small one."""
    return str(number) if number == 0 or number >= LEAST else f"fewer than {LEAST}"


def of_conference(conference: Conference, on: dt.date) -> Report:
    """Counts of the active places whose rows are not due for deletion on the day. Three queries."""
    places = Place.objects.active().filter(booking__conference=conference)
    keys = set(places.order_by().values_list("pk", flat=True))
    needs = list(PlaceNeeds.objects.filter(place__in=places, purge_on__gt=on))
    at_dinner: dict[str, set[int]] = {}
    lines = Line.objects.holding().filter(
        extra__conference=conference, extra__kind=Extra.Kind.DINNER
    )
    for name, place in lines.order_by("extra__position").values_list("extra__name", "place"):
        at_dinner.setdefault(name, set()).add(place)
    groups = [("Everybody who is booked", keys), *at_dinner.items()]
    return Report(
        [(name, _counts(people, needs)) for name, people in groups],
        min((row.purge_on for row in needs), default=None),
    )


def _counts(people: set[int], needs: list[PlaceNeeds]) -> Counts:
    rows = [row for row in needs if row.place_id in people]
    diets = Counter(_tidied(row.dietary) for row in rows if row.dietary)
    told, others = released(diets)
    access = sum(1 for row in rows if row.access)
    return Counts(len(people), in_words(access), told, in_words(others))


def _tidied(words: str) -> str:
    """'Vegan.' and ' vegan' are one diet."""
    return " ".join(words.split()).rstrip(".").lower()[:80]
