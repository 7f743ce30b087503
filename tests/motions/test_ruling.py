"""The committee's desk: who may, what a ruling does, what the body is told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.services.public_pages import mark_changed
from mailing.models import Mail
from motions.models import Motion, Ruling, RulingReason
from motions.services import ruling
from motions.services.drafting import Wording, save_draft
from motions.services.sending import submit
from motions.services.versions import make_version
from tests.factories import (
    AT,
    make_appointment,
    make_authorisation,
    make_conference,
    make_member,
    make_organisation,
    make_society,
    make_staff,
    make_user,
    sign_in,
)
from tests.motions.make import CLOSED, key, make_call, make_motion

pytestmark = pytest.mark.django_db

VERDICT_STATES = ("in_order", "not_in_order", "referred", "clarification")
# verb × state: what the committee may do, for every state there is
MAY_RULE = {
    "submitted": set(VERDICT_STATES),
    "clarification": {"in_order", "not_in_order", "referred"},
    "referred": {"in_order", "not_in_order", "clarification"},
    "late": {"in_order", "not_in_order", "referred"},
    "in_order": {"not_in_order", "referred", "clarification"},
    "not_in_order": {"in_order"},
    "draft": set(),
    "awaiting_confirmation": set(),
    "published": set(),
    "composited": set(),
    "rewording": set(),
    "withdrawn": set(),
}


@pytest.fixture
def member(at):
    at("2016-04-20 12:00")
    return make_user("cac@example.org")


def desk(motion, name="cac-motion"):
    return reverse(f"motions:{name}", args=[motion.conference.slug, motion.pk])


def rule(member, motion, verdict="in_order", **more):
    if verdict != "in_order":
        more.setdefault("words", "Because.")
    return ruling.rule(
        by=member, motion=motion, version=motion.current_version, verdict=verdict, at=AT, **more
    )


def version_of(motion):
    """A version even for a motion that was never sent, so that only its state is in question."""
    if motion.current_version is None:
        make_version(by=motion.created_by, motion=motion, origin="submission", at=AT)
        motion.save()
    return motion


@pytest.mark.parametrize("verdict", VERDICT_STATES)
@pytest.mark.parametrize("state", sorted(Motion.State.values))
def test_rule_by_state_and_verdict_follows_the_table(member, state, verdict):
    motion = version_of(make_motion(state=state))
    if verdict in MAY_RULE[state]:
        rule(member, motion, verdict)
        motion.refresh_from_db()
        assert motion.state == verdict
    else:
        with pytest.raises(ValidationError) as refusal:
            rule(member, motion, verdict)
        assert refusal.value.code == "state"


@pytest.mark.parametrize("state", sorted(Motion.State.values))
def test_publish_by_state_takes_only_what_is_in_order(member, state):
    motion = make_motion(state=state)
    if state == "in_order":
        ruling.publish(by=member, motion=motion, at=AT)
        motion.refresh_from_db()
        assert (motion.state, motion.published_at) == ("published", AT)
    else:
        with pytest.raises(ValidationError):
            ruling.publish(by=member, motion=motion, at=AT)


def test_rule_not_in_order_tells_the_body_the_reason_in_words(member):
    motion = make_motion(state="submitted")
    reason = RulingReason.objects.create(name="Twice sent", words="It was already sent by others.")
    rule(member, motion, "not_in_order", reason=reason, words="See motion 4.")
    mail = Mail.objects.get(to_address=motion.created_by.email)
    assert "It was already sent by others." in mail.text
    assert "See motion 4." in mail.text


def test_rule_without_a_reason_when_not_in_order_is_refused(member):
    with pytest.raises(ValidationError) as refusal:
        rule(member, make_motion(state="submitted"), "not_in_order", words=" ")
    assert "reason" in refusal.value.message_dict


def test_rule_again_supersedes_and_keeps_the_first(member):
    motion = make_motion(state="submitted")
    rule(member, motion, "not_in_order")
    rule(member, motion, "in_order")
    assert list(Ruling.objects.order_by("pk").values_list("verdict", "superseded_at")) == [
        ("not_in_order", AT),
        ("in_order", None),
    ]


def test_rule_on_a_text_corrected_meanwhile_is_refused(member):
    motion = make_motion(state="submitted")
    seen = motion.current_version
    make_version(by=motion.created_by, motion=motion, origin="correction", at=AT)
    motion.save()
    with pytest.raises(ValidationError) as refusal:
        ruling.rule(by=member, motion=motion, version=seen, verdict="in_order", at=AT)
    assert refusal.value.code == "superseded"


def test_answer_to_a_question_is_taken_after_the_deadline_but_not_after_its_date(member):
    motion = make_motion(state="submitted")
    reply_by = CLOSED + dt.timedelta(days=7)
    rule(member, motion, "clarification", words="Which meeting?", reply_by=reply_by)
    save_draft(
        by=motion.created_by,
        motion=motion,
        version=1,
        wording=Wording(title="On co-operation", text="A clearer text."),
        at=CLOSED,
    )
    motion.refresh_from_db()

    def answer(at):
        return submit(by=motion.created_by, motion=motion, version=2, at=at, key=key())

    with pytest.raises(ValidationError):
        answer(reply_by)
    answer(reply_by - dt.timedelta(microseconds=1))
    motion.refresh_from_db()
    assert (motion.state, motion.current_version.origin) == ("submitted", "clarification")


@pytest.mark.parametrize("tie", ["authority", "membership", "branch", "author"])
def test_member_with_a_tie_to_the_body_is_kept_from_its_motion(client, member, tie):
    body = make_society()
    motion = make_motion(organisation=body, state="submitted")
    make_appointment(member, motion.conference)
    sign_in(client, member)
    assert client.get(desk(motion)).status_code == 200
    if tie == "authority":
        make_authorisation(member, body, motion.conference)
    elif tie == "membership":
        make_member(member, organisation=body)
    elif tie == "branch":
        council = make_organisation()
        Motion.objects.update(organisation=council)
        make_member(member, organisation=make_organisation(kind="branch", parent=council))
    else:
        Motion.objects.update(created_by=member)
    assert "You are kept from this motion" in client.get(desk(motion)).content.decode()
    motion.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        rule(member, motion)
    assert refusal.value.code == "own_body"
    Motion.objects.update(state="in_order")
    client.post(desk(motion, "cac-publish"))
    motion.refresh_from_db()
    assert motion.state == "in_order"


def test_desk_rules_and_publishes_by_its_forms(client, member):
    motion = make_motion(state="submitted")
    make_appointment(member, motion.conference)
    sign_in(client, member)
    queue = reverse("motions:cac", args=[motion.conference.slug])
    assert "On co-operation" in client.get(queue).content.decode()
    data = {"version": motion.current_version_id, "verdict": "in_order"}
    assert client.post(desk(motion), data).headers["Location"] == desk(motion)
    client.post(desk(motion, "cac-publish"))
    motion.refresh_from_db()
    assert motion.state == "published"


def test_desk_with_a_refused_ruling_keeps_the_words(client, member):
    motion = make_motion(state="submitted")
    make_appointment(member, motion.conference)
    sign_in(client, member)
    data = {"version": motion.current_version_id, "words": "My long reasons", "reply_by": "soon"}
    shown = client.post(desk(motion), data).content.decode()
    assert "My long reasons" in shown
    assert "Choose a ruling." in shown


@pytest.mark.parametrize("who", ["officer", "staff", "member of another conference's committee"])
def test_desk_for_others_does_not_exist(client, member, who):
    motion = make_motion(state="submitted")
    make_appointment(member, make_conference())
    people = {"officer": motion.created_by, "staff": make_staff()}
    sign_in(client, people.get(who, member))
    assert client.get(desk(motion)).status_code == 404
    assert client.get(reverse("motions:cac", args=[motion.conference.slug])).status_code == 404


def test_desk_without_a_second_factor_asks_for_it(client, member):
    motion = make_motion(state="submitted")
    make_appointment(member, motion.conference)
    sign_in(client, member, second_factor=False)
    assert client.get(desk(motion)).status_code == 302


@pytest.mark.parametrize("rows", [1, 30])
def test_queue_costs_the_same_queries_for_one_motion_and_thirty(
    client, member, rows, django_assert_max_num_queries
):
    call = make_call()
    body = make_society()
    author = make_user()
    for _ in range(rows):
        make_motion(call, organisation=body, by=author, state="submitted")
    make_appointment(member, call.conference)
    sign_in(client, member)
    desk = reverse("motions:cac", args=[call.conference.slug])
    client.get(desk)  # the first visit notes in the session that this one stands at a desk
    mark_changed()
    with django_assert_max_num_queries(14):
        client.get(desk)
