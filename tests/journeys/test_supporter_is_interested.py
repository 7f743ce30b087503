"""A supporter, who is no member and has no sign-in, registers an interest in a free conference."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from registrations.models import Interest
from tests.journeys.conftest import every_seat, link_in, real_conference

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@every_seat
def test_supporter_registers_an_interest_in_west_midlands_2022_and_takes_it_back(
    sit_down, mailbox, at, seat
):
    at("2022-02-07 18:30")
    real_conference("west-midlands-2022", status="provisional")
    page = sit_down(seat)
    page.goto("/conferences/west-midlands-2022/")
    page.get_by_role("link", name="Register your interest").first.click()
    register = page.get_by_role("button", name="Register my interest")
    register.click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_label("Your full name").fill("Parveen Akhtar")
    page.get_by_label("Your e-mail address").fill("parveen@example.org")
    page.get_by_label("Your nation or region").select_option(label="West Midlands")
    register.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please look in your mail")

    [mail] = mailbox.to("parveen@example.org")
    page.goto(link_in(mail, "/interest/"))
    row = Interest.objects.get()
    assert row.confirmed_at is None
    page.get_by_role("button", name="Yes, I am interested").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, you are on the list")
    row.refresh_from_db()
    assert (row.confirmed_at is None, row.is_member) == (False, False)

    page.get_by_role("button", name="I am no longer interested").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are off the list")
    row.refresh_from_db()
    assert row.withdrawn_at is not None
