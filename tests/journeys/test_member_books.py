"""A member of the demo year books a visitor's place, comes back by the link, and cancels."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from members.models import User
from registrations.models import Booking
from tests.journeys.conftest import code_in, every_seat, link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TESS = "tess@example.org"


@pytest.fixture
def tess(at):
    """The member of the demo year who wants a visitor's place."""
    at("2026-10-06 19:00")
    call_command("load_demo")
    return User.objects.get(email=TESS)


@every_seat
def test_member_books_a_visitors_place_comes_back_by_the_link_and_cancels(
    sit_down, tess, mailbox, at, seat
):
    page = sit_down(seat, tess)
    page.goto("/")
    page.get_by_role("link", name="Annual Conference").first.click()
    page.get_by_role("link", name="Book", exact=True).first.click()
    page.get_by_role("link", name="Book for yourself").click()
    expect(page.get_by_label("Your full name")).to_have_value("Tess Morgan")
    page.get_by_label("Dietary needs").fill("Vegan")
    page.get_by_role("button", name="Check your booking").click()
    expect(page.locator("main")).to_contain_text("Step 2 of 2")
    page.get_by_role("button", name="Confirm: book for £39").click()
    expect(page.get_by_text("You are booked")).to_be_visible()
    booking = Booking.objects.get(contact_email=TESS)
    expect(page.locator("main")).to_contain_text(booking.reference)

    # another evening, another browser, not signed in: the link alone shows nothing private
    at("2026-10-08 21:00")
    [receipt] = [mail for mail in mailbox.to(TESS) if mail.subject.startswith("Your booking")]
    assert booking.reference in receipt.text
    elsewhere = sit_down(seat)
    elsewhere.goto(link_in(receipt, "/booking/"))
    expect(elsewhere.locator("main")).not_to_contain_text("Tess Morgan")
    elsewhere.get_by_role("button", name="Mail me a code").click()
    code = elsewhere.get_by_label("The six figures from the mail")
    code.fill("000 000")
    elsewhere.get_by_role("button", name="Open my booking").click()
    expect(elsewhere.locator(".error-summary")).to_contain_text("not the newest code")
    code.fill(code_in(mailbox.to(TESS)[-1]))
    elsewhere.get_by_role("button", name="Open my booking").click()
    expect(elsewhere.locator("main")).to_contain_text("Tess Morgan")
    elsewhere.get_by_role("link", name="Cancel the whole booking").click()
    elsewhere.get_by_role("button", name="Cancel the whole booking").click()
    expect(elsewhere.locator("main")).to_contain_text("This booking is cancelled")
    booking.refresh_from_db()
    assert booking.state == Booking.State.CANCELLED
    assert mailbox.to(TESS)[-1].subject == f"Your booking {booking.reference} is cancelled"


@every_seat
def test_member_without_the_mail_asks_for_the_links_again(sit_down, tess, mailbox, at, seat):
    vera = "vera@example.org"
    before = len(mailbox.to(vera))
    page = sit_down(seat)
    answers = []
    for address in (vera, "nobody@example.org"):
        page.goto("/conferences/demo-annual/book/")
        page.get_by_role("link", name="Have your links sent again").click()
        page.get_by_label("The e-mail address you booked with").fill(address)
        page.get_by_role("button", name="Send my links").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")
        answers.append(page.locator("main").inner_text().replace(address, "…"))
    assert answers[0] == answers[1]
    assert mailbox.to("nobody@example.org") == []
    assert len(mailbox.to(vera)) == before + 1
    page.goto(link_in(mailbox.to(vera)[-1], "/booking/"))
    expect(page.get_by_role("button", name="Mail me a code")).to_be_visible()
