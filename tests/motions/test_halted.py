"""A conference that is postponed or cancelled takes nothing in, late or on paper, until it is on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.models import Conference
from motions.consultations.services.drafting import Contribution
from motions.consultations.services.paper import Sender, enter_paper_submission
from motions.models import Motion, PolicySubmission
from motions.nominations.services.nominating import Nominee, Paper, nominate
from motions.services.drafting import Wording
from motions.services.late import put_on_late_list
from motions.services.paper import enter_paper_motion
from tests.factories import AT, make_officer, make_region, make_society, sign_in
from tests.motions.make import (
    CLOSED,
    LAST_MOMENT,
    TEXT,
    key,
    make_call,
    make_consultation,
    make_motion,
    make_post,
)

pytestmark = pytest.mark.django_db

HALTS = pytest.mark.parametrize("status", ["postponed", "cancelled"])
LATER = CLOSED + dt.timedelta(days=30)


def halt(conference, status):
    Conference.objects.filter(pk=conference.pk).update(status=status)


def refusal_of(act):
    with pytest.raises(ValidationError) as refusal:
        act()
    assert refusal.value.code == "halted"
    return refusal.value.messages[0]


@HALTS
def test_late_list_of_a_halted_conference_is_shut_and_the_draft_kept(status):
    motion = make_motion()
    halt(motion.conference, status)
    said = refusal_of(
        lambda: put_on_late_list(
            by=motion.created_by, motion=motion, version=1, reason="Snow.", at=CLOSED, key=key()
        )
    )
    assert said == f"{motion.conference} is {status}: nothing can be sent in at the moment."
    motion.refresh_from_db()
    assert (motion.state, motion.draft_text) == ("draft", TEXT)


def test_preview_at_a_halted_conference_does_not_offer_the_late_list(client, at):
    motion = make_motion()
    halt(motion.conference, "postponed")
    sign_in(client, motion.created_by)
    at(CLOSED)
    page = client.get(f"/conferences/{motion.conference.slug}/motions/{motion.pk}/preview/")
    assert page.context["can_be_late"] is False


def entered(call, body, received_at, at):
    return enter_paper_motion(
        by=make_officer(body),
        call=call,
        organisation=body,
        wording=Wording(title="On paper", text=TEXT),
        channel="post",
        received_at=received_at,
        late_reason="The post was late.",
        at=at,
        key=key(),
    )


@HALTS
@pytest.mark.parametrize("received", [LAST_MOMENT, CLOSED])
def test_paper_motion_waits_until_the_conference_is_on_and_counts_from_its_receipt(
    status, received
):
    call, body = make_call(), make_society()
    halt(call.conference, status)
    call.refresh_from_db()
    refusal_of(lambda: entered(call, body, received, LATER))
    assert not Motion.objects.exists()
    halt(call.conference, "open")
    receipt = entered(call, body, received, LATER)
    assert (receipt.at, receipt.kind) == (received, "late" if received == CLOSED else "submitted")


AUGUST = dt.datetime(2016, 8, 2, tzinfo=dt.UTC)


def submitted(consultation, body, *, is_late=False):
    received_at = AUGUST if is_late else AT
    return enter_paper_submission(
        by=make_officer(body),
        consultation=consultation,
        sender=Sender(organisation=body),
        contribution=Contribution(title="On paper", text="Our view."),
        channel="post",
        received_at=received_at,
        at=received_at,
        key=key(),
        late_reason="We met in July." if is_late else "",
    )


@HALTS
@pytest.mark.parametrize("is_late", [True, False])
def test_paper_submission_at_a_halted_conference_is_refused_late_or_not(status, is_late):
    consultation = make_consultation(takes_late=True)
    halt(consultation.conference, status)
    refusal_of(lambda: submitted(consultation, make_society(), is_late=is_late))
    assert not PolicySubmission.objects.exists()


@HALTS
def test_paper_nomination_at_a_halted_conference_is_refused(status):
    post, body = make_post(), make_society()
    halt(post.conference, status)
    nominee = Nominee(name="Nia", email="nia@example.org", region=make_region("Wales"))
    paper = Paper(channel="post", received_at=AT)
    refusal_of(
        lambda: nominate(
            by=make_officer(body),
            post=post,
            organisation=body,
            nominee=nominee,
            at=AT,
            key=key(),
            paper=paper,
        )
    )


@pytest.mark.parametrize("is_late", [True, False])
def test_paper_submission_beyond_what_one_body_may_send_is_refused(is_late):
    consultation, body = make_consultation(per_body_limit=1, takes_late=True), make_society()
    submitted(consultation, body)
    with pytest.raises(ValidationError) as refusal:
        submitted(consultation, body, is_late=is_late)
    assert refusal.value.messages == [f"{body} has already sent as many as one body may send (1)."]
    submitted(consultation, make_society(), is_late=is_late)
    assert PolicySubmission.objects.count() == 2
