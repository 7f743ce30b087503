"""A delegation of five: one cheque for all that bounces; and an officer's month end to the penny."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from members.roles import Role
from registrations.models import Booking, Extra, Invoice, PassType
from registrations.orders import PlaceWish
from tests import factories
from tests.journeys.conftest import AT_A_DESK, ON_A_PHONE
from tests.registrations import billing, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = ("Ann", "Ben", "Cat", "Dan", "Eve")


@pytest.fixture
def five(at) -> Booking:
    """Five delegates booked in May at the early price, one of whom dines: £495."""
    at(build.EARLY)
    year = build.year_2016()
    billing.terms(year)
    billing.periods(year, ("delegate_registration", "50"))
    build.visitor_pass(year, nominal_code="4030")
    PassType.objects.filter(code="delegate").update(nominal_code="4010")
    Extra.objects.update(nominal_code="4020")
    delegate, dinner = year.pass_types.get(code="delegate"), year.extras.get()
    wishes = [
        PlaceWish(pass_type=delegate, name=name, extras=(dinner,) if name == "Ann" else ())
        for name in NAMES
    ]
    body = build.body()
    order = build.order(
        year,
        *wishes,
        organisation=body,
        payment_method="cheque",
        contact_name="Sian Secretary",
        contact_email="secretary@cardiff.example",
    )
    return build.book(order, at=build.EARLY, quoted="495", by=build.officer(body))


@pytest.fixture
def desk(sit_down, at) -> Page:
    at(build.LATE)
    roles = (Role.FINANCE, Role.REGISTRATIONS_OFFICER)
    return sit_down(AT_A_DESK, factories.make_staff(*roles), second_factor=True)


def open_booking(page: Page, booking: Booking) -> None:
    page.goto(reverse("admin:registrations_booking_change", args=[booking.pk]))


def pay(page: Page, booking: Booking, method: str, amount: str) -> None:
    open_booking(page, booking)
    page.get_by_role("link", name="Record a payment").click()
    page.get_by_label("How").select_option(label=method)
    page.get_by_label("Amount (£)").fill(amount)
    page.get_by_role("button", name="Record a payment").click()
    expect(page.locator(".messagelist")).to_contain_text("was recorded")


def act(page: Page, booking: Booking, label: str, **fields: str) -> None:
    """One of the acts of a booking's page, with what it asks for."""
    open_booking(page, booking)
    page.get_by_role("link", name=label, exact=True).click()
    for name, words in fields.items():
        page.locator(f"[name={name}]").fill(words)
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def move_cheque(page: Page, booking: Booking, link: str, button: str) -> None:
    open_booking(page, booking)
    page.get_by_role("link", name=link).click()
    page.get_by_role("button", name=button).click()


def test_delegation_of_five_paid_by_one_cheque_that_bounces(five, desk, sit_down, mailbox):
    officer = sit_down(ON_A_PHONE, five.booked_by)
    pay(desk, five, "cheque", "495")
    officer.goto(five.get_absolute_url())
    still = officer.locator(".summary-row", has_text="Still to pay")
    expect(still).to_contain_text("£0.00")

    move_cheque(desk, five, "Banked", "The cheque was banked")
    move_cheque(desk, five, "Bounced", "The cheque has bounced")
    expect(desk.locator(".messagelist")).to_contain_text("Still to pay: £495.00.")
    officer.reload()
    expect(still).to_contain_text("£495.00")
    for name in NAMES:
        expect(officer.locator("main")).to_contain_text(name)
    told = mailbox.to("secretary@cardiff.example")[-1]
    assert told.subject.startswith("Your cheque was returned by the bank")
    assert "your places are still held at the same price" in told.text

    pay(desk, five, "bank transfer", "495")
    officer.reload()
    expect(still).to_contain_text("£0.00")


def test_officer_closes_the_month_to_the_penny(five, desk, tmp_path):
    visitor = PlaceWish(pass_type=five.conference.pass_types.get(code="visitor"), name="Vera")
    small = build.book(build.order(five.conference, visitor), at=build.EARLY, quoted="20")

    act(desk, five, "Issue invoice")
    pay(desk, five, "bank transfer", "300")
    place = five.places.get(name="Eve")
    desk.goto(reverse("admin:registrations_booking_place_cancel", args=[five.pk, place.pk]))
    desk.get_by_label("Reason").fill("Ill")
    desk.get_by_role("button", name="Cancel this place").click()
    act(desk, five, "Issue invoice")  # a credit note, and what is left billed again
    pay(desk, five, "bank transfer", "160")
    act(desk, five, "Record a refund", paid_to="Cardiff", reason="Paid £10 too much")
    pay(desk, small, "bank transfer", "15")
    act(desk, small, "Write off", reason="Bank charges abroad")
    papers = Invoice.objects.order_by("number").values_list("number", "kind", "gross")
    assert list(papers) == [
        (1, "invoice", Decimal(495)),
        (2, "credit_note", Decimal(495)),
        (3, "invoice", Decimal(450)),
    ]

    desk.goto(reverse("admin:registrations_booking_books") + f"?conference={five.conference.slug}")
    expect(desk.get_by_text("Nobody owes anything.")).to_be_visible()
    assert table(desk, "The first lines add up to the last two") == [
        ["Charged, less what was cancelled", "£470.00"],
        ["Received", "−£475.00"],
        ["Refunded", "£10.00"],
        ["Written off", "−£5.00"],
        ["Credit from and to other conferences", "£0.00"],
        ["Owed to us", "£0.00"],
        ["Paid too much or credited", "£0.00"],
    ]
    codes = [
        ["2016-05", "4010", "450.00"],
        ["2016-05", "4020", "45.00"],
        ["2016-05", "4030", "20.00"],
        ["2016-07", "4010", "-45.00"],
    ]
    shown = table(desk, "Charged, less what was cancelled, by month and nominal code")
    assert [[m, c, s.replace("£", "").replace("−", "-")] for _, m, c, s in shown] == codes
    with desk.expect_download() as taken:
        desk.get_by_role("link", name="as CSV").last.click()
    kept = Path(tmp_path / "codes.csv")
    taken.value.save_as(kept)
    rows = list(csv.reader(kept.read_text("utf-8-sig").splitlines()))[1:]
    assert [row[1:] for row in rows] == codes
    assert sum(Decimal(row[3]) for row in rows) == 470


def table(page: Page, caption: str) -> list[list[str]]:
    rows = page.get_by_role("table", name=caption).locator("tbody tr")
    return [row.locator("th, td").all_inner_texts() for row in rows.all()]
