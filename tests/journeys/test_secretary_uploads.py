"""A secretary on a phone: the motion lies in a Word file; it is read, looked at and sent in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from motions.models import Call, Motion
from tests import factories
from tests.journeys.conftest import ON_A_PHONE, real_conference
from tests.motions.make import make_motion
from tests.motions.test_in_the_browser import shot
from tests.texts.word_files import par, word

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILE = {
    "name": "Motion final FINAL.docx",
    "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "buffer": word(
        par("A fund for new food co-operatives", style="Titel"),
        par("Conference notes that food co-operatives are growing."),
        par("Conference resolves:"),
        par("to set up a fund;", item=(2, 0)),
        par("to report next year.", item=(2, 0)),
        par("<w:r><w:drawing/></w:r>"),
    ),
}


def test_secretary_uploads_a_word_file_reads_what_was_understood_and_sends_it(
    sit_down, at, assert_accessible
):
    call = Call.objects.get(
        deadline__conference=real_conference("annual-2016"), kind=Call.Kind.ORGANISATIONAL
    )
    at("2016-03-21 20:00")
    body = factories.make_society("Severn Food Co-operative")
    secretary = factories.make_officer(body)
    motion = make_motion(call, organisation=body, by=secretary, title="", draft_text="")
    page = sit_down(ON_A_PHONE, secretary)
    page.goto(f"/conferences/annual-2016/motions/{motion.pk}/edit/")
    page.get_by_text("Take the text from a Word file").click()
    page.get_by_label("Word file (optional)").set_input_files(
        {"name": "Motion.odt", "mimeType": "application/x", "buffer": b"PK"}
    )
    page.get_by_role("button", name="Read the Word file").click()
    expect(page.locator(".error-summary")).to_contain_text("save it as Word (.docx)")
    page.get_by_label("Word file (optional)").set_input_files(FILE)
    shot(page, "upload")
    assert_accessible(page)
    page.get_by_role("button", name="Read the Word file").click()
    expect(page.locator("main")).to_contain_text("1 picture was left out.")
    expect(page.locator(".understood li")).to_have_count(4)
    shot(page, "understood")
    assert_accessible(page)
    page.get_by_role("button", name="Take this text").click()
    page.get_by_role("button", name="Save and check").click()
    shot(page, "check")
    page.get_by_role("button", name="Send it in").click()
    expect(page.locator("main")).to_contain_text("2. to report next year.")
    motion.refresh_from_db()
    assert motion.state == Motion.State.SUBMITTED
    assert motion.current_version.title == "A fund for new food co-operatives"
