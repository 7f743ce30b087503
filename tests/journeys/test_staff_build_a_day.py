"""A programme editor builds the demo conference's first day in the admin, by keyboard."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from events.models import Conference, Session
from members.models import User
from tests.journeys.conftest import AT_A_DESK, WITHOUT_SCRIPT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bethan(at):
    """The demo year's programme editor."""
    at("2026-10-06 10:00")
    call_command("load_demo")
    return User.objects.get(email="bethan@example.org")


def first_day(page: Page):
    return page.locator("main section, #content-main section").first


def add(page: Page, title: str, starts: str) -> None:
    form = first_day(page).locator("form").last
    form.get_by_label("Title").fill(title)
    form.get_by_label("Starts").fill(starts)
    form.get_by_role("button", name="Add").click()
    expect(first_day(page)).to_contain_text(title)


def titles(page: Page) -> list[str]:
    return first_day(page).locator("tbody a").all_inner_texts()


@pytest.mark.parametrize("seat", [AT_A_DESK, WITHOUT_SCRIPT], ids=["desk", "no-script"])
def test_editor_adds_reorders_by_keyboard_sees_a_clash_and_previews(sit_down, bethan, seat):
    conference = Conference.objects.get(slug="demo-annual")
    page = sit_down(seat, bethan, second_factor=True)
    page.goto("/admin/")
    page.locator("tr.model-conference").get_by_role("link", name="Conferences").click()
    page.get_by_role("link", name=conference.title).click()
    page.get_by_role("link", name="Programme", exact=True).first.click()
    add(page, "Co-operative breakfast", "09:00")
    add(page, "Raffle", "")
    before = titles(page)
    assert before[0] == "Co-operative breakfast"

    # two sessions of one hour in one room
    welcome = Session.objects.get(conference=conference, title="Welcome")
    page.get_by_role("link", name="Co-operative breakfast").click()
    page.get_by_label("Starts").fill(f"{welcome.day.date}T10:00")
    page.get_by_label("Ends").fill(f"{welcome.day.date}T11:00")
    page.get_by_label("Room").select_option(label="Main hall")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"/admin/events/conference/{conference.pk}/programme/")
    clashes = page.locator("#content-main .attention")
    expect(clashes).to_contain_text("Co-operative breakfast")
    expect(clashes).to_contain_text("Main hall")

    # the last session of the day goes up by the keyboard alone, twice: the focus stays with it
    row = page.locator("tr", has_text="Raffle")
    row.get_by_role("button", name="up").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("moved").or_(row).first).to_be_visible()
    after = titles(page)
    assert after.index("Raffle") == before.index("Raffle") - 1
    if seat.javascript:
        page.keyboard.press("Enter")
        page.wait_for_load_state()

    page.get_by_role("link", name="See it as the public does").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Programme")
    expect(page.locator("main")).to_contain_text("Co-operative breakfast")
