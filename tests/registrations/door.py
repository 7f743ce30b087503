"""A conference day at the door: a steward, badges, and what is scanned."""

from __future__ import annotations

import datetime as dt
import uuid

from events.calendar import london_instant
from events.models import Conference
from members.models import User
from registrations.models import Booking, Credential, Place, Scan
from registrations.services import scanning
from tests.registrations import build

DAY_ONE = dt.date(2016, 9, 9)


def clock_at(time: str, day: dt.date = DAY_ONE) -> dt.datetime:
    """'10:42' on London's wall clock on the first day."""
    return london_instant(day, dt.time.fromisoformat(time))


def place_of(conference: Conference, name: str = "Ann Other", code: str = "visitor") -> Place:
    """Somebody with a place and the badge that came with it."""
    pass_type = conference.pass_types.get(code=code)
    number = Booking.objects.count()
    booking = Booking.objects.create(
        conference=conference,
        reference=f"DOOR{number:04}",
        state=Booking.State.SUBMITTED,
        contact_name=name,
        contact_email=f"door{number}@people.example",
        payment_method=Booking.Method.FREE,
        created_at=build.EARLY,
        submitted_at=build.EARLY,
    )
    return Place.objects.create(
        booking=booking, pass_type=pass_type, name=name, named_at=build.EARLY
    )


def badge_of(place: Place) -> Credential:
    """The valid badge of a place."""
    return Credential.objects.valid().get(place=place)


def show(
    credential: Credential | None,
    *,
    by: User,
    conference: Conference,
    at: str | dt.datetime = "10:00",
    direction: str = Scan.Direction.IN,
    session: object = None,
    **more: object,
) -> Scan:
    """A steward scans a badge."""
    when = clock_at(at) if isinstance(at, str) else at
    scanned_at = more.pop("scanned_at", when)
    sight = scanning.Sight(
        **{"nonce": uuid.uuid4(), "direction": direction, "scanned_at": scanned_at, **more}
    )
    door = scanning.Door(conference=conference, session=session)
    return scanning.scan(by=by, door=door, credential=credential, sight=sight, at=when)
