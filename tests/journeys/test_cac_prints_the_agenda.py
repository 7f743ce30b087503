"""The committee's evening: twenty motions ruled, numbered, and the preliminary agenda printed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from motions.models import Call, Motion, Release
from tests import factories
from tests.journeys.conftest import AT_A_DESK, ON_A_PHONE, WITHOUT_SCRIPT, real_conference
from tests.motions.make import make_motion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOME = "/conferences/annual-2016/"


@pytest.fixture
def call():
    return Call.objects.get(
        deadline__conference=real_conference("annual-2016"), kind=Call.Kind.ORGANISATIONAL
    )


def test_committee_rules_numbers_and_prints_and_everybody_reads_it(sit_down, call, at):
    at("2016-04-11 19:00")
    person = factories.make_user("cac@example.org", "Rhian Morgan")
    factories.make_appointment(person, call.conference)
    society = factories.make_society("Midcounties Housing Society")
    secretary = factories.make_officer(society)
    by = {"organisation": society, "by": secretary}
    for n in range(1, 19):
        make_motion(call, state="in_order", title=f"Motion on subject {n}", **by)
    for title in ("Homes", "Trains"):
        make_motion(call, state="submitted", title=title, **by)
    page = sit_down(AT_A_DESK, person, second_factor=True)

    # The last two are ruled on, then everything is published
    for title in ("Homes", "Trains"):
        page.goto(f"{HOME}cac/")
        page.get_by_role("link", name=title, exact=True).first.click()
        page.get_by_label("In order", exact=True).check()
        page.get_by_role("button", name="Record the ruling and tell the body").click()
        expect(page.locator("main")).to_contain_text("Your ruling is recorded")
    page.goto(f"{HOME}cac/")
    page.get_by_role("button", name="Publish what is in order (20)").click()

    # Numbered, with the homes first
    page.get_by_role("link", name="Numbers and agenda").click()
    expect(page.locator("main")).to_contain_text("20 motions without a number")
    homes = Motion.objects.get(title="Homes")
    for motion in Motion.objects.exclude(pk=homes.pk)[:2]:
        page.locator(f"#id_place_{motion.pk}").fill("30")
    page.locator(f"#id_place_{homes.pk}").fill("1")
    first = Motion.objects.exclude(pk=homes.pk).get(title="Motion on subject 1")
    page.locator(f"#id_place_{first.pk}").fill("2")
    page.get_by_role("button", name="Number them in this order").click()
    expect(page.locator("main")).to_contain_text("20 motions have a new number")
    homes.refresh_from_db()
    assert homes.number == "1"

    # Printed: from now on nothing moves, and everybody reads it
    page.get_by_label("Preliminary agenda").check()
    page.get_by_role("button", name="Print it").click()
    expect(page.locator("main")).to_contain_text("Preliminary agenda is printed")
    expect(page.get_by_role("button", name="Number them in this order")).to_have_count(0)
    for seat in (ON_A_PHONE, WITHOUT_SCRIPT):
        stranger = sit_down(seat)
        stranger.goto(f"{HOME}motions/")
        stranger.get_by_role("link", name="Agendas and order papers").click()
        stranger.get_by_role("link", name="Preliminary agenda", exact=True).click()
        expect(stranger.locator("article").first).to_contain_text("1. Homes")
        expect(stranger.locator("article")).to_have_count(20)
        link = stranger.get_by_role("link", name="PDF of the preliminary agenda").first
        with stranger.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == "preliminary-agenda-annual-2016.pdf"
    assert Release.objects.get().prints.count() == 4


def test_chair_takes_a_motion_through_its_votes_on_a_phone(sit_down, call, at):
    at("2016-09-10 10:00")
    chair = factories.make_user("chair@example.org", "Gareth Chair")
    factories.make_appointment(chair, call.conference, "chair")
    motion = make_motion(call, state="published", number="4", title="Homes")
    page = sit_down(ON_A_PHONE, chair, second_factor=True)
    page.goto(f"{HOME}chair/{motion.pk}/")
    page.get_by_label("Votes for").first.fill("120")
    page.get_by_label("Votes against").first.fill("120")
    page.get_by_role("button", name="Enter it").click()
    expect(page.locator("main")).to_contain_text("120 for, 120 against")
    expect(page.locator(".status").first).to_contain_text("Lost")
    page.get_by_text("Correct it or take it back").click()
    page.get_by_label("Votes for").first.fill("121")
    page.get_by_label("What became of it?").first.select_option("")
    page.get_by_label("Why is it corrected?").fill("A card was found")
    page.get_by_role("button", name="Correct the outcome").click()
    expect(page.locator("main")).to_contain_text("Corrected: A card was found")
    stranger = sit_down(AT_A_DESK)
    stranger.goto(f"{HOME}decisions/")
    expect(stranger.locator("main")).to_contain_text("4. Homes")
