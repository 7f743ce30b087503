"""Journeys in a real browser: a delegate to the last moment, the committee's evening, no script."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from motions.models import Motion, RulingReason
from tests import factories
from tests.factories import (
    make_appointment,
    make_authorisation,
    make_deadline,
    make_officer,
    make_region,
    make_society,
    make_user,
)
from tests.motions.make import (
    CLOSED,
    LAST_MOMENT,
    make_call,
    make_category,
    make_consultation,
    make_motion,
    make_post,
    words,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("SHOTS", "")


def shot(page, name):
    """A picture for people to look at, when asked for."""
    if SHOTS:
        folder = Path(SHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        width = page.viewport_size["width"]
        page.screenshot(path=str(folder / f"{name}-{width}.png"), full_page=True)


def with_second_factor(page, live_server, client, person):
    """A session of somebody who has passed the second factor."""
    factories.sign_in(client, person)
    page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "url": live_server.url}
            for name, morsel in client.cookies.items()
        ]
    )


@pytest.fixture(params=["page_1280", "page_390"])
def page(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def sender():
    """A society with a delegate authorised for the conference of its call."""
    body = make_society("Severn Food Co-operative")
    call = make_call(introduction="Motions about how the party organises itself.")
    delegate = make_user("dilys@example.org", "Dilys Delegate")
    make_authorisation(delegate, body, call.conference, by=make_officer(body))
    return delegate, call, body


def test_delegate_sends_at_the_last_moment_and_is_refused_a_moment_later(
    page, at, sign_in, sender, assert_accessible
):
    delegate, call, body = sender
    at(LAST_MOMENT)
    sign_in(page, delegate)
    page.goto(f"/conferences/{call.conference.slug}/motions/")
    shot(page, "list")
    assert_accessible(page)
    page.get_by_role("link", name="Write a motion").last.click()
    assert_accessible(page)
    page.get_by_role("button", name="Start writing").click()
    page.get_by_label("Title").fill("A fund for new food co-operatives")
    page.get_by_label("Text").fill(words(301))
    expect(page.locator("#id_text_count")).to_contain_text("1 too many")
    shot(page, "edit-over")
    page.get_by_role("button", name="Save and check").click()
    assert "take out 1 word" in page.locator("main").inner_text()
    shot(page, "preview-over")
    assert_accessible(page)
    page.get_by_role("link", name="Change the text").first.click()
    page.get_by_label("Text").fill(
        "Conference notes that food co-operatives are growing.\n\nConference resolves:\n\n"
        "- to set up a fund;\n- to report next year."
    )
    expect(page.locator("#id_text_count")).to_have_text("18 of 300 words")
    page.get_by_text("Who moves it").click()
    page.get_by_label("Moved by").fill("Dilys Delegate")
    shot(page, "edit")
    assert_accessible(page)
    page.get_by_role("button", name="Save and check").click()
    shot(page, "preview")
    assert_accessible(page)
    page.get_by_role("button", name="Send it in").click()
    assert "Monday 4 April 2016, 23:59 UK time" in page.locator("main").inner_text()
    assert "to set up a fund;" in page.locator("main").inner_text()
    shot(page, "receipt")
    assert_accessible(page)

    at(CLOSED)
    late = make_motion(call, organisation=body, by=delegate)
    page.goto(f"/conferences/{call.conference.slug}/motions/{late.pk}/preview/")
    shot(page, "closed")
    assert_accessible(page)
    page.get_by_role("link", name="Put it on the late list").click()
    page.get_by_role("button", name="Put it on the late list").click()
    shot(page, "late-refused")
    assert_accessible(page)
    page.get_by_label("Why is it late?").fill("Our meeting fell on that evening.")
    page.get_by_role("button", name="Put it on the late list").click()
    assert "on the late list" in page.locator("main").inner_text().lower()


def test_door_that_closes_between_preview_and_send_keeps_the_text(page, at, sign_in, sender):
    delegate, call, body = sender
    motion = make_motion(call, organisation=body, by=delegate)
    at(LAST_MOMENT)
    sign_in(page, delegate)
    page.goto(f"/conferences/{call.conference.slug}/motions/{motion.pk}/preview/")
    at(CLOSED)
    page.get_by_role("button", name="Send it in").click()
    shot(page, "refused-at-midnight")
    main = page.locator("main").inner_text()
    assert "closed at the end of Monday 4 April 2016" in main
    assert "Conference resolves to say so." in main


def test_two_who_save_one_draft_see_both_texts(page, at, sign_in, sender, assert_accessible):
    delegate, call, body = sender
    at("2016-03-14 12:00")
    motion = make_motion(call, organisation=body, by=delegate)
    sign_in(page, delegate)
    page.goto(f"/conferences/{call.conference.slug}/motions/{motion.pk}/edit/")
    Motion.objects.update(draft_version=2, draft_text="What the secretary wrote.")
    page.get_by_label("Text").fill("What the delegate wrote.")
    page.get_by_role("button", name="Save the draft").click()
    shot(page, "conflict")
    assert_accessible(page)
    assert "What the secretary wrote." in page.locator("main").inner_text()
    page.get_by_text("Take the whole of mine instead").click()
    page.get_by_role("button", name="Save mine instead").click()
    motion.refresh_from_db()
    assert motion.draft_text == "What the delegate wrote."


def test_committee_rules_and_publishes(page, at, live_server, client, sender, assert_accessible):
    delegate, call, body = sender
    at("2016-04-20 19:00")
    member = make_user("cac@example.org", "Carys Committee")
    make_appointment(member, call.conference)
    RulingReason.objects.get_or_create(name="Not clear", defaults={"words": "It is not clear."})
    first = make_motion(call, organisation=body, by=delegate, state="submitted", title="First")
    second = make_motion(call, state="submitted", title="Second", seconder="Sam Second")
    make_motion(call, state="late", title="Third")
    with_second_factor(page, live_server, client, member)
    page.goto(f"/conferences/{call.conference.slug}/cac/")
    shot(page, "cac-desk")
    assert_accessible(page)
    page.locator(f"a[href$='/cac/{first.pk}/']").click()
    page.get_by_role("button", name="Record the ruling").click()
    shot(page, "cac-refused")
    assert_accessible(page)
    page.get_by_label("Not in order").check()
    page.get_by_label("Reason from the list").select_option(label="Not clear")
    page.get_by_role("button", name="Record the ruling").click()
    shot(page, "cac-motion")
    assert_accessible(page)
    first.refresh_from_db()
    assert first.state == "not_in_order"
    page.goto(f"/conferences/{call.conference.slug}/cac/?state=submitted")
    page.locator(f"a[href$='/cac/{second.pk}/']").click()
    page.get_by_label("In order", exact=True).check()
    page.get_by_role("button", name="Record the ruling").click()
    page.get_by_role("button", name="Publish it").click()
    page.goto(f"/conferences/{call.conference.slug}/motions/")
    assert "Second" in page.locator("main").inner_text()
    assert "First" not in page.locator("main").inner_text()
    shot(page, "published")


def test_own_motion_with_its_ruling_and_forms_to_print(
    page, at, sign_in, sender, assert_accessible
):
    delegate, call, body = sender
    at("2016-03-14 12:00")
    motion = make_motion(call, organisation=body, by=delegate, state="submitted")
    sign_in(page, delegate)
    slug = call.conference.slug
    for name, path in {
        "motion": f"motions/{motion.pk}/",
        "withdraw": f"motions/{motion.pk}/withdraw/",
        "blank-form": f"motions/form/{call.pk}/",
    }.items():
        page.goto(f"/conferences/{slug}/{path}")
        shot(page, name)
        assert_accessible(page)


def test_other_doors_of_business(page, at, sign_in, assert_accessible):
    at("2016-03-14 12:00")
    body = make_society("Severn Food Co-operative")
    officer = make_officer(body)
    make_region("Wales")
    post = make_post(introduction="The committee arranges the agenda.")
    conference = post.conference
    category = make_category(deadline=make_deadline(conference, "recognition_awards"))
    make_consultation(deadline=make_deadline(conference, "policy_submissions"))
    sign_in(page, officer)
    base = f"/conferences/{conference.slug}"
    for name, path in {
        "posts": "nominations/",
        "nominate": f"nominations/{post.pk}/",
        "nomination-form": f"nominations/{post.pk}/form/",
        "awards": "awards/",
        "propose": f"awards/{category.pk}/",
        "submissions": "submissions/",
        "submission-begin": "submissions/new/",
    }.items():
        page.goto(f"{base}/{path}")
        shot(page, name)
        assert_accessible(page)
    page.get_by_role("button", name="Start writing").click()
    page.get_by_label("Title").fill("On health")
    page.get_by_label("Text").fill("Our view.")
    shot(page, "submission")
    assert_accessible(page)
    page.get_by_role("button", name="Save and check").click()
    shot(page, "submission-check")
    assert_accessible(page)
    page.get_by_role("button", name="Send it in").click()
    assert "Our view." in page.locator("main").inner_text()
    page.goto(f"{base}/nominations/{post.pk}/")
    page.get_by_label("Name of the person").fill("Nia Nominee")
    page.get_by_label("Their e-mail address").fill("nia@example.org")
    page.get_by_label("Their nation or region").select_option(label="West Midlands")
    page.get_by_label("I have asked them").check()
    page.get_by_role("button", name="Send the nomination").click()
    shot(page, "nominate-refused")
    assert_accessible(page)
    assert "already represented on the committee" in page.locator("main").inner_text()


def test_delegate_without_script_sends_a_motion(page_without_script, at, sign_in, sender):
    page = page_without_script
    delegate, call, _ = sender
    at("2016-03-14 12:00")
    sign_in(page, delegate)
    page.goto(f"/conferences/{call.conference.slug}/motions/new/")
    page.get_by_role("button", name="Start writing").click()
    page.get_by_label("Title").fill("Without a script")
    page.get_by_label("Text").fill("It works all the same.")
    page.get_by_role("button", name="Save and check").click()
    page.get_by_role("button", name="Send it in").click()
    assert "It works all the same." in page.locator("main").inner_text()
    assert Motion.objects.get().state == "submitted"
