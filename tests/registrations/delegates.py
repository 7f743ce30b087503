"""Delegations for the tests: places of a body, and what each delegate answered."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from events.models import Conference
from members.models import Organisation, User
from registrations import delegations as reading
from registrations.models import Booking, Delegation, Particulars, PassType, Place
from registrations.orders import PlaceWish
from registrations.services import delegations, entitlement
from tests.registrations import build

AT = build.EARLY


def booked(
    year: Conference, body: Organisation, *names: str, at: dt.datetime = build.EARLY
) -> Booking:
    """A body's booking of delegates with these names; an empty one is not yet known."""
    delegate = year.pass_types.get(code="delegate")
    wishes = [
        PlaceWish(
            pass_type=delegate, name=name, email=f"{name.lower()}@people.example" if name else ""
        )
        for name in names
    ]
    order = build.order(year, *wishes, organisation=body, payment_method="cheque")
    return build.book(order, at=at, quoted=str(Decimal(90) * len(names)))


def allocated(
    year: Conference, body: Organisation, places: int, *, by: User, kind: str = "standard"
) -> Delegation:
    """A delegation with so many places."""
    row = entitlement.of(year, body)
    facts = {"kind": kind, "places": places, "source": "grant letter"}
    delegations.allocate(by=by, delegation=row, at=build.EARLY, **facts)
    return row


def answered(place: Place, **facts) -> Particulars:
    """What the delegate told us of themself."""
    made = {"given_by": place.email, "told_at": build.EARLY, "purge_on": dt.date(2016, 10, 11)}
    return Particulars.objects.create(place=place, **{**made, **facts})


def youth_pass(year: Conference) -> PassType:
    """A youth delegate's pass behind the door of the delegates."""
    door = year.pass_types.get(code="delegate").deadline
    made = PassType.objects.create(
        conference=year,
        code="youth",
        name="Youth delegate pass",
        role=PassType.Role.YOUTH_DELEGATE,
        sold_to=PassType.SoldTo.BODIES,
        deadline=door,
    )
    build.band(made, "standard", "40", door, 0)
    return made


def code_of(refusal) -> str:
    return refusal.value.error_list[0].code


def standing(year, body, at=AT):
    return reading.standing(reading.of(year, body), at)


def finding(year, body, code, at=AT):
    return next(one for one in standing(year, body, at).findings if one.code == code)
