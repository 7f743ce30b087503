"""Prices whose doors close on different days are told as a list, each with its own dates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from events.models import Deadline
from registrations import price_table
from registrations.models import PassType
from tests.factories import make_deadline
from tests.registrations import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    year = build.year_2016()
    later = make_deadline(
        year, Deadline.Kind.VISITOR_REGISTRATION, closes_on=dt.date(2016, 9, 1), audience="members"
    )
    visitor = PassType.objects.create(
        conference=year,
        code="visitor",
        name="Visitor",
        role=PassType.Role.VISITOR,
        sold_to=PassType.SoldTo.MEMBERS,
        deadline=later,
        position=9,
    )
    visitor.bands.create(name="One price", amount=Decimal(20), until=later)
    return year


def steps_of(year, name: str, at: dt.datetime) -> list[tuple]:
    panel = price_table.panel(year, at)
    assert panel.facts["is_list"]
    item = next(item for item in panel.facts["items"] if item["name"] == name)
    return [(step["amount"], step["when"], step["is_current"]) for step in item["steps"]]


def test_price_list_tells_each_pass_its_own_dates(year):
    assert steps_of(year, "Visitor", build.EARLY) == [
        (Decimal(20), "until the end of Thursday 1 September 2016, UK time", True)
    ]


def test_price_list_marks_the_price_of_now(year):
    delegate = PassType.objects.get(conference=year, code="delegate").name
    assert [row[2] for row in steps_of(year, delegate, build.EARLY)] == [True, False]
    assert [row[2] for row in steps_of(year, delegate, build.LATE)] == [False, True]


def test_prices_that_change_on_the_same_days_stay_a_table():
    panel = price_table.panel(build.year_2016(), build.EARLY)
    assert not panel.facts["is_list"]
