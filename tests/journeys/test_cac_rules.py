"""The Conference Arrangements Committee at its desk: rule, tell the body, publish."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from motions.models import Call, Motion, RulingReason
from tests import factories
from tests.journeys.conftest import AT_A_DESK, every_seat, real_conference
from tests.motions.make import make_motion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = "/conferences/annual-2016/cac/"


@pytest.fixture
def call():
    return Call.objects.get(deadline__conference=real_conference("annual-2016"))


@pytest.fixture
def member(call):
    person = factories.make_user("cac@example.org", "Rhian Morgan")
    factories.make_appointment(person, call.conference)
    return person


@pytest.fixture
def motion(call):
    society = factories.make_society("Midcounties Housing Society")
    secretary = factories.make_officer(
        society, user=factories.make_user("secretary@housing.example")
    )
    return make_motion(
        call,
        state=Motion.State.SUBMITTED,
        by=secretary,
        organisation=society,
        title="Homes that belong to those who live in them",
    )


@every_seat
def test_cac_member_finds_a_motion_in_order_and_publishes_it_for_everybody(
    sit_down, member, motion, mailbox, at, seat
):
    at("2016-04-11 10:00")
    page = sit_down(seat, member, second_factor=True)
    page.goto(DESK)
    page.get_by_role("link", name=motion.title).click()
    page.get_by_label("In order", exact=True).check()
    page.get_by_role("button", name="Record the ruling and tell the body").click()
    expect(page.locator("main")).to_contain_text("Your ruling is recorded")
    [letter] = mailbox.to("secretary@housing.example")
    assert letter.subject == f"In order: {motion.title}"

    stranger = sit_down(seat)
    stranger.goto("/conferences/annual-2016/motions/")
    expect(stranger.locator("main")).to_contain_text("Nothing is published yet")
    page.get_by_role("button", name="Publish it").click()
    expect(page.locator("main")).to_contain_text("Published. Everybody can read it now.")
    stranger.reload()
    stranger.get_by_role("link", name=motion.title).click()
    expect(stranger.locator(".motion-text")).to_contain_text("Conference resolves to say so.")


@every_seat
def test_cac_member_finds_a_motion_not_in_order_and_the_reason_reaches_the_body(
    sit_down, member, motion, mailbox, at, seat
):
    at("2016-04-11 10:00")
    page = sit_down(seat, member, second_factor=True)
    page.goto(DESK)
    page.get_by_role("link", name=motion.title).click()
    page.get_by_label("Not in order", exact=True).check()
    button = page.get_by_role("button", name="Record the ruling and tell the body")
    button.click()
    expect(page.locator(".error-summary")).to_contain_text("Choose a reason")
    expect(page.get_by_label("Not in order", exact=True)).to_be_checked()
    reason = RulingReason.objects.filter(is_active=True).first()
    page.get_by_label("Reason from the list").select_option(str(reason.pk))
    page.get_by_label("In your own words").fill("It belongs to the policy process.")
    button.click()

    expect(page.locator("main")).to_contain_text("Your ruling is recorded")
    [letter] = mailbox.to("secretary@housing.example")
    assert letter.subject == f"Not in order: {motion.title}"
    assert reason.words in " ".join(letter.text.split())
    assert "It belongs to the policy process." in letter.text
    motion.refresh_from_db()
    assert motion.state == Motion.State.NOT_IN_ORDER


def test_cac_desk_without_a_second_factor_asks_for_one_first(sit_down, member, motion, at):
    at("2016-04-11 10:00")
    page = sit_down(AT_A_DESK, member)
    page.goto(DESK)
    expect(page).to_have_url("/accounts/2fa/totp/activate/")
    expect(page.locator("main")).not_to_contain_text(motion.title)
