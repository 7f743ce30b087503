"""Six officers for five places, on PostgreSQL with real connections; first the rig over-allocates."""

from __future__ import annotations

import os
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from members.models import User
from registrations.models import Allocation, Booking, Delegation, Extra, Line, Place
from registrations.orders import PlaceWish
from registrations.services import changing, delegations, drafting, entitlement
from tests.registrations import build, race
from tests.registrations.delegates import allocated

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

OFFICERS = 200 if os.environ.get("DRILL") == "1" else 40
PLACES = 5


def a_delegation(number: int = 0) -> Delegation:
    year = build.year_2016(slug=f"annual-2016-{number}")
    staff = User.objects.filter(email="staff@party.example").first()
    staff = staff or build.user("staff@party.example", is_staff=True)
    return allocated(year, build.body(f"Body {number}"), PLACES, by=staff)


def officer(row: Delegation):
    """An officer of the body who books one more place."""
    delegate = row.conference.pass_types.get(code="delegate")
    wish = PlaceWish(pass_type=delegate)

    def book(_: int) -> str:
        order = build.order(row.conference, wish, organisation=row.organisation)
        try:
            build.book(order, at=build.EARLY, quoted="90")
        except ValidationError as refusal:
            return refusal.error_list[0].code
        return "booked"

    return book


def booked(row: Delegation) -> int:
    return Place.objects.active().filter(booking__organisation=row.organisation).count()


def test_rig_without_locks_over_allocates():
    with race.without_locks():
        for attempt in range(5):
            row = a_delegation(attempt)
            race.together(OFFICERS, officer(row))
            if booked(row) > PLACES:
                return
    pytest.fail("the rig did not over-allocate without locks: it proves nothing")


def test_officers_at_once_book_what_is_allocated_and_the_rest_are_told():
    row = a_delegation()
    answers = race.together(OFFICERS, officer(row))
    assert answers == {"booked": PLACES, "over_allocation": OFFICERS - PLACES}
    assert booked(row) == PLACES


def test_drafts_sent_at_once_stay_within_the_allocation():
    row = a_delegation()
    secretary = build.officer(row.organisation)
    delegate = row.conference.pass_types.get(code="delegate")
    drafts = [
        drafting.start_draft(
            by=secretary,
            conference=row.conference,
            organisation=row.organisation,
            wishes=[PlaceWish(pass_type=delegate)],
            at=build.EARLY,
            key=uuid.uuid4(),
        )
        for _ in range(12)
    ]
    Booking.objects.update(payment_method="invoice")

    def send(n: int) -> str:
        facts = {"version": 1, "at": build.EARLY, "quoted": Decimal(90)}
        try:
            drafting.submit_draft(
                by=secretary, booking=drafts[n], duplicates_accepted=True, **facts
            )
        except ValidationError as refusal:
            return refusal.error_list[0].code
        return "booked"

    assert race.together(12, send) == {"booked": PLACES, "over_allocation": 12 - PLACES}


def test_first_allocation_while_officers_book_is_counted_before_or_after():
    """Places booked before the number was entered stay; none is booked beyond it afterwards."""
    year, body = build.year_2016(), build.body()
    staff = build.user("staff@party.example", is_staff=True)
    row = Delegation(conference=year, organisation=body)
    book = officer(row)

    def act(n: int) -> str:
        if n != 3:
            return book(n)
        entered = entitlement.of(year, body)
        facts = {"kind": "standard", "places": PLACES, "source": "grant letter"}
        delegations.allocate(by=staff, delegation=entered, at=build.EARLY, **facts)
        return f"entered at {booked(row)}"

    answers = race.together(24, act)
    (entered,) = (answer for answer in answers if answer.startswith("entered"))
    at_least = int(entered.removeprefix("entered at "))
    assert Allocation.objects.get().places == PLACES
    assert booked(row) == answers["booked"] == max(PLACES, answers["booked"])
    assert answers["booked"] >= min(at_least, PLACES)
    assert answers["booked"] + answers["over_allocation"] == 23


def test_delegates_at_once_choose_what_is_free_within_its_places():
    year = build.year_2016()
    door = year.pass_types.get().deadline
    walk = Extra.objects.create(
        conference=year, code="walk", name="Walk", kind="other", deadline=door, capacity=3
    )
    build.band(walk, "free", "0", door, 0)
    wish = PlaceWish(pass_type=year.pass_types.get(), name="Ann")
    places = []
    for n in range(12):
        order = build.order(year, wish, organisation=build.body(f"Body {n}"))
        made = build.book(order, at=build.EARLY, quoted="90", duplicates_accepted=True)
        places.append(made.places.get())

    def choose(n: int) -> str:
        try:
            changing.choose_free(place=places[n], chosen=[walk], at=build.EARLY)
        except ValidationError as refusal:
            return refusal.error_list[0].code
        return "chosen"

    assert race.together(12, choose) == {"chosen": 3, "sold_out": 9}
    assert Line.objects.holding().filter(extra=walk).count() == 3
