"""Numbers of invoices under real threads: none twice, none missing. The rig first shows the fault."""

from __future__ import annotations

import pytest

from registrations.models import Booking, Invoice
from registrations.orders import PlaceWish
from registrations.services import invoicing
from tests.registrations import billing, build, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

BOOKINGS = 24


def bookings(number: int) -> list[Booking]:
    year = build.year_2016(slug=f"annual-2016-{number}")
    visitor = build.visitor_pass(year)
    billing.terms(year, prefix=f"R{number}-")
    wish = PlaceWish(pass_type=visitor, name="Ann")
    return [
        build.book(build.order(year, wish), at=build.EARLY, quoted="20") for _ in range(BOOKINGS)
    ]


def bill(rows: list[Booking]) -> list[int]:
    def one(number: int) -> str:
        invoicing.issue_invoice(by=None, booking=rows[number], at=build.LATE)
        return "issued"

    answers = race.together(BOOKINGS, one)
    prefix = f"{rows[0].conference.sale_terms.series.prefix}"
    numbers = Invoice.objects.filter(series__prefix=prefix).order_by("number")
    return [answers["issued"], *numbers.values_list("number", flat=True)]


def test_rig_without_locks_loses_invoices():
    with race.without_locks():
        for attempt in range(5):
            issued, *_ = bill(bookings(attempt))
            if issued < BOOKINGS:
                return
    pytest.fail("the rig lost no number without locks: it proves nothing")


def test_invoices_issued_at_once_are_numbered_densely_from_one():
    rows = bookings(0)
    assert bill(rows) == [BOOKINGS, *range(1, BOOKINGS + 1)]
    times = Invoice.objects.order_by("number").values_list("pk", flat=True)
    assert list(times) == sorted(times)
