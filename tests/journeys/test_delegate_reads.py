"""A delegate on a phone reads the motions: finds one, notes something, follows it, gets mail."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from motions.models import Call, Category, Motion, MotionVersion
from motions.reading.services import telling
from motions.services import rewording
from motions.texts.blocks import parse
from tests import factories
from tests.conftest import instant
from tests.journeys.conftest import ON_A_PHONE, real_conference
from tests.motions.make import make_motion
from tests.motions.test_in_the_browser import shot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = (
    "Conference notes that food co-operatives are growing in every nation and region of the United "
    "Kingdom, and that capital for new ones is scarce.\n\nConference resolves:\n\n- to set up a fund "
    "for new food co-operatives, held by their members and open to every society;\n- to report next "
    "year."
)


def test_delegate_finds_a_motion_notes_follows_and_is_told_of_its_new_text(
    sit_down, at, mailbox, assert_accessible
):
    call = Call.objects.get(
        deadline__conference=real_conference("annual-2016"), kind=Call.Kind.ORGANISATIONAL
    )
    names = ("Economy", "Housing")
    economy, housing = [
        Category.objects.create(conference=call.conference, name=name, position=n)
        for n, name in enumerate(names)
    ]
    society = factories.make_society("Severn Food Co-operative")
    facts = {"organisation": society, "state": Motion.State.PUBLISHED}
    motion = make_motion(
        call, title="A fund for new food", draft_text=TEXT, number="4", category=economy, **facts
    )
    make_motion(call, title="Homes we own", category=housing, number="7", **facts)
    at("2016-08-15 19:00")
    page = sit_down(ON_A_PHONE, factories.make_user("dilys@example.org", "Dilys Delegate"))
    page.goto("/conferences/annual-2016/motions/")
    shot(page, "reading-list")
    page.get_by_label("Find words or a number").fill("scarce capital")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="1 motion")).to_be_visible()
    shot(page, "reading-find")
    assert_accessible(page)
    page.get_by_role("link", name="4. A fund for new food").click()
    page.get_by_role("button", name="To read").click()
    page.get_by_role("link", name="Write a private note").click()
    page.get_by_label("Your note").fill("Ask how the fund is paid for.")
    page.get_by_role("button", name="Keep the note").click()
    page.get_by_role("button", name="Follow by mail").click()
    expect(page.locator("main")).to_contain_text("Ask how the fund is paid for.")
    shot(page, "reading-motion")
    assert_accessible(page)
    page.get_by_role("link", name="My reading list").click()
    expect(page.locator("main")).to_contain_text("4. A fund for new food")
    shot(page, "reading-mine")
    assert_accessible(page)

    rewording.reword(
        by=motion.created_by,
        motion=motion,
        title=motion.title,
        blocks=parse(TEXT.replace("next year", "in two years")),
        origin=MotionVersion.Origin.AMENDED,
        at=instant("2016-08-16 11:00"),
    )
    assert telling.gather(at=instant("2016-08-16 18:10")) == 1
    [letter] = mailbox.to("dilys@example.org")
    assert "to report in two years." in letter.text
    page.goto(f"/conferences/annual-2016/motions/{motion.pk}/history/")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("ins").first).to_contain_text("in two")
    shot(page, "reading-history")
    assert_accessible(page)
