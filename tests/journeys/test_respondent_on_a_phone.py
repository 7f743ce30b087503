"""Somebody without an account answers a consultation on a phone, with and without a script."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from playwright.sync_api import expect

from motions.consultations.services import coding, responding
from motions.models import PolicySubmission
from tests.factories import make_conference, make_deadline, make_user
from tests.journeys.conftest import ON_A_PHONE, WITHOUT_SCRIPT, link_in
from tests.motions.consultations.make import make_full

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = (390, 844)
LINK = "/consultations/link/"


@pytest.mark.parametrize(
    "seat",
    [dataclasses.replace(seat, size=NARROW) for seat in (ON_A_PHONE, WITHOUT_SCRIPT)],
    ids=["phone", "no-script"],
)
def test_respondent_answers_by_link_and_reads_what_became_of_it(sit_down, mailbox, at, seat):
    at("2016-03-20 18:00")
    conference = make_conference("Annual Conference 2016")
    consultation = make_full(
        title="Care that people own",
        deadline=make_deadline(conference, "policy_submissions", closes_on=dt.date(2016, 4, 30)),
    )
    page = sit_down(seat)
    page.goto("/consultations/")
    page.get_by_role("link", name="Care that people own").click()
    page.get_by_role("link", name="Answer by e-mail link").click()
    page.get_by_role("button", name="Send me the link").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_label("Your name").fill("Pat Public")
    page.get_by_label("Your e-mail address").fill("pat@example.org")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")

    [mail] = mailbox.to("pat@example.org")
    page.goto(link_in(mail, LINK))
    page.get_by_role("button", name="Save and check").click()
    expect(page.locator(".notice")).to_contain_text("Answer “What should change?”")
    expect(page.get_by_role("button", name="Send it in")).to_have_count(0)
    page.get_by_role("link", name="Go on writing").click()
    page.get_by_label("What should change?").fill("Carers should own the service they work in.")
    page.get_by_label("Care", exact=True).check()
    page.get_by_label("5 (a lot)").check()
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("main")).to_contain_text("Your draft is saved. It is not sent in yet.")
    page.get_by_role("button", name="Save and check").click()
    expect(page.locator("main")).to_contain_text("5 of 5")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    page.get_by_role("button", name="Send it in").click()
    expect(page.locator("main")).to_contain_text("Receipt 1: sent in.")
    row = PolicySubmission.objects.get()
    assert (row.state, row.answered) == ("submitted", 3)
    receipt = mailbox.to("pat@example.org")[-1]
    assert "Carers should own the service they work in." in receipt.text

    at("2016-05-20 10:00")
    reader = make_user()
    theme = coding.save_theme(
        by=reader,
        consultation=consultation,
        name="Who owns care",
        description="",
        position=1,
        at=dt.datetime(2016, 5, 20, tzinfo=dt.UTC),
    )
    after = dt.datetime(2016, 5, 20, 9, tzinfo=dt.UTC)
    coding.code(by=reader, submission=row, themes=[theme], at=after)
    responding.respond(
        by=reader, theme=theme, outcome="taken_up", words="It is in the paper.", at=after
    )
    responding.publish(by=reader, consultation=consultation, at=after)
    page.goto(link_in(mailbox.to("pat@example.org")[-1], LINK))
    expect(page.get_by_role("heading", name="What became of it")).to_be_visible()
    expect(page.locator(".became")).to_contain_text("It is in the paper.")
    page.get_by_role("link", name="The whole response").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Response: Care that people own")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
