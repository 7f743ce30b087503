"""Badges kept in step with places: issued, voided and replaced, one valid one a place.

Callers hold the lock of the place's booking, as every change of a booking does, so that no two of
them can issue for one place; the constraint of the table is the last word.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from events.models import Conference
from members import audit
from members.models import User
from registrations import badge_codes
from registrations.models import Booking, Credential, Place


def settle(*, by: User | None, booking: Booking, at: dt.datetime) -> None:
    """Void the badges of places given back and issue those that are missing.

    Safe to call after any change, and twice. Call it under the booking's lock.
    """
    stands = Q(place__cancelled_at__isnull=True, place__booking__state=Booking.State.SUBMITTED)
    gone = Credential.objects.valid().filter(place__booking=booking).exclude(stands)
    _void(gone, by=by, why=Credential.Void.CANCELLED, at=at)
    _issue(_without(Place.objects.active().filter(booking=booking)), by=by, at=at)


def issue_first(*, by: User | None, places: Iterable[Place], at: dt.datetime) -> None:
    """The badges of a booking that is being made: there is none to void and none that went before."""
    _make([place for place in places if place.name], {}, by=by, at=at)


def hand_over(*, by: User | None, place: Place, at: dt.datetime) -> None:
    """Somebody else has the place: the old badge dies, theirs is issued. Under the booking's lock."""
    valid = Credential.objects.valid().filter(place=place)
    _void(valid, by=by, why=Credential.Void.SUBSTITUTED, at=at)
    _issue([place], by=by, at=at)


@transaction.atomic
def reissue(*, by: User, place: Place, at: dt.datetime) -> Credential:
    """A badge was lost: the old one dies and the same person gets another.

    Raises ValidationError: `cancelled`, or `unnamed` when nobody is named on the place.
    """
    rows = Booking.objects.select_for_update(no_key=True, of=("self",))
    booking = rows.select_related("organisation").get(pk=place.booking_id)
    place = Place.objects.active().filter(pk=place.pk).first()
    if place is None:
        raise ValidationError("This place was cancelled.", code="cancelled")
    if not place.name:
        raise ValidationError("Nobody is named on this place yet.", code="unnamed")
    valid = Credential.objects.valid().filter(place=place)
    _void(valid, by=by, why=Credential.Void.LOST, at=at)
    (made,) = _issue([place], by=by, at=at)
    audit.record(
        by=by,
        action="badge.replaced",
        on=booking,
        organisation=booking.organisation,
        at=at,
        after={"place": place.position + 1},
    )
    return made


@transaction.atomic
def issue_missing(*, by: User | None, conference: Conference, at: dt.datetime) -> int:
    """Issue the badges of places booked before there were any; says how many. Safe to run twice."""
    rows = Booking.objects.submitted().filter(conference=conference)
    list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    return len(_issue(_without(Place.objects.active().filter(booking__in=rows)), by=by, at=at))


def _without(places: Iterable[Place]) -> Iterable[Place]:
    """Those with a name and no valid badge."""
    has_one = Exists(Credential.objects.valid().filter(place=OuterRef("pk")))
    return places.exclude(name="").exclude(has_one).order_by("pk")


def _void(rows: Iterable[Credential], *, by: User | None, why: str, at: dt.datetime) -> None:
    rows.update(voided_at=at, voided_by=by, void_reason=why)


def _issue(places: Iterable[Place], *, by: User | None, at: dt.datetime) -> list[Credential]:
    places = list(places)
    if not places:
        return []
    former: dict[int, int] = {}
    for row in Credential.objects.filter(place__in=places).order_by("person", "issued_at", "pk"):
        lost = row.void_reason == Credential.Void.LOST
        # the next number after somebody whose badge ended; the same one when it was only lost
        former[row.place_id] = row.person if lost else row.person + 1
    return _make(places, former, by=by, at=at)


def _make(
    places: Sequence[Place], persons: Mapping[int, int], *, by: User | None, at: dt.datetime
) -> list[Credential]:
    """A badge for each place; `persons`: whose number it bears by place, 1 where nothing is said."""
    if not places:
        return []
    fresh = _unused_short_codes(len(places))
    made = []
    for place, short_code in zip(places, fresh, strict=True):
        seed = uuid.uuid4()
        made.append(
            Credential(
                place=place,
                person=persons.get(place.pk, 1),
                seed=seed,
                code_hash=badge_codes.hashed(badge_codes.long_code(seed)),
                short_code=short_code,
                issued_at=at,
                issued_by=by,
            )
        )
    return Credential.objects.bulk_create(made)


def _unused_short_codes(number: int) -> list[str]:
    """Codes to type that no badge has; the unique constraint is the last word."""
    found: set[str] = set()
    while len(found) < number:
        drawn = {badge_codes.new_short_code() for _ in range(number - len(found))}
        taken = Credential.objects.filter(short_code__in=drawn)
        found |= drawn - set(taken.values_list("short_code", flat=True))
    return sorted(found)
