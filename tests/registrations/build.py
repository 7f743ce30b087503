"""Real rows for the tests: a conference with 2016's doors and prices, and bodies with officers."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from events.calendar import london_instant
from events.models import Conference, Deadline
from members.models import Office, Officeholding, Organisation, User
from registrations.models import Booking, Extra, PassType, PriceBand
from registrations.orders import Order, PlaceWish
from registrations.services import submitting

EARLY = london_instant(dt.date(2016, 5, 3), dt.time(12, 0))
LATE = london_instant(dt.date(2016, 7, 20), dt.time(12, 0))
EARLY_ENDS = london_instant(dt.date(2016, 7, 1), dt.time(0, 0))
CLOSES = london_instant(dt.date(2016, 8, 23), dt.time(0, 0))
TICK = dt.timedelta(microseconds=1)


def conference(slug: str = "annual-2016", **fields) -> Conference:
    facts = {
        "title": "Annual Conference 2016",
        "kind": Conference.Kind.ANNUAL,
        "status": Conference.Status.OPEN,
        "starts_on": dt.date(2016, 9, 9),
        "ends_on": dt.date(2016, 9, 11),
        "contact_email": "conference@party.example",
        "contact_phone": "020 7946 0016",
    }
    return Conference.objects.create(slug=slug, **{**facts, **fields})


def deadline(conference: Conference, kind: str, closes_on: dt.date | None, **fields) -> Deadline:
    facts = {"audience": Deadline.Audience.BODIES, "closes_on": closes_on}
    return Deadline.objects.create(conference=conference, kind=kind, **{**facts, **fields})


def year_2016(**fields) -> Conference:
    """The delegate pass and dinner of 2016 with their two bands."""
    made = conference(**fields)
    early = deadline(made, "early_price", dt.date(2016, 6, 30))
    door = deadline(made, "delegate_registration", dt.date(2016, 8, 22))
    delegate = PassType.objects.create(
        conference=made,
        code="delegate",
        name="Delegate pass",
        role=PassType.Role.DELEGATE,
        sold_to=PassType.SoldTo.BODIES,
        deadline=door,
    )
    dinner = Extra.objects.create(
        conference=made,
        code="dinner",
        name="Conference dinner",
        kind=Extra.Kind.DINNER,
        on_date=dt.date(2016, 9, 10),
        deadline=door,
    )
    band(delegate, "early", "90", early, 0)
    band(delegate, "standard", "110", door, 1)
    band(dinner, "early and standard", "45", door, 0)
    return made


def band(
    item: PassType | Extra, name: str, amount: str, until: Deadline, position: int
) -> PriceBand:
    owner = {"pass_type": item} if isinstance(item, PassType) else {"extra": item}
    return PriceBand.objects.create(
        **owner, name=name, amount=Decimal(amount), until=until, position=position
    )


def visitor_pass(
    conference: Conference, *, capacity: int | None = None, amount: str = "20", **fields
) -> PassType:
    """A visitor's pass for everybody, with one band, behind a door of its own."""
    door, _ = Deadline.objects.get_or_create(
        conference=conference,
        kind="visitor_registration",
        defaults={"audience": "everybody", "closes_on": dt.date(2016, 8, 31)},
    )
    facts = {
        "code": "visitor",
        "name": "Visitor pass",
        "role": PassType.Role.VISITOR,
        "sold_to": PassType.SoldTo.EVERYBODY,
        "deadline": door,
        "capacity": capacity,
        "position": 5,
    }
    made = PassType.objects.create(conference=conference, **{**facts, **fields})
    band(made, "standard", amount, door, 0)
    return made


def user(email: str, **fields) -> User:
    return User.objects.create_user(email, **fields)


def body(name: str = "Cardiff Party Council", **fields) -> Organisation:
    slug = name.lower().replace(" ", "-")
    return Organisation.objects.create(
        name=name, slug=slug, kind=fields.pop("kind", "party_council"), **fields
    )


def officer(organisation: Organisation, email: str = "secretary@cardiff.example") -> User:
    """A person with a verified office that books."""
    office, _ = Office.objects.get_or_create(
        slug="test-secretary", defaults={"name": "Test secretary", "may_book": True}
    )
    person = user(email, name="Sian Secretary")
    Officeholding.objects.create(
        organisation=organisation,
        office=office,
        user=person,
        started_on=dt.date(2015, 1, 1),
        state="verified",
        source="staff",
        decided_at=EARLY,
        created_at=EARLY,
    )
    return person


def order(conference: Conference, *places: PlaceWish, **fields) -> Order:
    facts = {"contact_name": "Ann Other", "contact_email": "ann@people.example"}
    return Order(conference=conference, places=tuple(places), **{**facts, **fields})


def book(made: Order, *, at: dt.datetime, quoted: str, by: User | None = None, **fields) -> Booking:
    facts = {"key": uuid.uuid4()}
    return submitting.submit_booking(
        by=by, order=made, at=at, quoted=Decimal(quoted), **{**facts, **fields}
    )
