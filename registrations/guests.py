"""Who sleeps where on which night, and who dines: the lists for the hotel and the kitchen.

Needs are read only when the caller says that the reader may: a marker for the hotel, the diet for
the kitchen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.models import Conference
from registrations.models import Extra, Line, Place, PlaceNeeds


@dataclass(frozen=True, slots=True)
class Guest:
    """One person of a list. `extras`: the keys of what they have; `need`: empty unless allowed."""

    place: Place
    extras: frozenset[int]
    need: str = ""

    @property
    def name(self) -> str:
        """Their name, or that we do not know it yet."""
        return self.place.name or "not yet named"

    @property
    def body(self) -> str:
        """Whom they come for."""
        organisation = self.place.booking.organisation
        return organisation.name if organisation else "themself"


def rooming(
    conference: Conference, *, reads_needs: bool
) -> tuple[list[Extra], list[tuple[Guest, list[bool]]]]:
    """The hotel nights in order, and each guest with a yes or no for every night."""
    nights = _of_kind(conference, Extra.Kind.HOTEL_NIGHT)
    people = _guests(nights)
    if reads_needs:
        people = _with_needs(people, "access")
    people.sort(key=lambda guest: (not guest.place.name, guest.place.name.lower(), guest.place.pk))
    return nights, [(guest, [night.pk in guest.extras for night in nights]) for guest in people]


def dinner(conference: Conference, *, reads_needs: bool) -> list[tuple[str, Guest]]:
    """(dinner, guest), body by body; those without a name come last in theirs."""
    dinners = _of_kind(conference, Extra.Kind.DINNER)
    people = _guests(dinners)
    if reads_needs:
        people = _with_needs(people, "dietary")
    people.sort(
        key=lambda guest: (guest.body.lower(), not guest.place.name, guest.name, guest.place.pk)
    )
    return [(row.name, guest) for row in dinners for guest in people if row.pk in guest.extras]


def _of_kind(conference: Conference, kind: str) -> list[Extra]:
    return list(conference.extras.filter(kind=kind).order_by("on_date", "position", "pk"))


def _guests(extras: Sequence[Extra]) -> list[Guest]:
    lines = Line.objects.holding().filter(extra__in=[row.pk for row in extras])
    lines = lines.select_related("place__booking__organisation", "place__pass_type")
    places: dict[int, Place] = {}
    had: dict[int, set[int]] = {}
    for line in lines.order_by("place"):
        places[line.place_id] = line.place
        had.setdefault(line.place_id, set()).add(line.extra_id)
    return [Guest(place, frozenset(had[key])) for key, place in places.items()]


def _with_needs(people: Sequence[Guest], what: str) -> list[Guest]:
    """With the diet in its words; of access needs only that there are some."""
    rows = PlaceNeeds.objects.filter(place__in=[guest.place.pk for guest in people])
    told = dict(rows.exclude(**{what: ""}).values_list("place", what))
    marks = {key: "yes" if what == "access" else words for key, words in told.items()}
    return [Guest(guest.place, guest.extras, marks.get(guest.place.pk, "")) for guest in people]
