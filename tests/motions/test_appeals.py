"""Appeals: until when, by whom, heard once and by whom, what the body is told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.models import Conference
from mailing.models import Mail
from motions.committee.queue import queue
from motions.committee.services import appeals, opinions
from motions.models import Appeal, CommitteeRules, Motion, Ruling
from motions.services import ruling
from motions.services.ruling import Judgement
from motions.services.withdrawing import withdraw
from tests.factories import (
    AT,
    make_appointment,
    make_authorisation,
    make_deadline,
    make_officer,
    make_user,
    sign_in,
)
from tests.motions.make import key, make_motion

pytestmark = pytest.mark.django_db

# Wednesday 20 April 2016, 13:00 in London; fourteen days later ends at midnight of 5 May there
RULED = dt.datetime(2016, 4, 20, 12, 0, tzinfo=dt.UTC)
CLOSES = dt.datetime(2016, 5, 4, 23, 0, tzinfo=dt.UTC)
MOMENT = dt.timedelta(microseconds=1)


@pytest.fixture
def motion():
    return make_motion(state="submitted")


@pytest.fixture
def committee(motion):
    people = [make_user(f"cac{n}@example.org", f"Member {n}") for n in (1, 2)]
    for person in people:
        make_appointment(person, motion.conference)
    return people


def refuse(motion, member, at=RULED):
    made = ruling.rule(
        by=member,
        motion=motion,
        version=motion.current_version,
        verdict="not_in_order",
        words="It is about policy.",
        at=at,
    )
    motion.refresh_from_db()
    return made


def lodge(motion, at=RULED, **more):
    more = {"text": "It is not about policy.", "key": key(), **more}
    return appeals.lodge(by=motion.created_by, motion=motion, at=at, **more)


def refused(act, *args, **more):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **more)
    return refusal.value.code


def hear(member, appeal, outcome="dismissed", words="Paragraph 2 is."):
    return appeals.hear(by=member, appeal=appeal, outcome=outcome, words=words, at=RULED)


def test_letter_names_the_last_day_and_the_page_and_the_day_is_kept_to_its_last_moment(
    motion, committee
):
    made = refuse(motion, committee[0])
    assert made.appeal_by == CLOSES
    text = " ".join(Mail.objects.get().text.split())
    assert "can appeal until the end of Wednesday 4 May 2016 (UK time)" in text
    assert reverse("motions:appeal", args=[motion.conference.slug, motion.pk]) in text
    assert appeals.against(motion, CLOSES) is None
    assert refused(lodge, motion, at=CLOSES) == "closed"
    assert lodge(motion, at=CLOSES - MOMENT).closed_at == CLOSES


def test_deadline_for_appeals_counts_with_the_extension_of_one_body(motion, committee):
    deadline = make_deadline(
        motion.conference, "other", name="Appeals", closes_on=dt.date(2016, 4, 30)
    )
    CommitteeRules.objects.create(
        conference=motion.conference, appeal_days=None, appeal_deadline=deadline
    )
    made = refuse(motion, committee[0])
    assert made.appeal_by == deadline.closing
    assert refused(lodge, motion, at=deadline.closing) == "closed"
    deadline.changes.create(
        organisation=motion.organisation,
        closes_on=dt.date(2016, 5, 7),
        reason="Flood",
        changed_by=committee[0],
        changed_at=RULED,
    )
    assert lodge(motion, at=deadline.closing).closed_at > deadline.closing


def test_conference_without_appeals_says_so_and_takes_none(motion, committee):
    CommitteeRules.objects.create(conference=motion.conference, takes_appeals=False)
    refuse(motion, committee[0])
    assert "There is no appeal against this ruling." in Mail.objects.get().text
    assert refused(lodge, motion) == "no_appeals"


@pytest.mark.parametrize("state", sorted(set(Motion.State.values) - {"not_in_order"}))
def test_appeal_in_any_other_state_is_refused(state):
    assert refused(lodge, make_motion(state=state)) == "state"


def test_same_form_twice_is_one_appeal_and_another_is_refused(motion, committee):
    refuse(motion, committee[0])
    form = key()
    first = lodge(motion, key=form)
    assert lodge(motion, key=form, at=CLOSES) == first
    assert refused(lodge, motion) == "appealed"
    receipt = Mail.objects.get(subject__startswith="Appeal received")
    assert "It is not about policy." in receipt.text


def test_appeal_without_words_or_at_a_halted_conference_is_refused(motion, committee):
    refuse(motion, committee[0])
    with pytest.raises(ValidationError) as refusal:
        lodge(motion, text=" \n ")
    assert "text" in refusal.value.message_dict
    Conference.objects.update(status="cancelled")
    assert refused(lodge, motion) == "halted"


def test_appeal_that_waits_holds_up_any_other_ruling(motion, committee):
    refuse(motion, committee[0])
    lodge(motion)
    judgement = Judgement(verdict="in_order")
    give = {"version": motion.current_version, "judgement": judgement, "at": RULED}
    assert refused(opinions.give, by=committee[1], motion=motion, **give) == "appeal"
    assert [str(row.stage) for row in queue(committee[1], motion.conference).rows] == ["appeal"]


def test_upheld_appeal_puts_the_motion_in_order_and_is_one_letter(motion, committee):
    first = refuse(motion, committee[0])
    hear(committee[1], lodge(motion), "upheld", "You are right.")
    motion.refresh_from_db()
    first.refresh_from_db()
    now = Ruling.objects.get(superseded_at=None)
    assert (motion.state, now.basis, now.ruled_by) == ("in_order", "appeal", committee[1])
    assert first.superseded_at == RULED
    letter = Mail.objects.get(subject="Appeal upheld: On co-operation")
    assert "Your appeal is upheld: it is in order." in letter.text
    assert "You are right." in letter.text


def test_dismissed_appeal_needs_a_reason_and_is_final(motion, committee):
    refuse(motion, committee[0])
    appeal = lodge(motion)
    with pytest.raises(ValidationError) as refusal:
        hear(committee[1], appeal, words=" ")
    assert "words" in refusal.value.message_dict
    hear(committee[1], appeal)
    motion.refresh_from_db()
    assert motion.state == "not_in_order"
    assert "Paragraph 2 is." in Mail.objects.get(subject__startswith="Appeal dismissed").text
    assert refused(hear, committee[1], appeal) == "state"
    assert refused(lodge, motion) == "appealed"
    assert not Appeal.objects.waiting().exists()


def test_member_who_ruled_hears_the_appeal_only_when_nobody_else_can(motion, committee):
    one, two = committee
    refuse(motion, one)
    appeal = lodge(motion)
    assert refused(hear, one, appeal) == "ruled_on_it"
    make_officer(motion.organisation, user=two)
    assert refused(hear, two, appeal) == "own_body"
    assert hear(one, appeal).heard_by == one


def test_appeal_on_a_motion_withdrawn_meanwhile_is_not_heard(motion, committee):
    refuse(motion, committee[0])
    appeal = lodge(motion)
    withdraw(by=motion.created_by, motion=motion, at=RULED, key=key())
    assert refused(hear, committee[1], appeal) == "state"
    assert not Appeal.objects.waiting().exists()


def test_officer_appeals_on_the_page_and_others_of_the_body_do_not_find_it(
    client, at, motion, committee
):
    refuse(motion, committee[0])
    at("2016-04-21 12:00")
    page = reverse("motions:appeal", args=[motion.conference.slug, motion.pk])
    helper = make_user()
    make_authorisation(helper, motion.organisation, motion.conference)
    sign_in(client, helper)
    assert client.get(page).status_code == 404
    sign_in(client, motion.created_by)
    assert page in client.get(motion.get_absolute_url()).content.decode()
    assert "Wednesday 4 May 2016" in client.get(page).content.decode()
    sent = client.post(page, {"key": key(), "text": "Not so."})
    assert sent.headers["Location"] == motion.get_absolute_url()
    assert Appeal.objects.get().lodged_by == motion.created_by
    assert client.get(page).status_code == 302


def test_appeal_is_heard_at_the_desk_by_its_form(client, at, motion, committee):
    at("2016-04-21 12:00")
    refuse(motion, committee[0])
    lodge(motion)
    desk = reverse("motions:cac-motion", args=[motion.conference.slug, motion.pk])
    sign_in(client, committee[0])
    assert "You took part in this ruling" in client.get(desk).content.decode()
    sign_in(client, committee[1])
    assert "It is not about policy." in client.get(desk).content.decode()
    client.post(desk, {"act": "hear", "hear-outcome": "upheld", "hear-words": ""})
    motion.refresh_from_db()
    assert motion.state == "in_order"
    assert Appeal.objects.get().heard_at > AT
