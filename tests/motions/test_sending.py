"""Sending in: the deadline to the microsecond, the rules of the call, receipts, confirmation."""

import pytest
from django.core.exceptions import ValidationError

from mailing.models import Mail
from members.models import AuditEntry
from motions.models import Block, Call, Motion, Receipt
from motions.services.drafting import Wording, save_draft
from motions.services.sending import confirm_submission, send_back, submit
from motions.services.versions import is_intact
from motions.services.withdrawing import withdraw
from tests.factories import (
    AT,
    make_authorisation,
    make_conference,
    make_officer,
    make_organisation,
    make_society,
    make_user,
)
from tests.motions.make import CLOSED, LAST_MOMENT, TEXT, key, make_call, make_motion, words

pytestmark = pytest.mark.django_db


def send(motion, by=None, at=AT, k=None):
    return submit(
        by=by or motion.created_by,
        motion=motion,
        version=motion.draft_version,
        at=at,
        key=k or key(),
    )


def test_submit_in_time_makes_a_version_a_receipt_and_mails_the_body():
    body = make_society(contact_email="office@body.example")
    officer = make_officer(body)
    author = make_user("author@example.org")
    motion = make_motion(organisation=body, by=officer)
    make_authorisation(author, body, motion.conference, by=officer)

    receipt = send(motion, by=author)

    motion.refresh_from_db()
    assert (motion.state, motion.submitted_by, motion.submitted_at) == ("submitted", author, AT)
    assert motion.current_version.number == 1
    assert motion.current_version.words == 10
    assert is_intact(motion.current_version)
    assert list(motion.current_version.blocks.values_list("text", flat=True)) == TEXT.split("\n\n")
    assert (receipt.number, receipt.kind, receipt.at) == (1, "submitted", AT)
    assert TEXT in receipt.text
    mails = Mail.objects.filter(key__startswith="motions:receipt:")
    assert {mail.to_address for mail in mails} == {
        "author@example.org",
        officer.email,
        "office@body.example",
    }
    assert all("Conference resolves to say so." in mail.text for mail in mails)
    assert AuditEntry.objects.filter(action="motion.submitted", actor=author).count() == 1


def test_submit_by_an_authorised_delegate_at_the_last_microsecond_is_taken():
    motion = make_motion()
    delegate = make_user()
    make_authorisation(delegate, motion.organisation, motion.conference)
    assert send(motion, by=delegate, at=LAST_MOMENT).kind == Receipt.Kind.SUBMITTED


def test_submit_at_midnight_is_refused_and_the_draft_is_kept():
    motion = make_motion()
    with pytest.raises(ValidationError) as refusal:
        send(motion, at=CLOSED)
    assert refusal.value.code == "closed"
    assert "Monday 4 April 2016" in refusal.value.messages[0]
    motion.refresh_from_db()
    assert (motion.state, motion.draft_text) == ("draft", TEXT)
    assert not Receipt.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(("count", "is_taken"), [(299, True), (300, True), (301, False)])
def test_submit_by_number_of_words_takes_three_hundred(count, is_taken):
    motion = make_motion(draft_text=words(count), title="The title does not count")
    if is_taken:
        assert send(motion).motion.current_version.words == count
        return
    with pytest.raises(ValidationError) as refusal:
        send(motion)
    assert refusal.value.message_dict == {
        "text": [
            "The text has 301 words. At most 300 are allowed: take out 1 word.",
        ]
    }


def test_submit_without_what_the_call_needs_names_each_field():
    call = make_call(needs_mover=True, needs_seconder=True, needs_meeting=True)
    with pytest.raises(ValidationError) as refusal:
        send(make_motion(call, title="", draft_text=" "))
    assert set(refusal.value.message_dict) == {"title", "text", "mover", "seconder", "meeting_name"}


def test_submit_for_a_branch_when_only_councils_may_send_is_refused():
    branch = make_organisation(kind="branch")
    with pytest.raises(ValidationError) as refusal:
        send(make_motion(organisation=branch))
    assert refusal.value.code == "sender"


