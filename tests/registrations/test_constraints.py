"""Each named constraint, refused by the database itself."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from registrations.models import (
    AccessCode,
    AccessKey,
    Booking,
    Extra,
    Interest,
    Line,
    PassType,
    Payment,
    Place,
    PlaceNeeds,
    PriceBand,
)
from registrations.orders import PlaceWish
from tests.registrations import build
from tests.registrations.broken_doors import BROKEN_DOORS
from tests.registrations.broken_money import BROKEN_MONEY
from tests.registrations.broken_support import BROKEN_SUPPORT

pytestmark = pytest.mark.django_db
AT = build.EARLY


@pytest.fixture
def world():
    """One row of everything, all of it allowed."""
    year = build.year_2016()
    visitor = build.visitor_pass(year)
    dinner = year.extras.get()
    wish = PlaceWish(pass_type=visitor, extras=(dinner,), name="Ann", dietary="vegan")
    booking = build.book(build.order(year, wish), at=AT, quoted="65")
    user = build.user("staff@party.example")
    return {
        "year": year,
        "visitor": visitor,
        "dinner": dinner,
        "booking": booking,
        "place": booking.places.get(),
        "door": visitor.deadline,
        "user": user,
    }


def _booking(world, **fields):
    facts = {
        "conference": world["year"],
        "reference": "TEST-0001",
        "state": "submitted",
        "contact_name": "A",
        "contact_email": "a@people.example",
        "payment_method": "invoice",
        "created_at": AT,
        "submitted_at": AT,
    }
    return Booking(**{**facts, **fields})


def _line(world, **fields):
    facts = {"booking": world["booking"], "place": world["place"], "description": "x"}
    priced = {"band": "b", "amount": Decimal(1), "priced_at": AT}
    return Line(**{**facts, **priced, **fields})


def _payment(world, **fields):
    facts = {
        "booking": world["booking"],
        "method": "cheque",
        "amount": Decimal(1),
        "state": "received",
        "received_on": AT.date(),
        "state_on": AT.date(),
        "recorded_by": world["user"],
        "recorded_at": AT,
    }
    return Payment(**{**facts, **fields})


def _interest(world, **fields):
    facts = {
        "conference": world["year"],
        "name": "S",
        "email": "s@people.example",
        "registered_at": AT,
        "key_hash": uuid.uuid4().hex,
    }
    return Interest(**{**facts, **fields})


def _pass(world, **fields):
    facts = {"conference": world["year"], "code": "visitor", "name": "V", "role": "visitor"}
    return PassType(**{**facts, "sold_to": "everybody", "deadline": world["door"], **fields})


def _extra(world, **fields):
    facts = {"conference": world["year"], "code": "dinner", "name": "D", "kind": "dinner"}
    return Extra(**{**facts, "deadline": world["door"], **fields})


def _band(world, **fields):
    return PriceBand(**{"name": "b", "amount": Decimal(1), "until": world["door"], **fields})


def _key(world, model, **fields):
    return model(booking=world["booking"], created_at=AT, expires_at=AT, **fields)


BROKEN = {
    "registrations_passtype_code_once": _pass,
    "registrations_extra_code_once": _extra,
    "registrations_band_pass_or_extra": _band,
    "registrations_band_amount_not_negative": lambda w: _band(
        w, extra=w["dinner"], amount=Decimal(-1)
    ),
    "registrations_band_pass_once_until": lambda w: _band(w, pass_type=w["visitor"]),
    "registrations_band_extra_once_until": lambda w: _band(
        w, extra=w["dinner"], until=w["dinner"].deadline
    ),
    "registrations_booking_state_has_its_times": lambda w: _booking(w, submitted_at=None),
    "registrations_booking_entered_by_somebody": lambda w: _booking(w, channel="post"),
    "registrations_booking_only_staff_override": lambda w: _booking(w, override_reason="x"),
    "registrations_booking_kept_at_some_time": lambda w: _booking(w, kept_by=w["user"]),
    "registrations_booking_scan_of_paper": lambda w: _booking(w, scan="x.jpg"),
    "registrations_booking_has_a_contact": lambda w: _booking(w, contact_email=""),
    "registrations_booking_says_how_it_is_paid": lambda w: _booking(w, payment_method=""),
    "registrations_place_position_once": lambda w: Place(
        booking=w["booking"], pass_type=w["visitor"], position=0
    ),
    "registrations_place_comes_with_another": lambda w: Place(
        pk=900, comes_with_id=900, booking=w["booking"], pass_type=w["visitor"], position=8
    ),
    "registrations_line_pass_or_extra": _line,
    "registrations_line_priced_with_its_band": lambda w: _line(w, extra=w["dinner"], band=""),
    "registrations_line_amount_not_negative": lambda w: _line(
        w, extra=w["dinner"], amount=Decimal(-1)
    ),
    "registrations_line_one_pass_a_place": lambda w: _line(w, pass_type=w["visitor"]),
    "registrations_line_extra_once_a_place": lambda w: _line(w, extra=w["dinner"]),
    "registrations_payment_is_something": lambda w: _payment(w, amount=Decimal(0)),
    "registrations_payment_only_cheques_wait": lambda w: _payment(w, method="cash"),
    "registrations_payment_moves_after_receipt": lambda w: _payment(
        w, state_on=AT.date() - dt.timedelta(days=1)
    ),
    "registrations_needs_say_something": lambda w: PlaceNeeds(
        place=Place.objects.create(booking=w["booking"], pass_type=w["visitor"], position=7),
        told_at=AT,
        purge_on=AT.date(),
    ),
    "registrations_key_expires_later": lambda w: _key(w, AccessKey, key_hash="x"),
    "registrations_code_expires_later": lambda w: _key(w, AccessCode, code_hash="x"),
    "registrations_interest_once_an_address": lambda w: (_interest(w).save(), _interest(w))[1],
    "registrations_interest_email_in_lower_case": lambda w: _interest(w, email="S@x.example"),
    "registrations_interest_withdrawn_after_confirmed": lambda w: _interest(w, withdrawn_at=AT),
}
BROKEN |= BROKEN_MONEY | BROKEN_DOORS | BROKEN_SUPPORT


def test_every_constraint_of_registrations_has_a_row_that_breaks_it_and_words_for_people():
    constraints = [
        constraint
        for model in apps.get_app_config("registrations").get_models()
        for constraint in model._meta.constraints
    ]
    assert {constraint.name for constraint in constraints} == set(BROKEN)
    default = "Constraint “%(name)s” is violated."
    assert all(constraint.violation_error_message != default for constraint in constraints)


@pytest.mark.parametrize("name", BROKEN)
def test_row_that_breaks_a_constraint_is_refused_by_the_database(world, name):
    row = BROKEN[name](world)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save(force_insert=True)
    [fields] = [
        getattr(constraint, "fields", ())
        for constraint in type(row)._meta.constraints
        if constraint.name == name
    ]
    said = str(refused.value)
    assert name in said or all(field.split("__")[0] in said for field in fields)
