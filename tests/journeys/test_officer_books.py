"""An officer books a delegate of the real Annual Conference 2016, to the second."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from registrations.models import Booking
from tests import factories
from tests.journeys.conftest import (
    AT_A_DESK,
    ON_A_PHONE,
    WITHOUT_SCRIPT,
    every_seat,
    real_conference,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAST_SECOND = "2016-06-30 23:59:59"
MIDNIGHT = "2016-07-01 00:00"


@pytest.fixture
def secretary():
    """The secretary of a party council, with a conference to book for."""
    real_conference("annual-2016")
    council = factories.make_organisation("Cardiff and Vale Party Council")
    return factories.make_officer(council, user=factories.make_user(name="Siân Jones"))


def to_the_review(page: Page, *, dinner: bool) -> None:
    """From the conference's page to the last screen, as an officer clicks."""
    page.goto("/conferences/annual-2016/")
    page.get_by_role("link", name="Book", exact=True).first.click()
    page.get_by_role("link", name="Book for Cardiff and Vale Party Council").click()
    page.get_by_label("Delegate pass").fill("1")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Full name").fill("Gwen Davies")
    page.get_by_label("Conference dinner").set_checked(dinner)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Whom we write to").fill("Siân Jones")
    page.get_by_label("Their e-mail address").fill("sian@example.org")
    page.get_by_label("Send an invoice").check()
    page.get_by_label("Name and address for the invoice").fill("The Treasurer\n1 Quay Street")
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the booking")


@pytest.mark.parametrize(
    ("seat", "moment", "dinner", "total"),
    [
        pytest.param(AT_A_DESK, LAST_SECOND, False, "90.00", id="desk, last second"),
        pytest.param(ON_A_PHONE, LAST_SECOND, True, "135.00", id="phone, last second, dinner"),
        pytest.param(WITHOUT_SCRIPT, MIDNIGHT, False, "110.00", id="no script, midnight"),
        pytest.param(AT_A_DESK, MIDNIGHT, True, "155.00", id="desk, midnight, dinner"),
    ],
)
def test_officer_books_a_delegate_at_the_price_of_that_second(
    sit_down, secretary, mailbox, at, seat, moment, dinner, total
):
    at(moment)
    page = sit_down(seat, secretary)
    to_the_review(page, dinner=dinner)
    page.get_by_role("button", name=f"Confirm: book for £{total.removesuffix('.00')}").click()

    expect(page.get_by_text("You are booked")).to_be_visible()
    expect(page.locator(".summary-total")).to_contain_text(f"£{total}")
    booking = Booking.objects.get()
    assert str(booking.total) == total
    expect(page.locator("main")).to_contain_text(booking.reference)
    [receipt] = mailbox.to("sian@example.org")
    assert booking.reference in receipt.text
    assert f"£{total}" in receipt.text


@every_seat
def test_officer_who_confirms_a_second_too_late_is_shown_the_new_price_and_books_at_it(
    sit_down, secretary, at, seat
):
    at(LAST_SECOND)
    page = sit_down(seat, secretary)
    to_the_review(page, dinner=False)
    at(MIDNIGHT)
    page.get_by_role("button", name="Confirm: book for £90").click()

    expect(page.locator(".error-summary")).to_contain_text("£110.00, not £90.00")
    expect(page.locator("main")).to_contain_text("Gwen Davies")
    page.get_by_role("button", name="Confirm: book for £110").click()
    expect(page.get_by_text("You are booked")).to_be_visible()
    assert str(Booking.objects.get().total) == "110.00"


@every_seat
def test_officer_after_the_door_has_closed_is_refused_and_told_what_can_still_be_done(
    sit_down, secretary, at, seat
):
    at("2016-08-22 23:59:59")
    page = sit_down(seat, secretary)
    to_the_review(page, dinner=False)
    at("2016-08-23 00:00")
    page.get_by_role("button", name="Confirm: book for £110").click()

    expect(page.locator(".error-summary")).to_contain_text(
        "the end of Monday 22 August 2016 (UK time)"
    )
    expect(page.locator("main")).to_contain_text("Your draft is kept.")
    expect(page.locator("main").get_by_role("link", name="ask the conference team")).to_be_visible()
    assert Booking.objects.get().state == Booking.State.DRAFT

    page.goto("/conferences/annual-2016/book/for/cardiff-and-vale-party-council/")
    expect(page.locator(".notice-closed")).to_contain_text(
        "Booking closed at the end of Monday 22 August 2016 (UK time)."
    )
    expect(page.locator(".notice-closed")).to_contain_text("What you can still do")
