"""Three motions on one theme: grouped by the committee, two bodies sign on a phone, one stays out."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from motions.models import Motion
from tests import factories
from tests.motions.composing import NOW, THEME, make_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS", "")


def shot(page, name):
    """A picture for people to look at, when asked for."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        width = page.viewport_size["width"]
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{width}.png"), full_page=True)


def at_the_desk(page, live_server, client, person):
    """A session of a member of the committee who has passed the second factor."""
    factories.sign_in(client, person)
    page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": live_server.url}
            for name, morsel in client.cookies.items()
        ]
    )


def main_of(page):
    return page.locator("main").inner_text()


def test_composite_is_grouped_drafted_signed_and_published(
    page_1280, page_390, at, sign_in, client, live_server, assert_accessible
):
    at(NOW)
    story = make_story()
    desk, phone = page_1280, page_390
    at_the_desk(desk, live_server, client, story.cac)
    desk.goto(f"/conferences/{story.conference.slug}/cac/")
    desk.get_by_role("link", name="Composites").click()
    for name in story.motions:
        desk.get_by_label(f"Energy, {name}").check()
    desk.get_by_label("Theme").fill(THEME)
    desk.get_by_label("Last day to answer").fill("2016-05-10")
    shot(desk, "composites-list")
    assert_accessible(desk)
    desk.get_by_role("button", name="Group them and invite the bodies").click()
    shot(desk, "composite-grouped")
    assert_accessible(desk)

    desk.get_by_role("link", name="Write the draft").click()
    shot(desk, "composite-draft")
    assert_accessible(desk)
    # the clause of Mersey, which will stay out, is left out of the text
    rows = desk.locator(".clause-row")
    mersey = rows.filter(has=desk.locator('input[value="C1"]'))
    mersey.get_by_label("Place").fill("")
    rows.nth(1).get_by_label("Clause").fill("- that community energy lowers everybody’s bills;")
    desk.get_by_label("Moved by").select_option(label="Severn Co-operative (A)")
    desk.get_by_label("Seconded by").select_option(label="Tyne Co-operative (B)")
    desk.get_by_role("button", name="Save the draft").click()
    assert "reworded from Severn Co-operative and Tyne Co-operative" in main_of(desk)
    desk.get_by_role("button", name="Lay it before the bodies").click()
    shot(desk, "composite-laid")
    assert_accessible(desk)

    story.composite = story.conference.composites.get()
    for name, answer in (("Severn", "Sign"), ("Tyne", "Sign"), ("Mersey", "Stay out")):
        sign_in(phone, story.officers[name])
        phone.goto(story.page())
        shot(phone, f"composite-body-{name.lower()}")
        assert_accessible(phone)
        phone.get_by_label(answer).check()
        if answer == "Sign":
            phone.get_by_label("Who of you").fill(f"{name} Speaker")
            phone.get_by_label("agrees to be named").check()
        phone.get_by_role("button", name="Send the answer").click()
    shot(phone, "composite-body-answered")

    at(NOW + dt.timedelta(days=1))
    desk.reload()
    shot(desk, "composite-agreed")
    desk.get_by_role("button", name="Publish the composite").click()
    assert "Published as C1" in main_of(desk)
    desk.get_by_role("link", name="Read it as everybody does").click()
    assert "Severn Speaker" in main_of(desk)
    shot(desk, "composite-published")
    assert_accessible(desk)
    desk.get_by_role("link", name="Energy, Tyne").click()
    assert "Composited into C1" in main_of(desk)
    shot(desk, "composited-original")
    assert_accessible(desk)
    assert Motion.objects.get(pk=story.motions["Mersey"].pk).state == "in_order"
