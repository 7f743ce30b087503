"""A month end: how old each debt is, and what was charged under each code in which month."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from members.roles import Role
from registrations import books
from registrations.models import Extra, PassType
from registrations.orders import PlaceWish
from registrations.services import cancelling, invoicing
from tests.factories import make_staff, sign_in
from tests.registrations import billing, build

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (0, "up to 30 days"),
        (30, "up to 30 days"),
        (31, "31 to 60 days"),
        (60, "31 to 60 days"),
        (61, "61 to 90 days"),
        (90, "61 to 90 days"),
        (91, "over 90 days"),
    ],
)
def test_debt_grows_older_the_day_after_its_thirty_days(booking, days, age):
    (debt,) = books.debts(booking.conference, on=build.EARLY.date() + dt.timedelta(days=days))
    assert (debt.owing, debt.days, debt.age) == (180, days, age)
    assert books.by_age([debt])[age] == 180


def test_debt_counts_from_the_invoice_once_there_is_one(booking, staff):
    billing.terms(booking.conference)
    invoicing.issue_invoice(by=staff, booking=booking, at=build.LATE)
    (debt,) = books.debts(None, on=build.LATE.date() + dt.timedelta(days=3))
    assert debt.days == 3


def test_booking_that_is_paid_is_no_debt(booking, staff):
    billing.pay(booking, staff, "180")
    assert books.debts(None, on=build.LATE.date()) == []


def test_cancellation_counts_in_its_own_month_and_the_closed_one_stays(booking):
    PassType.objects.filter(code="delegate").update(nominal_code="4010")
    billing.periods(booking.conference, ("delegate_registration", "50"))
    title = booking.conference.title
    assert books.by_code(None) == [(title, "2016-05", "4010", Decimal(180))]
    cancelling.cancel_place(by=None, place=booking.places.first(), at=build.LATE)
    assert books.by_code(booking.conference) == [
        (title, "2016-05", "4010", Decimal(180)),
        (title, "2016-07", "4010", Decimal(-45)),
    ]


def test_month_end_shows_debts_and_hands_them_out_harmlessly(client, at, booking):
    at(build.LATE)
    booking.organisation.name = "=cmd|calc"
    booking.organisation.save()
    sign_in(client, make_staff(Role.FINANCE))
    url = reverse("admin:registrations_booking_books")
    page = client.get(url).content.decode()
    assert booking.reference in page
    assert "£180.00" in page
    sheet = client.get(url, {"as": "csv", "conference": booking.conference.slug}).content.decode()
    assert '"\'=cmd|calc"' in sheet
    assert client.get(url, {"as": "xlsx", "table": "codes"}).content.startswith(b"PK")


def test_booking_list_answers_what_stands_on_no_invoice_and_bills_the_chosen(client, at, booking):
    at(build.LATE)
    sign_in(client, make_staff(Role.FINANCE))
    billing.terms(booking.conference)
    url = reverse("admin:registrations_booking_changelist")
    unbilled = {"question": "unbilled"}
    assert list(client.get(url, unbilled).context["cl"].result_list) == [booking]
    client.post(url, {"action": "bill", "_selected_action": [booking.pk]})
    assert booking.invoices.count() == 1
    assert list(client.get(url, unbilled).context["cl"].result_list) == []


def test_account_adds_up_to_what_is_owed_less_what_is_owed_back(booking, staff):
    year = booking.conference
    wish = PlaceWish(pass_type=year.pass_types.get(code="visitor"), name="Vera")
    small = build.book(build.order(year, wish), at=build.EARLY, quoted="20")
    billing.pay(booking, staff, "100.01")
    billing.pay(small, staff, "30")
    told = dict(books.balance(year))
    owed, back = told.pop("Owed to us"), told.pop("Paid too much or credited")
    assert (owed, back) == (Decimal("79.99"), Decimal(-10))
    assert sum(told.values()) == owed + back
    assert set(dict(books.balance(build.conference("other"))).values()) == {Decimal(0)}


def test_month_end_of_an_impossible_conference_is_not_there(client):
    sign_in(client, make_staff(Role.FINANCE))
    url = reverse("admin:registrations_booking_books")
    answers = [client.get(url, {"conference": slug}).status_code for slug in ("none", "\x00")]
    assert answers == [404, 404]


def test_table_sold_above_cost_is_split_and_shown_to_finance(client, at, year):
    dinner = year.extras.get()
    Extra.objects.filter(pk=dinner.pk).update(cost=Decimal("20.50"))
    delegate, visitor = year.pass_types.get(code="delegate"), year.pass_types.get(code="visitor")
    table = [PlaceWish(pass_type=delegate, name=f"G{n}", extras=(dinner,)) for n in range(21)]
    sponsor = build.body("Everyday Society", kind="society")
    # two bookings of one payer count together: 21 and 1 at £24.50 each above cost
    build.book(build.order(year, *table, organisation=sponsor), at=build.EARLY, quoted="2835")
    build.book(
        build.order(year, table[0], organisation=sponsor),
        at=build.EARLY,
        quoted="135",
        duplicates_accepted=True,
    )
    alone = PlaceWish(pass_type=visitor, name="Vera", extras=(dinner,))
    gone = build.book(build.order(year, alone), at=build.EARLY, quoted="65")
    cancelling.cancel_booking(by=None, booking=gone, at=build.EARLY)
    build.book(build.order(year, alone, contact_name="Vera"), at=build.EARLY, quoted="65")
    found = books.above_cost(year)
    assert [(row.payer, row.what, row.above, row.is_to_check) for row in found] == [
        (
            "Everyday Society",
            "22 \N{MULTIPLICATION SIGN} Conference dinner",
            Decimal("539.00"),
            True,
        ),
        ("Vera", "1 \N{MULTIPLICATION SIGN} Conference dinner", Decimal("24.50"), False),
    ]
    assert books.above_cost(None) == found
    sign_in(client, make_staff(Role.FINANCE))
    at(build.LATE)
    url = reverse("admin:registrations_booking_books")
    page = client.get(url).content.decode()
    assert page.count("over £500: to check") == 1
    text = client.get(f"{url}?table=gifts&as=csv").content.decode("utf-8-sig")
    assert (
        '"Everyday Society","22 \N{MULTIPLICATION SIGN} Conference dinner","990.00","451.00","539.00","yes"'
        in text
    )


def test_what_is_sold_at_or_below_cost_is_no_gift(year, booking):
    Extra.objects.update(cost=Decimal(45))
    delegate = year.pass_types.get(code="delegate")
    wish = PlaceWish(pass_type=delegate, name="Ann", extras=(year.extras.get(),))
    build.book(
        build.order(year, wish, organisation=build.body("Leeds")), at=build.EARLY, quoted="135"
    )
    assert books.above_cost(year) == []
