"""What staff may decide about a mail, in every state."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError

from mailing import hooks
from mailing.models import ALLOWED_MOVES, Mail, Suppression
from mailing.services import deciding, delivery, suppressing
from mailing.transport import Fate, Outcome
from members.models import User
from tests.factories import make_staff

pytestmark = pytest.mark.django_db

STAMPS = {
    "pending": [],
    "sending": ["lease_until"],
    "sent": ["sent_at", "settled_at"],
    "uncertain": ["uncertain_since"],
    "failed": ["settled_at"],
    "cancelled": ["settled_at"],
    "expired": ["settled_at"],
    "suppressed": ["settled_at"],
}


@pytest.fixture
def ann() -> User:
    return make_staff(name="Ann")


def in_state(mail: Mail, state: str, at: dt.datetime) -> Mail:
    values = dict.fromkeys(STAMPS[state], at)
    if state == "sending":
        values["claim"] = "00000000-0000-4000-8000-000000000000"
    Mail.objects.filter(pk=mail.pk).update(state=state, **values)
    return Mail.objects.get(pk=mail.pk)


@pytest.mark.parametrize(
    ("state", "again", "cancel", "confirm"),
    [
        ("pending", None, "cancelled", None),
        ("sending", None, None, None),
        ("sent", "pending", None, None),
        ("uncertain", "pending", "cancelled", "sent"),
        ("failed", "pending", "cancelled", None),
        ("cancelled", None, None, None),
        ("expired", None, None, None),
        ("suppressed", "pending", "cancelled", None),
    ],
)
def test_decisions_in_every_state_do_or_refuse(put, ann, at, state, again, cancel, confirm):
    verbs = {deciding.send_again: again, deciding.cancel: cancel, deciding.confirm_sent: confirm}
    for number, (verb, expected) in enumerate(verbs.items()):
        mail = in_state(put(f"key:{number}"), state, at)
        if expected is None:
            with pytest.raises(ValidationError):
                verb(by=ann, mail=mail, reason="asked by phone", at=at)
        else:
            decided = verb(by=ann, mail=mail, reason="asked by phone", at=at)
            decided.refresh_from_db()
            assert (decided.state, decided.decided_by, decided.decided_at) == (expected, "Ann", at)
            assert decided.decision.endswith(": asked by phone")
            if decided.pk == mail.pk:
                assert expected in ALLOWED_MOVES[Mail.State(state)]


def test_send_again_of_a_sent_mail_is_a_copy_with_its_own_message_id(put, ann, at):
    first = put()
    delivery.pump(now=lambda: at)
    copy = deciding.send_again(by=ann, mail=first, reason="lost", at=at)
    second = deciding.send_again(by=ann, mail=first, reason="lost again", at=at)
    delivery.pump(now=lambda: at)
    assert (copy.key, second.key) == (f"{first.key}:again:1", f"{first.key}:again:2")
    assert len({m.extra_headers["Message-ID"] for m in django_mail.outbox}) == 3
    first.refresh_from_db()
    assert first.state == "sent"


def test_send_again_after_days_waits_like_a_new_mail_when_it_is_put_off(put, ann, at):
    mail = in_state(put(), "failed", at)
    later = at + dt.timedelta(days=5)
    deciding.send_again(by=ann, mail=mail, reason="the relay is mended", at=later)
    claimed = delivery.claim_next(at=later)
    greylisted = Outcome(Fate.LATER, "450 come back")
    assert delivery.record(mail=claimed, outcome=greylisted, at=later) == "pending"


def test_send_again_of_a_sign_in_code_is_refused(put, ann, at):
    mail = put(kind="security")
    delivery.pump(now=lambda: at)
    with pytest.raises(ValidationError, match="A new code"):
        deciding.send_again(by=ann, mail=mail, reason="lost", at=at)


def test_send_again_too_late_or_to_a_spared_address_is_refused(put, ann, at):
    late = in_state(put("late", pointless_after=at), "failed", at)
    with pytest.raises(ValidationError, match="time has passed"):
        deciding.send_again(by=ann, mail=late, reason="please", at=at)
    spared = in_state(put("spared"), "suppressed", at)
    suppressing.suppress(
        by=ann, address="Ann@Example.org ", scope="all", reason="bounced", note="", at=at
    )
    with pytest.raises(ValidationError, match="spared"):
        deciding.send_again(by=ann, mail=spared, reason="please", at=at)


def test_decision_without_a_reason_is_refused_and_changes_nothing(put, ann, at):
    mail = put()
    with pytest.raises(ValidationError, match="Say why"):
        deciding.cancel(by=ann, mail=mail, reason=" \u200b", at=at)
    mail.refresh_from_db()
    assert mail.state == "pending"


def test_every_decision_reaches_the_audit_trail(put, ann, at, monkeypatch):
    monkeypatch.setattr(hooks, "_audits", [])
    seen = []
    hooks.register_audit(
        lambda **entry: seen.append((entry["action"], entry["by"], entry["reason"]))
    )
    deciding.cancel(by=ann, mail=put(), reason="wrong", at=at)
    row = suppressing.suppress(
        by=ann, address="x@example.org", scope="all", reason="by_staff", note="asked", at=at
    )
    suppressing.suppress(
        by=ann, address="x@example.org", scope="all", reason="by_staff", note="again", at=at
    )
    suppressing.lift(by=ann, suppression=row, note="asked back", at=at)
    assert seen == [
        ("mail.cancelled", ann, "wrong"),
        ("suppression.added", ann, "asked"),
        ("suppression.lifted", ann, "asked back"),
    ]
    with pytest.raises(ValidationError, match="already"):
        suppressing.lift(by=ann, suppression=row, note="again", at=at)
    assert Suppression.objects.count() == 1
