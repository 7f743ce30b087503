"""Giving places back, and what goes with them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mailing.models import Mail
from members.models import AuditEntry
from registrations.models import Line, PlaceNeeds
from registrations.orders import PlaceWish
from registrations.services import cancelling, changing
from tests.registrations import build

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_place_cancelled_frees_it_and_its_extras(year, booking):
    place = booking.places.first()
    changing.add_extra(
        by=None, place=place, extra=year.extras.get(), at=build.LATE, quoted=Decimal(45)
    )
    cancelling.cancel_place(by=None, place=place, at=build.LATE)
    assert booking.total == 90
    assert Line.objects.holding().count() == 1


def test_place_that_costs_something_else_than_was_shown_is_not_cancelled(year, booking):
    place = booking.places.first()
    changing.add_extra(
        by=None, place=place, extra=year.extras.get(), at=build.LATE, quoted=Decimal(45)
    )
    with pytest.raises(ValidationError, match="£135.00 would come off now"):
        cancelling.cancel_place(by=None, place=place, at=build.LATE, quoted=Decimal(90))
    assert booking.total == 225
    cancelling.cancel_place(by=None, place=place, at=build.LATE, quoted=Decimal(135))
    assert booking.total == 90


def test_last_place_cancelled_cancels_the_booking(booking):
    for place in booking.places.all():
        cancelling.cancel_place(by=None, place=place, at=build.LATE)
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_cancelling_twice_is_once(booking):
    for _ in range(2):
        cancelling.cancel_booking(by=None, booking=booking, at=build.LATE)
    assert AuditEntry.objects.filter(action="booking.cancelled").count() == 1
    assert Mail.objects.filter(subject__contains="is cancelled").count() == 1


@pytest.mark.parametrize(("at", "may"), [(-build.TICK, True), (build.TICK * 0, False)])
def test_cancelling_either_side_of_the_stated_time(year, booking, at, may):
    build.deadline(year, "changes", dt.date(2016, 8, 5))
    instant = build.EARLY_ENDS + 36 * DAY + at
    if may:
        cancelling.cancel_booking(by=None, booking=booking, at=instant)
    else:
        with pytest.raises(ValidationError, match="end of Friday 5 August 2016"):
            cancelling.cancel_booking(by=None, booking=booking, at=instant)


def test_cancelling_by_staff_with_a_reason_is_not_bound_by_the_time(year, booking, staff):
    cancelling.cancel_booking(
        by=staff, booking=booking, at=build.CLOSES + DAY, override_reason="bereavement"
    )
    entry = AuditEntry.objects.get(action="booking.cancelled")
    assert (entry.actor, entry.reason) == (staff, "bereavement")


def test_cancelling_deletes_the_needs(year):
    visitor = year.pass_types.get(code="visitor")
    wish = PlaceWish(pass_type=visitor, name="Ann", dietary="vegan")
    made = build.book(build.order(year, wish), at=build.EARLY, quoted="20")
    cancelling.cancel_booking(by=None, booking=made, at=build.LATE)
    assert PlaceNeeds.objects.count() == 0
