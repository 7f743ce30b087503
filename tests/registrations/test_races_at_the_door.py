"""Two stewards, one code, five hundred scans: one admission. The rig first shows that it can fail."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from events.models import Conference, Deadline
from members.models import User
from registrations.models import Booking, Credential, DoorRules, Payment, Scan
from registrations.services import credentials, scanning, walking_in
from tests.registrations import build, door, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SCANS = 500


@contextmanager
def without_the_constraint() -> Iterator[None]:
    """Take away the database's own word, so that only the lock stands between two admissions."""
    rule = next(
        row for row in Scan._meta.constraints if row.name.endswith("first_at_the_entrance_once")
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(Scan, rule)
    try:
        yield
    finally:
        Scan.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Scan, rule)


def a_door(number: int = 0) -> tuple[Conference, Credential, list[User]]:
    year = build.year_2016(slug=f"annual-2016-{number}")
    build.visitor_pass(year)
    place = door.place_of(year)
    credentials.issue_missing(by=None, conference=year, at=build.EARLY)
    stewards = [build.user(f"steward{number}-{n}@people.example") for n in (1, 2)]
    return year, door.badge_of(place), stewards


def shower(year: Conference, badge: Credential, stewards: list[User]):
    def show(n: int) -> str:
        scan = door.show(badge, by=stewards[n % 2], conference=year)
        return scan.refusal or scan.outcome

    return show


def test_rig_without_lock_and_constraint_admits_twice():
    with without_the_constraint(), race.without_locks():
        for attempt in range(5):
            answers = race.together(100, shower(*a_door(attempt)))
            if answers["admitted"] > 1:
                return
    pytest.fail("the rig did not admit twice without the guard: it proves nothing")


def test_500_scans_of_one_code_by_two_stewards_are_one_admission():
    answers = race.together(SCANS, shower(*a_door()))
    assert answers == {"admitted": 1, "already_in": SCANS - 1}
    assert Scan.objects.filter(is_first=True).count() == 1


def test_500_scans_under_the_lock_alone_are_one_admission():
    with without_the_constraint():
        answers = race.together(SCANS, shower(*a_door()))
        assert answers == {"admitted": 1, "already_in": SCANS - 1}


def test_same_scan_sent_forty_times_at_once_is_one_row():
    year, badge, (steward, _) = a_door()
    nonce = uuid.uuid4()

    def send(_: int) -> str:
        return str(door.show(badge, by=steward, conference=year, nonce=nonce).pk)

    answers = race.together(40, send)
    assert list(answers.values()) == [40]
    assert Scan.objects.count() == 1


def test_badges_replaced_at_once_leave_one_that_is_valid():
    year, badge, (steward, _) = a_door()

    def replace(n: int) -> str:
        if n % 2:
            return "scan" if door.show(badge, by=steward, conference=year) else ""
        credentials.reissue(by=steward, place=badge.place, at=door.clock_at("10:00"))
        return "replaced"

    assert race.together(40, replace) == {"scan": 20, "replaced": 20}
    assert Credential.objects.valid().count() == 1
    assert scanning.badge(door.badge_of(badge.place).printed_code).void_reason == ""


def a_till(capacity: int | None) -> tuple[Conference, User]:
    """A door that sells a visitor's pass at £20 until the last day, and its steward."""
    year = build.year_2016()
    sold = build.visitor_pass(year, capacity=capacity)
    Deadline.objects.filter(pk=sold.deadline_id).update(closes_on=year.ends_on)
    DoorRules.objects.create(conference=year, walk_in_pass=sold)
    return year, build.user("till@people.example")


def till(year: Conference, by: User, key: uuid.UUID | None):
    def book(n: int) -> str:
        try:
            booking = walking_in.walk_in(
                by=by,
                conference=year,
                visitor=walking_in.Visitor(name=f"Walker {0 if key else n}"),
                method="cash",
                quoted=Decimal(20),
                at=door.clock_at("12:00"),
                key=key or uuid.uuid4(),
            )
        except ValidationError as refusal:
            return refusal.error_list[0].code
        return booking.reference if key else "sold"

    return book


def test_same_walk_in_sent_twenty_times_at_once_is_one_booking_paid_once():
    year, by = a_till(None)
    answers = race.together(20, till(year, by, uuid.uuid4()))
    booking = Booking.objects.get()
    assert answers == {booking.reference: 20}
    assert (booking.payments.count(), booking.balance) == (1, 0)


def test_twenty_walk_ins_at_once_for_three_places_are_three():
    year, by = a_till(3)
    answers = race.together(20, till(year, by, None))
    assert answers == {"sold": 3, "sold_out": 17}
    assert Credential.objects.valid().count() == Payment.objects.count() == 3
