"""Changing a booking: what is charged, and until when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mailing.models import Mail
from members.models import AuditEntry
from registrations.services import changing
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


def test_pass_changed_twice_by_one_form_is_changed_once(year, booking):
    place, visitor = booking.places.first(), year.pass_types.get(code="visitor")
    for _ in range(2):
        changing.change_pass(
            by=None, place=place, pass_type=visitor, at=build.LATE, quoted=Decimal(20)
        )
    assert AuditEntry.objects.filter(action="pass.changed").count() == 1
    assert Mail.objects.filter(subject__contains="was changed").count() == 1


def test_pass_is_quoted_as_it_is_charged_and_quoting_changes_nothing(year, booking):
    place, visitor = booking.places.first(), year.pass_types.get(code="visitor")
    quote = changing.quote_pass(place=place, pass_type=visitor, at=build.LATE)
    assert (quote.total, booking.total, booking.lines.count()) == (20, 180, 2)
    with pytest.raises(ValidationError, match="now comes to £20.00, not £15"):
        changing.change_pass(
            by=None, place=place, pass_type=visitor, at=build.LATE, quoted=Decimal(15)
        )


def test_pass_whose_door_has_closed_is_changed_by_staff_alone_with_a_reason(year, booking, staff):
    dearer = build.visitor_pass(year, code="vip", name="Guest pass", amount="50", position=6)
    given = {"place": booking.places.first(), "pass_type": dearer, "quoted": Decimal(50)}
    september = build.CLOSES + 15 * DAY
    with pytest.raises(ValidationError) as refusal:
        changing.change_pass(by=None, at=september, **given)
    assert refusal.value.code == "closed"
    changing.change_pass(by=staff, at=september, override_reason="rang us", **given)
    assert booking.total == 140
    assert AuditEntry.objects.get(action="pass.changed").reason == "rang us"
