"""Who is in a group that staff write to, at which address, and who cannot be reached and why.

A person is written to at their own address; without one, whoever booked for them is. An address is
written to once, in whatever ways it is in the group. What somebody chose about news is not asked:
a service message is about what they booked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Exists, OuterRef, QuerySet

from events.models import Conference
from mailing import policy
from mailing.models import Suppression
from members.models import Organisation
from registrations.models import Booking, Extra, Line, PassType, Place, ServiceMail

Group = ServiceMail.Group


@dataclass
class Reach:
    """Names by address, and the people who get nothing: without an address, or one that is spared.

    `through_contact`: places whose people have no address, so that whoever booked is written to.
    """

    people: dict[str, str] = field(default_factory=dict)
    through_contact: int = 0
    without_address: list[str] = field(default_factory=list)
    spared: list[str] = field(default_factory=list)


def reach(conference: Conference, group: str, organisation: Organisation | None = None) -> Reach:
    """Everybody in the group. At most three queries."""
    found = Reach()
    bookings = BOOKINGS.get(Group(group))
    places = PLACES.get(Group(group))
    if bookings is not None:
        rows = bookings(Booking.objects.filter(conference=conference))
        _add_contacts(found, _of(rows, "organisation", organisation))
    if places is not None:
        rows = places(Place.objects.active().filter(booking__conference=conference))
        _add_people(found, _of(rows, "booking__organisation", organisation))
    _leave_out_spared(found)
    return found


def _of(rows: QuerySet, path: str, organisation: Organisation | None) -> QuerySet:
    return rows if organisation is None else rows.filter(**{path: organisation})


def _dining(rows: QuerySet[Place]) -> QuerySet[Place]:
    dinner = Line.objects.holding().filter(place=OuterRef("pk"), extra__kind=Extra.Kind.DINNER)
    return rows.filter(Exists(dinner))


#: Of which bookings the contact is in the group.
BOOKINGS: dict[Group, Callable[[QuerySet], QuerySet]] = {
    Group.ALL: lambda rows: rows.submitted(),
    Group.BODY: lambda rows: rows.submitted(),
    Group.UNPAID: lambda rows: rows.unpaid(),
    Group.UNNAMED: lambda rows: rows.with_unnamed_places(),
    Group.UNANSWERED: lambda rows: rows.unanswered(),
}
#: Of which active places the person is in the group.
PLACES: dict[Group, Callable[[QuerySet], QuerySet]] = {
    Group.ALL: lambda rows: rows,
    Group.BODY: lambda rows: rows,
    Group.DELEGATES: lambda rows: rows.filter(pass_type__role__in=PassType.DELEGATION),
    Group.DINNER: _dining,
}


def _add_contacts(found: Reach, rows: Iterable[Booking]) -> None:
    for booking in rows:
        if _can_be_written_to(booking.contact_email):
            found.people.setdefault(booking.contact_email.lower(), booking.contact_name)
        else:
            found.without_address.append(f"{booking.contact_name}, {booking.reference}")


def _add_people(found: Reach, rows: QuerySet[Place]) -> None:
    for place in rows.select_related("booking").order_by("booking", "position"):
        booking = place.booking
        if _can_be_written_to(place.email):
            found.people.setdefault(place.email.lower(), place.name)
        elif _can_be_written_to(booking.contact_email):
            found.through_contact += 1
            found.people.setdefault(booking.contact_email.lower(), booking.contact_name)
        else:
            found.without_address.append(f"{place}, {booking.reference}")


def _can_be_written_to(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _leave_out_spared(found: Reach) -> None:
    """Addresses that took no mail of ours, or complained of it."""
    rows = Suppression.objects.in_force().filter(scope=policy.SCOPE_ALL)
    for address in rows.values_list("address", flat=True):
        if address in found.people:
            found.spared.append(found.people.pop(address) or address)
