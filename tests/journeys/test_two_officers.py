"""Two officers of one body write one draft at once; neither loses a word."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from motions.models import Call, DraftSave
from tests import factories
from tests.factories import AT
from tests.journeys.conftest import AT_A_DESK, ON_A_PHONE, real_conference
from tests.motions.make import make_motion
from tests.motions.test_in_the_browser import shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Conference notes that fares have risen.\n\nConference resolves to ask for a cap on fares."


def test_second_to_save_sees_both_texts_and_puts_them_together(sit_down, at, assert_accessible):
    call = Call.objects.get(
        deadline__conference=real_conference("annual-2016"), kind=Call.Kind.ORGANISATIONAL
    )
    at("2016-03-21 20:00")
    body = factories.make_society("Severn Food Co-operative")
    people = [
        factories.make_officer(body, user=factories.make_user(f"{name}@example.org", name))
        for name in ("Ann", "Bob")
    ]
    motion = make_motion(call, organisation=body, by=people[0], title="On fares", draft_text=TEXT)
    DraftSave.objects.create(
        motion=motion, draft_version=1, title="On fares", text=TEXT, saved_by=people[0], saved_at=AT
    )
    address = f"/conferences/annual-2016/motions/{motion.pk}/edit/"
    ann, bob = sit_down(AT_A_DESK, people[0]), sit_down(ON_A_PHONE, people[1])
    ann.goto(address)
    bob.goto(address)
    ann.get_by_label("Text").fill(TEXT.replace("have risen", "have risen by a quarter"))
    ann.get_by_role("button", name="Save the draft").click()
    bob.get_by_label("Text").fill(TEXT.replace("on fares.", "on fares at once."))
    bob.get_by_role("button", name="Save the draft").click()
    expect(bob.get_by_role("heading", name="Somebody else saved first")).to_be_visible()
    expect(bob.locator("mark").first).to_contain_text("by a quarter")
    shot(bob, "both")
    assert_accessible(bob)
    bob.set_viewport_size({"width": 1280, "height": 900})
    shot(bob, "both")
    bob.get_by_role("button", name="Put them together").click()
    expect(bob.locator("main")).to_contain_text("Not saved yet")
    assert_accessible(bob)
    bob.get_by_role("button", name="Save it").click()
    expect(bob.locator("main")).to_contain_text("Your draft is saved.")
    motion.refresh_from_db()
    assert motion.draft_text == (
        "Conference notes that fares have risen by a quarter.\n\n"
        "Conference resolves to ask for a cap on fares at once."
    )
