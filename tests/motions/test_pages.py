"""The pages of a motion: what people see and do, and that nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from events.services.public_pages import mark_changed
from motions.models import DraftSave, Motion, MotionVersion, Receipt
from motions.services import ruling, withdrawing
from tests.factories import (
    AT,
    make_authorisation,
    make_officer,
    make_society,
    make_user,
    sign_in,
)
from tests.motions.make import CLOSED, LAST_MOMENT, TEXT, key, make_call, make_motion

pytestmark = pytest.mark.django_db


def url(name, motion, **more):
    return reverse(f"motions:{name}", args=[motion.conference.slug, motion.pk])


def typed(motion, **fields):
    return {"version": motion.draft_version, "title": motion.title, "text": TEXT, **fields}


@pytest.fixture
def motion(at):
    at("2016-03-14 12:00")
    return make_motion()


def test_begin_by_an_officer_starts_one_draft_for_twenty_equal_posts(client, at):
    at("2016-03-14 12:00")
    call, body = make_call(), make_society()
    sign_in(client, make_officer(body))
    page = reverse("motions:begin", args=[call.conference.slug])
    data = {"key": key(), "organisation": body.pk, "call": call.pk}
    places = {client.post(page, data).headers["Location"] for _ in range(20)}
    motion = Motion.objects.get()
    assert places == {url("edit", motion)}


def test_begin_for_another_body_is_refused(client, at):
    at("2016-03-14 12:00")
    call, body = make_call(), make_society()
    sign_in(client, make_officer(make_society()))
    page = reverse("motions:begin", args=[call.conference.slug])
    client.post(page, {"key": key(), "organisation": body.pk, "call": call.pk})
    assert not Motion.objects.exists()


def test_edit_and_send_by_an_authorised_delegate_in_time_leads_to_the_receipt(client, at, motion):
    delegate = make_user()
    make_authorisation(delegate, motion.organisation, motion.conference)
    sign_in(client, delegate)
    at(LAST_MOMENT)
    saved = client.post(url("edit", motion), typed(motion, title="New title", preview="1"))
    assert saved.headers["Location"] == url("preview", motion)
    page = client.get(url("preview", motion))
    form = page.context["form"]
    sent = client.post(
        url("preview", motion), {"key": form["key"].value(), "version": form["version"].value()}
    )
    receipt = Receipt.objects.get()
    assert sent.headers["Location"] == reverse(
        "motions:receipt", args=[motion.conference.slug, receipt.number]
    )
    shown = client.get(sent.headers["Location"]).content.decode()
    assert "Monday 4 April 2016, 23:59 UK time" in shown
    assert "Conference resolves to say so." in shown


def test_send_at_midnight_is_refused_with_the_time_the_text_kept_and_the_late_list(
    client, at, motion
):
    sign_in(client, motion.created_by)
    at(CLOSED)
    page = client.post(url("preview", motion), {"key": key(), "version": 1})
    shown = page.content.decode()
    assert "closed at the end of Monday 4 April 2016" in shown
    assert "Tuesday 5 April 2016, 00:00 UK time" in shown
    assert "Conference resolves to say so." in shown
    assert url("late", motion) in shown
    motion.refresh_from_db()
    assert (motion.state, motion.draft_text) == ("draft", TEXT)
    # and it can still be saved
    client.post(url("edit", motion), typed(motion, text="Longer thoughts.", save="1"))
    motion.refresh_from_db()
    assert motion.draft_text == "Longer thoughts."


def test_late_list_takes_a_draft_with_its_reason(client, at, motion):
    sign_in(client, motion.created_by)
    at(CLOSED)
    data = {"key": key(), "version": 1}
    empty = client.post(url("late", motion), data | {"reason": " "})
    assert "Say why it is late" in empty.content.decode()
    client.post(url("late", motion), data | {"reason": "Our meeting fell on that evening."})
    motion.refresh_from_db()
    assert motion.state == Motion.State.LATE
    assert motion.late_entry.closed_at == CLOSED
    assert Receipt.objects.get().kind == Receipt.Kind.LATE


def test_edit_of_an_older_copy_shows_both_texts_and_either_can_be_chosen(client, at, motion):
    sign_in(client, motion.created_by)
    client.post(url("edit", motion), typed(motion, text="First to save.", save="1"))
    page = client.post(url("edit", motion), typed(motion, text="Second to save.", save="1"))
    shown = strip_tags(page.content.decode())
    assert page.status_code == 409
    assert "First to save." in shown
    assert "Second to save." in shown
    motion.refresh_from_db()
    assert motion.draft_text == "First to save."
    assert DraftSave.objects.get(outcome="conflict").text == "Second to save."
    client.post(
        url("edit", motion),
        typed(motion, version=page.context["form"]["version"].value(), text="Second to save."),
    )
    motion.refresh_from_db()
    assert motion.draft_text == "Second to save."
    assert set(motion.saves.values_list("text", flat=True)) == {
        "First to save.",
        "Second to save.",
    }


def test_edit_of_a_motion_that_is_withdrawn_meanwhile_keeps_what_was_typed(client, at):
    at("2016-03-14 12:00")
    motion = make_motion(state=Motion.State.WITHDRAWN)
    sign_in(client, motion.created_by)
    page = client.post(url("edit", motion), typed(motion, text="Too late for this."))
    assert page.status_code == 409
    assert "Too late for this." in page.content.decode()
    assert DraftSave.objects.get().outcome == "refused"


def test_edit_with_a_refused_field_keeps_everything_typed(client, motion):
    sign_in(client, motion.created_by)
    page = client.post(
        url("edit", motion),
        typed(
            motion, title="x" * 201, text="Kept text", mover="Kept mover", meeting_on="31/2/2016"
        ),
    )
    shown = page.content.decode()
    for words in ("x" * 201, "Kept text", "Kept mover", "31/2/2016", "There is a problem"):
        assert words in shown


def test_edit_after_the_session_ended_gives_the_text_back_after_signing_in(client, motion):
    page = client.post(url("edit", motion), typed(motion, text="Typed for an hour."))
    assert page.headers["Location"].endswith(f"?next={url('edit', motion)}")
    client.force_login(motion.created_by)
    shown = client.get(url("edit", motion)).content.decode()
    assert "Typed for an hour." in shown
    assert "You had been signed out" in shown
    assert "Typed for an hour." not in client.get(url("edit", motion)).content.decode()


def test_edit_with_invisible_characters_removes_them_with_a_notice(client, motion):
    sign_in(client, motion.created_by)
    client.post(url("edit", motion), typed(motion, text="Co\u200bnference\x00 notes", save="1"))
    motion.refresh_from_db()
    assert motion.draft_text == "Conference notes"
    assert "cannot be seen" in client.get(url("edit", motion)).content.decode()


@pytest.mark.parametrize("name", ["edit", "preview", "withdraw", "late", "confirm", "give-back"])
def test_pages_of_a_draft_for_another_bodys_officer_do_not_exist(client, motion, name):
    sign_in(client, make_officer(make_society()))
    assert client.get(url(name, motion)).status_code == 404
    assert client.post(url(name, motion), {"key": key(), "version": 1}).status_code == 404


@pytest.mark.parametrize("state", sorted(Motion.State.values))
def test_motion_for_a_stranger_exists_only_when_published(client, at, state):
    at("2016-03-14 12:00")
    motion = make_motion(state=state)
    expected = 200 if state in {"published", "composited"} else 404
    assert client.get(motion.get_absolute_url()).status_code == expected


def test_motion_published_without_consent_names_nobody(client, at):
    at("2016-03-14 12:00")
    motion = make_motion(state="published", mover="Ann Mover", seconder="Bob Seconder")
    shown = client.get(motion.get_absolute_url()).content.decode()
    assert "Ann Mover" not in shown
    assert "Bob Seconder" not in shown
    MotionVersion.objects.update(names_consent=True)
    mark_changed()
    assert "Ann Mover" in client.get(motion.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_list_costs_the_same_queries_for_one_motion_and_thirty(
    client, at, rows, django_assert_max_num_queries
):
    at("2016-03-14 12:00")
    call = make_call()
    body = make_society()
    officer = make_officer(body)
    for _ in range(rows):
        make_motion(call, organisation=body, by=officer, state="published")
    page = reverse("motions:list", args=[call.conference.slug])
    with django_assert_max_num_queries(5):
        client.get(page)
    sign_in(client, officer)
    with django_assert_max_num_queries(12):
        client.get(page)


@pytest.mark.parametrize("page", ["motion", "edit", "preview"])
def test_pages_of_a_draft_cost_at_most_twelve_queries(
    client, at, page, django_assert_max_num_queries
):
    at("2016-03-14 12:00")
    motion = make_motion()
    sign_in(client, motion.created_by)
    address = reverse(f"motions:{page}", args=[motion.conference.slug, motion.pk])
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_list_for_strangers_is_kept_until_a_motion_is_published(
    client, at, django_assert_num_queries
):
    at("2016-03-14 12:00")
    motion = make_motion(state="in_order", title="Homes that stay affordable")
    page = reverse("motions:list", args=[motion.conference.slug])
    mark_changed()
    first = client.get(page)
    with django_assert_num_queries(1):
        assert client.get(page, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert str(motion) not in first.content.decode()
    ruling.publish(by=make_user(), motion=motion, at=AT)
    assert str(motion) in client.get(page).content.decode()
    one = motion.get_absolute_url()
    assert client.get(one).status_code == 200
    withdrawing.withdraw(by=make_user(), motion=motion, at=AT, key=key())
    assert "Withdrawn by" in client.get(one).content.decode()
    assert "<h2>Withdrawn</h2>" in client.get(page).content.decode()


def test_list_of_a_body_is_shown_to_its_officers_alone(client, at, motion):
    page = reverse("motions:list", args=[motion.conference.slug])
    assert str(motion) not in Client().get(page).content.decode()
    sign_in(client, motion.created_by)
    assert str(motion) in client.get(page).content.decode()
    assert str(motion) not in Client().get(page).content.decode()


def test_withdraw_asks_first_and_gives_a_receipt(client, at):
    at("2016-03-14 12:00")
    motion = make_motion(state="submitted")
    sign_in(client, motion.created_by)
    assert "Withdraw" in client.get(url("withdraw", motion)).content.decode()
    motion.refresh_from_db()
    assert motion.state == "submitted"
    client.post(url("withdraw", motion), {"key": key()})
    motion.refresh_from_db()
    assert motion.state == "withdrawn"
    assert Receipt.objects.get().kind == "withdrawn"


def test_receipt_for_another_body_does_not_exist(client, at):
    at("2016-03-14 12:00")
    motion = make_motion(state="submitted")
    sign_in(client, motion.created_by)
    client.post(url("withdraw", motion), {"key": key()})
    page = reverse("motions:receipt", args=[motion.conference.slug, 1])
    assert client.get(page).status_code == 200
    sign_in(client, make_officer(make_society()))
    assert client.get(page).status_code == 404


def test_blank_form_names_the_closing_and_the_limit(client, at):
    at("2016-03-14 12:00")
    call = make_call()
    page = client.get(reverse("motions:blank-form", args=[call.conference.slug, call.pk]))
    shown = page.content.decode()
    assert "at most 300 words" in shown
    assert "the end of Monday 4 April 2016" in shown
