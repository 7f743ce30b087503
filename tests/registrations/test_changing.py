"""Changing a booking: what is charged, and until when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from registrations.services import cancelling, changing
from tests.registrations import build

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_dinner_added_in_july_to_a_may_booking_charges_only_the_dinner(year, booking):
    place = booking.places.first()
    changing.add_extra(
        by=None, place=place, extra=year.extras.get(), at=build.LATE, quoted=Decimal(45)
    )
    lines = list(booking.lines.order_by("pk").values_list("amount", "priced_at"))
    assert lines == [(90, build.EARLY), (90, build.EARLY), (45, build.LATE)]
    assert booking.total == 225


def test_extra_with_an_old_price_is_refused_with_the_new(year, booking):
    with pytest.raises(ValidationError, match="now comes to £45.00, not £40"):
        changing.add_extra(
            by=None,
            place=booking.places.first(),
            extra=year.extras.get(),
            at=build.LATE,
            quoted=Decimal(40),
        )


def test_extra_that_is_sold_out_is_refused_and_nothing_is_charged(year, booking):
    dinner = year.extras.get()
    dinner.capacity = 1
    dinner.save()
    first, second = booking.places.all()
    changing.add_extra(by=None, place=first, extra=dinner, at=build.LATE, quoted=Decimal(45))
    with pytest.raises(ValidationError, match="sold out"):
        changing.add_extra(by=None, place=second, extra=dinner, at=build.LATE, quoted=Decimal(45))
    assert booking.total == 225


def test_extra_taken_off_comes_off_the_total_and_can_be_had_again(year, booking):
    place, dinner = booking.places.first(), year.extras.get()
    add = {"by": None, "place": place, "extra": dinner, "quoted": Decimal(45)}
    line = changing.add_extra(at=build.LATE, **add)
    changing.remove_extra(by=None, line=line, at=build.LATE)
    assert booking.total == 180
    changing.add_extra(at=build.LATE, **add)
    assert booking.total == 225


def test_pass_changed_has_the_price_of_now_and_the_old_line_stays_as_history(year, booking):
    place = booking.places.first()
    visitor = year.pass_types.get(code="visitor")
    changing.change_pass(by=None, place=place, pass_type=visitor, at=build.LATE, quoted=Decimal(20))
    assert booking.total == 110
    assert booking.lines.count() == 3


def test_name_given_later_keeps_price_band_and_instant(booking):
    before = list(booking.lines.values_list("amount", "band", "priced_at"))
    place = booking.places.last()
    changing.name_place(by=None, place=place, name=" Mair ", email="", at=build.LATE)
    place.refresh_from_db()
    assert (place.name, place.named_at) == ("Mair", build.LATE)
    assert list(booking.lines.values_list("amount", "band", "priced_at")) == before


def test_name_after_the_names_deadline_is_refused_with_the_date(year, booking):
    build.deadline(year, "names", dt.date(2016, 8, 26))
    with pytest.raises(ValidationError, match="closed at the end of Friday 26 August 2016"):
        changing.name_place(
            by=None, place=booking.places.last(), name="Mair", at=build.CLOSES + 5 * DAY
        )


def test_change_of_a_cancelled_place_is_refused(year, booking):
    place = booking.places.first()
    cancelling.cancel_place(by=None, place=place, at=build.LATE)
    with pytest.raises(ValidationError, match="was cancelled"):
        changing.name_place(by=None, place=place, name="Mair", at=build.LATE)
