"""An authorised delegate sends a motion to the Annual Conference 2016, in time and a minute late."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from motions.models import Motion
from tests import factories
from tests.journeys.conftest import every_seat, real_conference

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDING = """Conference notes that co-operative housing grows too slowly.

Conference calls on the National Executive Committee to:
- meet the housing societies before Christmas;
- report to the next conference."""


@pytest.fixture
def society():
    return factories.make_society("Midcounties Housing Society")


@pytest.fixture
def secretary(society):
    return factories.make_officer(society, user=factories.make_user("secretary@housing.example"))


@pytest.fixture
def delegate(society, secretary):
    """Somebody whom the secretary has authorised for this conference."""
    person = factories.make_user("delegate@housing.example", "Tom Price")
    factories.make_authorisation(person, society, real_conference("annual-2016"), by=secretary)
    return person


def write_and_check(page: Page) -> None:
    """From the conference's page to the preview."""
    page.goto("/conferences/annual-2016/motions/")
    page.locator("main .btn-primary", has_text="Write a motion").click()
    page.get_by_role("button", name="Start writing").click()
    page.get_by_label("Title").fill("Homes that belong to those who live in them")
    page.get_by_label("Text", exact=True).fill(WORDING)
    page.get_by_text("Who moves it, and where it was passed").click()
    page.get_by_label("Moved by").fill("Tom Price")
    page.get_by_label("Seconded by").fill("Ann Hughes")
    page.get_by_label("Passed by which meeting?").fill("General meeting")
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check before you send")


@every_seat
def test_delegate_sends_in_the_last_minute_and_the_body_gets_a_receipt(
    sit_down, delegate, secretary, mailbox, at, seat
):
    at("2016-04-04 23:59")
    page = sit_down(seat, delegate)
    write_and_check(page)
    page.get_by_role("button", name="Send it in").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")
    expect(page.locator("main")).to_contain_text("Monday 4 April 2016, 23:59 UK time")
    expect(page.locator("main")).to_contain_text("meet the housing societies before Christmas")
    motion = Motion.objects.get()
    assert motion.state == Motion.State.SUBMITTED
    for address in ("delegate@housing.example", "secretary@housing.example"):
        [receipt] = mailbox.to(address)
        assert "report to the next conference" in receipt.text


@every_seat
def test_delegate_at_midnight_is_refused_with_the_text_kept_and_asks_for_the_late_list(
    sit_down, delegate, mailbox, at, seat
):
    at("2016-04-04 23:59:59")
    page = sit_down(seat, delegate)
    write_and_check(page)
    at("2016-04-05 00:00")
    page.get_by_role("button", name="Send it in").click()

    refused = page.locator("main")
    expect(refused).to_contain_text("the end of Monday 4 April 2016 (UK time)")
    expect(refused).to_contain_text("Tuesday 5 April 2016, 00:00 UK time")
    expect(refused).to_contain_text("meet the housing societies before Christmas")
    motion = Motion.objects.get()
    assert (motion.state, motion.draft_text.splitlines()[-1]) == (
        Motion.State.DRAFT,
        "- report to the next conference.",
    )
    page.get_by_role("link", name="Put it on the late list").click()
    page.get_by_role("button", name="Put it on the late list").click()
    expect(page.locator(".error-summary")).to_contain_text("Say why it is late")
    page.get_by_label("Why is it late?").fill("Our general meeting fell on that evening.")
    page.get_by_role("button", name="Put it on the late list").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")
    motion.refresh_from_db()
    assert motion.state == Motion.State.LATE
    assert "general meeting fell" in motion.late_entry.reason
    assert len(mailbox.to("delegate@housing.example")) == 1