def test_submit_over_the_limit_of_a_body_is_refused_until_one_is_withdrawn():
    call = make_call(per_body_limit=1)
    body = make_society()
    first, second = make_motion(call, organisation=body), make_motion(call, organisation=body)
    send(first)
    with pytest.raises(ValidationError) as refusal:
        send(second)
    assert refusal.value.code == "limit"
    withdraw(by=first.created_by, motion=first, at=AT, key=key())
    assert send(second).kind == Receipt.Kind.SUBMITTED


def test_submit_twice_with_one_key_gives_one_version_and_equal_receipts():
    motion, k = make_motion(), key()
    receipts = {send(motion, k=k).pk for _ in range(20)}
    assert len(receipts) == 1
    assert motion.versions.count() == 1
    assert Receipt.objects.count() == 1


def test_submit_of_a_draft_saved_since_the_preview_is_refused_as_stale():
    motion = make_motion()
    Motion.objects.filter(pk=motion.pk).update(draft_version=2)
    with pytest.raises(ValidationError) as refusal:
        send(motion)
    assert refusal.value.code == "stale"


def test_submit_of_a_corrected_text_keeps_the_keys_of_unchanged_blocks():
    motion = make_motion()
    send(motion)
    later = AT.replace(hour=13)
    save_draft(
        by=motion.created_by,
        motion=motion,
        version=1,
        wording=Wording(title="On co-operation", text=TEXT + "\n\n- And to act."),
        at=later,
    )
    motion.refresh_from_db()
    receipt = send(motion, at=later)
    first, second = motion.versions.order_by("number")
    keys = list(Block.objects.filter(version=first).values_list("key", flat=True))
    assert list(second.blocks.values_list("key", flat=True))[:2] == keys
    assert second.origin == "correction"
    assert receipt.number == 2
    assert first.blocks.count() == 2


def test_submit_where_an_officer_confirms_waits_and_the_sending_decides_the_deadline():
    conference = make_conference(officer_confirms=True)
    motion = make_motion(make_call(conference=conference))
    delegate = make_user()
    make_authorisation(delegate, motion.organisation, conference)
    assert send(motion, by=delegate, at=LAST_MOMENT).kind == Receipt.Kind.AWAITING
    motion.refresh_from_db()
    assert motion.state == Motion.State.AWAITING_CONFIRMATION

    receipt = confirm_submission(by=motion.created_by, motion=motion, at=CLOSED, key=key())

    motion.refresh_from_db()
    assert receipt.kind == Receipt.Kind.CONFIRMED
    assert (motion.state, motion.submitted_at, motion.confirmed_at) == (
        "submitted",
        LAST_MOMENT,
        CLOSED,
    )


def test_send_back_makes_a_draft_again_and_tells_the_author_why():
    conference = make_conference(officer_confirms=True)
    motion = make_motion(make_call(conference=conference))
    delegate = make_user()
    make_authorisation(delegate, motion.organisation, conference)
    send(motion, by=delegate)
    send_back(by=motion.created_by, motion=motion, reason="The second line is wrong.", at=AT)
    motion.refresh_from_db()
    assert (motion.state, motion.submitted_at) == ("draft", None)
    mail = Mail.objects.get(key__startswith="motions:sent-back:")
    assert mail.to_address == delegate.email
    assert "The second line is wrong." in mail.text


def test_submit_to_a_cancelled_conference_is_refused():
    motion = make_motion(make_call(conference=make_conference(status="cancelled")))
    with pytest.raises(ValidationError) as refusal:
        send(motion)
    assert refusal.value.code == "halted"


def test_receipts_of_a_conference_are_numbered_without_gaps():
    call = make_call()
    numbers = [send(make_motion(call)).number for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert send(make_motion()).number == 1
    assert Call.objects.count() == 2


def test_withdraw_of_a_sent_motion_gives_a_receipt_and_of_a_draft_none():
    sent, draft = make_motion(), make_motion()
    send(sent)
    receipt = withdraw(by=sent.created_by, motion=sent, at=AT, key=key())
    assert (receipt.kind, TEXT in receipt.text) == ("withdrawn", True)
    assert withdraw(by=draft.created_by, motion=draft, at=AT, key=key()) is None
    draft.refresh_from_db()
    assert (draft.state, draft.draft_text) == ("withdrawn", TEXT)
