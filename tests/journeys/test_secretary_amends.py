"""A secretary amends a published motion on a phone, in time and at midnight; the mover accepts it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from motions.models import Amendment, Call, Motion, MoversAnswer
from tests import factories
from tests.journeys.conftest import ON_A_PHONE, WITHOUT_SCRIPT, real_conference
from tests.motions.make import make_amendment, make_motion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDING = """Conference notes that co-operative housing grows too slowly.

Conference calls for a plan before Christmas."""
AMENDED = WORDING.replace("before Christmas", "before Easter, with a budget")


@pytest.fixture
def motion():
    conference = real_conference("annual-2016")
    call = Call.objects.get(deadline__conference=conference, kind=Call.Kind.ORGANISATIONAL)
    mover = factories.make_society("Midcounties Housing Society")
    secretary = factories.make_officer(mover, user=factories.make_user("mover@housing.example"))
    return make_motion(
        call,
        organisation=mover,
        by=secretary,
        state=Motion.State.PUBLISHED,
        title="Homes",
        draft_text=WORDING,
    )


@pytest.fixture
def secretary():
    society = factories.make_society("Severn Dairies")
    return factories.make_officer(society, user=factories.make_user("secretary@dairies.example"))


def amend_and_check(page: Page, motion: Motion) -> None:
    """From the motion's page to the preview, with what was understood on it."""
    page.goto(motion.get_absolute_url())
    page.get_by_role("link", name="Amend this motion").click()
    page.get_by_role("button", name="Start the amendment").click()
    text = page.get_by_label("The text as your body wants it")
    expect(text).to_have_value(WORDING)
    text.fill(AMENDED)
    page.get_by_role("button", name="Save and check").click()
    main = page.locator("main")
    expect(main).to_contain_text(
        'In paragraph 2, delete "Christmas", insert "Easter, with a budget".'
    )
    expect(main.locator(".diff del")).to_contain_text("Christmas")
    expect(main.locator(".diff ins", has_text="Easter, with a budget")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= ON_A_PHONE.size[0]


def test_secretary_amends_on_a_phone_in_the_last_minute(sit_down, motion, secretary, mailbox, at):
    at("2016-08-01 23:59")
    page = sit_down(ON_A_PHONE, secretary)
    amend_and_check(page, motion)
    page.get_by_role("button", name="Send it in").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")
    expect(page.locator("main")).to_contain_text("Monday 1 August 2016, 23:59 UK time")
    [receipt] = mailbox.to("secretary@dairies.example")
    assert 'delete "Christmas", insert "Easter, with a budget"' in receipt.text
    assert "a plan before Easter, with a budget." in receipt.text
    assert Amendment.objects.get().state == Motion.State.SUBMITTED


def test_secretary_at_midnight_is_refused_with_the_text_kept(
    sit_down, motion, secretary, mailbox, at
):
    at("2016-08-01 23:59:59")
    page = sit_down(WITHOUT_SCRIPT, secretary)
    amend_and_check(page, motion)
    at("2016-08-02 00:00")
    page.get_by_role("button", name="Send it in").click()

    refused = page.locator("main")
    expect(refused).to_contain_text("the end of Monday 1 August 2016 (UK time)")
    expect(refused).to_contain_text("Easter, with a budget")
    expect(page.get_by_role("link", name="Put it on the late list")).to_be_visible()
    amendment = Amendment.objects.get()
    assert (amendment.state, amendment.draft_text) == (Motion.State.DRAFT, AMENDED)
    assert mailbox.to("secretary@dairies.example") == []


def test_mover_accepts_on_a_phone_and_everybody_reads_it(sit_down, motion, secretary, mailbox, at):
    at("2016-08-10 12:00")
    body = secretary.officeholdings.get().organisation
    made = make_amendment(motion, text=AMENDED, state="published", organisation=body, by=secretary)
    page = sit_down(ON_A_PHONE, motion.created_by)
    page.goto(made.get_absolute_url())
    page.get_by_role("link", name="Answer it as the mover").click()
    page.get_by_label("We accept it: one vote on the motion as amended").check()
    page.get_by_role("button", name="Record the answer").click()

    expect(page.locator("main")).to_contain_text("Accepted by the mover")
    assert MoversAnswer.objects.get().answer == MoversAnswer.Answer.ACCEPTED
    [told] = mailbox.to("secretary@dairies.example")
    assert told.subject.startswith("Accepted by the mover")
    visitor = sit_down(ON_A_PHONE)
    visitor.goto(motion.get_absolute_url())
    expect(visitor.locator("main")).to_contain_text("Accepted by the mover")
