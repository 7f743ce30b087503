"""What was sent stands as it was sent, is confirmed by whom the conference asks, and is receipted."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from events.doors import in_words
from mailing.models import Mail
from motions import rules
from motions.awards.services import proposing as awards
from motions.consultations.services.drafting import (
    Contribution,
    save_submission,
    start_submission,
)
from motions.consultations.services.paper import Sender, enter_paper_submission
from motions.models import Motion
from motions.nominations.services import nominating as nominations
from motions.services import ruling
from motions.services.drafting import Wording, save_draft
from motions.services.late import put_on_late_list
from motions.services.paper import enter_paper_motion
from motions.services.sending import confirm_submission, send_back, submit
from motions.services.withdrawing import withdraw
from tests.factories import (
    AT,
    make_authorisation,
    make_conference,
    make_officer,
    make_region,
    make_society,
    make_user,
)
from tests.motions.awards.test_proposing import propose
from tests.motions.make import (
    CLOSED,
    TEXT,
    key,
    make_call,
    make_category,
    make_consultation,
    make_motion,
    make_post,
)

pytestmark = pytest.mark.django_db

INVISIBLE = "\u200b"
HOUR = dt.timedelta(hours=1)
WEEKS_LATER = AT + dt.timedelta(weeks=3)


def save(motion, by=None, at=AT, **facts):
    typed = Wording(**{"title": "On co-operation", "text": TEXT, "mover": "Mo", **facts})
    version = Motion.objects.get(pk=motion.pk).draft_version
    by = by or motion.created_by
    return save_draft(by=by, motion=motion, version=version, wording=typed, at=at).motion


def send(motion, by=None, at=AT):
    version = motion.draft_version
    return submit(by=by or motion.created_by, motion=motion, version=version, at=at, key=key())


def delegate_of(motion):
    person = make_user()
    make_authorisation(person, motion.organisation, motion.conference)
    return person


def test_mover_typed_after_the_sending_changes_nothing_that_was_sent(client, at):
    motion = save(make_motion(), mover="Mo Mover", names_consent=True, meeting_name="May meeting")
    send(motion)
    save(motion, mover="Someone Else", meeting_name="Another meeting", names_consent=False)
    motion.refresh_from_db()
    member = make_user()
    version = motion.current_version
    ruling.rule(by=member, motion=motion, version=version, verdict="in_order", at=CLOSED)
    ruling.publish(by=member, motion=motion, at=CLOSED)
    at("2016-05-01 12:00")
    page = client.get(motion.get_absolute_url()).content.decode()
    receipt = withdraw(by=motion.created_by, motion=motion, at=CLOSED, key=key())
    for text in (page, receipt.text):
        assert "Mo Mover" in text
        assert "May meeting" in text
        assert "Someone Else" not in text


def test_answer_of_a_delegate_where_an_officer_confirms_is_sent_by_an_officer():
    conference = make_conference(officer_confirms=True)
    motion = make_motion(make_call(conference=conference))
    delegate = delegate_of(motion)
    send(motion, by=delegate)
    confirm_submission(by=motion.created_by, motion=motion, at=AT, key=key())
    motion.refresh_from_db()
    ruling.rule(
        by=make_user(),
        motion=motion,
        version=motion.current_version,
        verdict="clarification",
        words="Which year?",
        at=CLOSED,
    )
    motion.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        send(motion, by=delegate, at=CLOSED)
    assert refusal.value.code == "officer"
    assert send(motion, at=CLOSED).kind == "submitted"
    motion.refresh_from_db()
    assert motion.state == Motion.State.SUBMITTED


def test_late_list_by_a_delegate_where_an_officer_confirms_is_left_to_an_officer():
    motion = make_motion(make_call(conference=make_conference(officer_confirms=True)))
    late = {"motion": motion, "version": 1, "reason": "The meeting was late.", "at": CLOSED}
    with pytest.raises(ValidationError) as refusal:
        put_on_late_list(by=delegate_of(motion), key=key(), **late)
    assert refusal.value.code == "officer"
    assert put_on_late_list(by=motion.created_by, key=key(), **late).kind == "late"


def test_member_who_saved_the_draft_is_kept_from_the_motion():
    motion = make_motion()
    helper = delegate_of(motion)
    save(motion, by=helper)
    helper.authorisations.update(withdrawn_at=AT, withdrawn_by=motion.created_by)
    assert rules.is_kept_from(helper, motion)
    assert not rules.is_kept_from(make_user(), motion)


def test_receipt_of_a_paper_motion_counts_from_its_receipt_and_is_mailed_when_entered():
    call, body = make_call(), make_society()
    receipt = enter_paper_motion(
        by=make_officer(body),
        call=call,
        organisation=body,
        wording=Wording(title="On paper", text=TEXT),
        channel="post",
        received_at=AT,
        at=WEEKS_LATER,
        key=key(),
    )
    mail = Mail.objects.get()
    assert receipt.at == AT
    assert in_words(AT) in mail.text
    assert mail.not_before == WEEKS_LATER


def test_receipt_of_a_paper_award_is_mailed_when_entered():
    propose(at=WEEKS_LATER, channel="post", received_at=AT)
    assert Mail.objects.get().not_before == WEEKS_LATER


def test_award_for_a_name_of_invisible_characters_is_refused():
    category, body = make_category(), make_society()
    proposal = awards.Proposal(name=INVISIBLE, citation="She founded a food co-op.")
    sent = {"category": category, "organisation": body, "proposal": proposal, "at": AT}
    with pytest.raises(ValidationError) as refusal:
        awards.propose(by=make_officer(body), key=key(), **sent)
    assert set(refusal.value.message_dict) == {"nominee_name"}


def test_nomination_of_a_name_of_invisible_characters_is_refused():
    post, body, wales = make_post(), make_society(), make_region("Wales")
    nominee = nominations.Nominee(name=INVISIBLE, email="nia@example.org", region=wales)
    sent = {"post": post, "organisation": body, "nominee": nominee, "at": AT}
    with pytest.raises(ValidationError) as refusal:
        nominations.nominate(by=make_officer(body), key=key(), **sent)
    assert set(refusal.value.message_dict) == {"name"}


def late_paper(**more):
    body = make_society()
    return enter_paper_submission(
        by=make_officer(body),
        consultation=make_consultation(takes_late=True),
        sender=Sender(organisation=body),
        contribution=Contribution(title="Late", text="Our view."),
        channel="post",
        at=AT,
        key=key(),
        late_reason="Late.",
        **more,
    )


def test_late_paper_submission_received_in_the_future_is_refused():
    with pytest.raises(ValidationError) as refusal:
        late_paper(received_at=WEEKS_LATER)
    assert set(refusal.value.message_dict) == {"received_at"}


def test_submission_saved_twice_by_one_form_is_no_conflict():
    body = make_society()
    officer = make_officer(body)
    draft = start_submission(
        by=officer, consultation=make_consultation(), organisation=body, at=AT, key=key()
    )
    typed = Contribution(title="On health", text="Our view.")
    for _ in range(2):
        save_submission(by=officer, submission=draft, version=1, contribution=typed)
    draft.refresh_from_db()
    assert draft.draft_version == 2


def test_correction_given_back_leaves_what_was_sent_before_it():
    motion = make_motion(make_call(conference=make_conference(officer_confirms=True)))
    officer, delegate = motion.created_by, delegate_of(motion)
    send(motion)
    motion = save(motion, by=delegate, text=f"{TEXT}\n\nAnd more.", at=AT + HOUR)
    assert send(motion, by=delegate, at=AT + HOUR).kind == "awaiting"
    send_back(by=officer, motion=motion, reason="This was never agreed.", at=CLOSED)
    motion.refresh_from_db()
    assert (motion.state, motion.submitted_by, motion.submitted_at) == ("submitted", officer, AT)
    assert motion.current_version.number == 1
    assert "what was sent in before stands" in Mail.objects.latest("pk").text
    again = save(motion, by=delegate, text=f"{TEXT}\n\nAgreed.", at=AT + 2 * HOUR)
    send(again, at=AT + 2 * HOUR)
    again.refresh_from_db()
    assert again.current_version.number == 3
