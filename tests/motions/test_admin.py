"""The staff's lists: who may, what they cost, entering what came on paper, the acts."""

import datetime as dt
import io
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from members.roles import Role
from motions.awards.services.proposing import Proposal, propose
from motions.models import AwardNomination, Motion, Nomination, PolicySubmission, Receipt
from tests.factories import (
    AT,
    make_officer,
    make_region,
    make_society,
    make_staff,
    make_user,
    sign_in,
)
from tests.motions.make import (
    key,
    make_call,
    make_category,
    make_consultation,
    make_motion,
    make_post,
    words,
)

pytestmark = pytest.mark.django_db

LISTS = [
    "call",
    "post",
    "awardcategory",
    "consultation",
    "rulingreason",
    "motion",
    "candidate",
    "nomination",
    "awardnomination",
    "policysubmission",
    "receipt",
]


@pytest.fixture
def staff(client, at):
    at("2016-04-20 12:00")
    person = make_staff(Role.PROGRAMME_EDITOR)
    sign_in(client, person)
    return person


def paper(**fields):
    return {
        "key": key(),
        "channel": "post",
        "received_at": "2016-04-04T23:59",
        "organisation": make_society("Paper Society").pk,
        **fields,
    }


@pytest.mark.parametrize("model", LISTS)
def test_lists_are_shown_to_programme_editors_and_not_to_others(client, staff, model):
    page = reverse(f"admin:motions_{model}_changelist")
    assert client.get(page).status_code == 200
    sign_in(client, make_staff(Role.FINANCE))
    assert client.get(page).status_code == 403
    sign_in(client, make_user())
    assert client.get(page).status_code == 302


@pytest.mark.parametrize("rows", [1, 30])
def test_list_of_motions_costs_the_same_queries_for_one_and_thirty(
    client, staff, rows, django_assert_max_num_queries
):
    call, body, author = make_call(), make_society(), make_user()
    for _ in range(rows):
        make_motion(call, organisation=body, by=author, state="submitted")
    with django_assert_max_num_queries(15):
        client.get(reverse("admin:motions_motion_changelist"))


def test_motion_page_shows_wording_and_history_and_cannot_be_typed_over(client, staff):
    motion = make_motion(state="submitted")
    page = reverse("admin:motions_motion_change", args=[motion.pk])
    shown = client.get(page).content.decode()
    assert "Conference resolves to say so." in shown
    assert 'name="title"' not in shown
    client.post(page, {"title": "Forged"})
    motion.refresh_from_db()
    assert motion.title == "On co-operation"


def test_drafts_never_sent_are_not_shown_to_staff(client, staff):
    motion = make_motion()
    page = reverse("admin:motions_motion_change", args=[motion.pk])
    assert client.get(page).status_code == 302
    assert client.get(reverse("admin:motions_motion_changelist")).context["cl"].result_count == 0


def test_moves_are_shown_as_they_stand(client, staff):
    shown = unescape(client.get(reverse("admin:motions_motion_moves")).content.decode())
    for state in Motion.State:
        assert state.label[1:] in shown


def test_enter_motion_received_in_time_counts_later_and_gives_a_receipt(client, staff):
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    data = paper(
        call=make_call().pk,
        title="On paper",
        text=words(301),
        scan=SimpleUploadedFile("letter.png", picture.getvalue()),
    )
    page = reverse("admin:motions_motion_enter")
    for _ in range(2):
        client.post(page, data | {"scan": SimpleUploadedFile("l.png", picture.getvalue())})
    motion = Motion.objects.get()
    received = dt.datetime(2016, 4, 4, 22, 59, tzinfo=dt.UTC)
    assert (motion.state, motion.received_at, motion.entered_by) == ("submitted", received, staff)
    assert motion.is_over_limit
    assert Receipt.objects.get().at == received
    answer = client.get(reverse("admin:motions_motion_file", args=[motion.pk]))
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")


def test_enter_motion_received_late_needs_the_reason_and_goes_on_the_late_list(client, staff):
    data = paper(
        call=make_call().pk, title="On paper", text="Kept text.", received_at="2016-04-05T00:00"
    )
    page = reverse("admin:motions_motion_enter")
    shown = client.post(page, data).content.decode()
    assert "closed at the end of Monday 4 April 2016" in shown
    assert "Kept text." in shown
    client.post(page, data | {"late_reason": "A strike of the post."})
    motion = Motion.objects.get()
    assert (motion.state, motion.late_entry.reason) == ("late", "A strike of the post.")


@pytest.mark.parametrize(
    ("received", "sentence"),
    [
        ("2016-03-27T01:30", "does not exist"),
        ("2015-10-25T01:30", "happens twice"),
        ("2017-01-01T00:00", "still to come"),
        ("yesterday", "Give a date and time"),
    ],
)
def test_enter_with_an_impossible_time_is_refused_in_words(client, staff, received, sentence):
    data = paper(call=make_call().pk, title="T", text="T.", received_at=received)
    shown = client.post(reverse("admin:motions_motion_enter"), data).content.decode()
    assert sentence in shown
    assert not Motion.objects.exists()


def test_enter_nomination_award_and_submission(client, staff):
    body = make_society()
    make_consultation()
    region = make_region("Wales").pk
    nominee = {"name": "Nia", "email": "nia@example.org", "region": region}
    entries = {
        "nomination": {"post": make_post().pk, **nominee},
        "awardnomination": {
            "category": make_category().pk,
            "nominee_name": "Sally",
            "citation": "Much.",
        },
        "policysubmission": {
            "kind": "body",
            "title": "On health",
            "text": "Our view.",
        },
    }
    for model, fields in entries.items():
        answer = client.post(
            reverse(f"admin:motions_{model}_enter"),
            {**paper_for(body), **fields},
        )
        assert answer.status_code == 302, answer.content.decode()
    rows = [model.objects.get() for model in (Nomination, AwardNomination, PolicySubmission)]
    assert {row.entered_by for row in rows} == {staff}


def paper_for(body):
    return {
        "key": key(),
        "channel": "email",
        "received_at": "2016-04-04T12:00",
        "organisation": body.pk,
    }


def test_enter_by_staff_who_may_not_is_refused(client, at):
    at("2016-04-20 12:00")
    sign_in(client, make_staff(Role.AUDITOR))
    assert client.get(reverse("admin:motions_motion_enter")).status_code == 403


def test_withdraw_act_asks_and_gives_the_body_its_receipt(client, staff):
    motion = make_motion(state="submitted")
    page = reverse("admin:motions_motion_change", args=[motion.pk])
    assert "Withdraw it for the body" in client.get(page).content.decode()
    act = reverse("admin:motions_motion_act", args=[motion.pk, "withdraw"])
    client.post(act, {"confirmed": "yes"})
    motion.refresh_from_db()
    assert motion.state == "withdrawn"


def test_receipts_of_awards_are_not_listed(client, staff):
    body = make_society()
    propose(
        by=make_officer(body),
        category=make_category(),
        organisation=body,
        proposal=Proposal(name="Sally Secret", citation="Much."),
        at=AT,
        key=key(),
    )
    shown = client.get(reverse("admin:motions_receipt_changelist"))
    assert shown.context["cl"].result_count == 0
