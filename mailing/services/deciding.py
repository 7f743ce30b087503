"""What staff decide about a mail: send it again, let it be, or take the relay's log for proof.

Each verb locks the row, so that it cannot cross the pump, keeps the latest decision on the mail,
and passes it on to the audit trail. All raise ValidationError with what can be done instead.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mailing import cleaning, hooks, links, policy
from mailing.models import Mail, Suppression

State = Mail.State


@transaction.atomic
def send_again(*, by: Any, mail: Mail, reason: str, at: dt.datetime) -> Mail:
    """Send a refused, spared or uncertain mail once more, or a copy of one that went.

    Once more: the same row and Message-ID, so that a mailbox which has it already folds the two.
    A copy is a mail of its own, so that the record of the first stays.
    """
    mail = _locked(mail)
    if mail.state in (State.PENDING, State.SENDING):
        raise ValidationError("It is still waiting to be sent; there is nothing to do.")
    if mail.state in (State.CANCELLED, State.EXPIRED):
        raise ValidationError(
            f"It is {mail.get_state_display()} and stays so; write afresh instead."
        )
    _refuse_if_pointless(mail, at=at)
    suppressed = Suppression.objects.scopes_of(mail.to_address)
    if policy.is_stopped_by(kind=mail.kind, scope=mail.unsubscribe_scope, suppressed=suppressed):
        raise ValidationError(
            "The address is spared such mail. Lift that first, if the reader agrees."
        )
    if mail.state == State.SENT:
        return _copied(mail, by=by, reason=reason, at=at)
    mail.state, mail.next_try_at, mail.attempts = State.PENDING, max(at, mail.not_before), 0
    mail.claim = mail.uncertain_since = mail.settled_at = None
    _decide(mail, by=by, what="mail.sent_again", reason=reason, at=at)
    return mail


@transaction.atomic
def cancel(*, by: Any, mail: Mail, reason: str, at: dt.datetime) -> Mail:
    """Do not send it, or let an uncertain or refused one be."""
    mail = _locked(mail)
    if mail.state == State.SENDING:
        raise ValidationError("It is being sent at this moment. Look again in a minute.")
    if not mail.may_become(State.CANCELLED):
        raise ValidationError(f"It is {mail.get_state_display()}; there is nothing left to cancel.")
    mail.state, mail.settled_at = State.CANCELLED, at
    mail.uncertain_since = mail.claim = None
    _decide(mail, by=by, what="mail.cancelled", reason=reason, at=at)
    return mail


@transaction.atomic
def cancel_all(*, by: Any, keys_begin: str, reason: str, at: dt.datetime) -> int:
    """Do not send those that still wait of a mailing whose keys begin so; says how many.

    One conditional update: a mail that the pump has claimed meanwhile goes. The caller leaves the
    audit entry, one for the whole mailing.
    """
    waiting = Mail.objects.filter(key__startswith=keys_begin, state=State.PENDING)
    return waiting.update(
        state=State.CANCELLED,
        settled_at=at,
        claim=None,
        decided_at=at,
        decided_by=str(by or "the system")[:254],
        decision=f"mail.cancelled: {reason}"[:300],
    )


@transaction.atomic
def confirm_sent(*, by: Any, mail: Mail, reason: str, at: dt.datetime) -> Mail:
    """An uncertain mail did go: the relay's log or its reader says so."""
    mail = _locked(mail)
    if mail.state != State.UNCERTAIN:
        raise ValidationError("Only an uncertain mail can be confirmed.")
    mail.state, mail.sent_at, mail.settled_at = State.SENT, at, at
    mail.uncertain_since = mail.claim = None
    _decide(mail, by=by, what="mail.confirmed", reason=reason, at=at)
    return mail


def _locked(mail: Mail) -> Mail:
    return Mail.objects.select_for_update().get(pk=mail.pk)


def _refuse_if_pointless(mail: Mail, *, at: dt.datetime) -> None:
    if mail.pointless_after is not None and mail.pointless_after <= at:
        raise ValidationError(
            "Its time has passed, so it would only confuse; write afresh instead."
        )


def _copied(mail: Mail, *, by: Any, reason: str, at: dt.datetime) -> Mail:
    if not mail.text:
        raise ValidationError(
            "Its text was not kept, as it held a sign-in code. A new code can be asked for."
        )
    copies = Mail.objects.filter(key__startswith=f"{mail.key}:again:").count()
    key = f"{mail.key}:again:{copies + 1}"
    copy = Mail(
        **{name: getattr(mail, name) for name in _COPIED},
        key=key,
        message_id=links.message_id(key),
        created_at=at,
        not_before=at,
        next_try_at=at,
    )
    _decide(copy, by=by, what="mail.copied", reason=reason, at=at)
    return copy


_COPIED = (
    "kind",
    "urgency",
    "conference",
    "to_address",
    "to_name",
    "reply_to",
    "subject",
    "text",
    "html",
    "headers",
    "unsubscribe_scope",
    "pointless_after",
)


def _decide(mail: Mail, *, by: Any, what: str, reason: str, at: dt.datetime) -> None:
    reason = cleaning.header(reason, longest=300)
    if not reason:
        raise ValidationError({"reason": "Say why, for whoever looks at this mail next."})
    mail.decided_at, mail.decided_by, mail.decision = (
        at,
        str(by or "the system")[:254],
        f"{what}: {reason}"[:300],
    )
    mail.save()
    hooks.audit(by=by, action=what, on=mail, at=at, reason=reason)
