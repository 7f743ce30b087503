"""The pump: claim one mail, commit, send it, record what is known.

    pending --claim--> sending --250--> sent
                        |  |  \\--4xx, no connection--> pending (back-off 1, 5, 15, 60 min)
                        |  \\--5xx--> failed
                        \\--line lost after the final dot, lease over--> uncertain

The claim is a conditional update with a lease, committed *before* the first byte goes to the relay;
the outcome is recorded only where the claim is still ours. So two pumps never send one mail, and a
second copy can arise only where a process or connection dies between the relay's acceptance and our
record. Nothing talks to the network inside a transaction.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections import Counter
from collections.abc import Callable

from django.db import OperationalError, connection, transaction
from django.db.models import F, QuerySet

from mailing import hooks, message, policy
from mailing.models import Heartbeat, Mail, Suppression
from mailing.transport import Fate, Outcome, Transport, configured

logger = logging.getLogger(__name__)

Clock = Callable[[], dt.datetime]
State = Mail.State
#: What an attempt changes; the text is not written again and again.
_OUTCOME = (
    "state",
    "settled_at",
    "sent_at",
    "next_try_at",
    "claim",
    "lease_until",
    "uncertain_since",
    "doubts",
    "smtp_reply",
)


def pump(
    *,
    now: Clock,
    by_timer: bool = False,
    stop: Callable[[], bool] = lambda: False,
    budget: dt.timedelta | None = None,
) -> Counter[str]:
    """Send what is due until the budget is used up; returns how many ended in which state.

    `now` is the edge's clock, read afresh for every mail; `stop()` is asked between mails, so that
    a worker told to end finishes the one in hand. Safe to run any number of times at once.
    """
    tally: Counter[str] = Counter()
    started = now()
    until = started + (budget or policy.PUMP_BUDGET)
    Heartbeat.objects.beat(name=Heartbeat.PUMP, at=started)
    if by_timer:
        Heartbeat.objects.beat(name=Heartbeat.BEAT, at=started)
    tidy(at=started)
    with configured() as transport:
        at = started
        while at < until and not stop():
            mail = claim_next(at=at)
            if mail is None:
                break
            if mail.state == State.SENDING:
                outcome = _send(transport, mail, at=at)
                at = now()
                recorded = record(mail=mail, outcome=outcome, at=at)
                tally[str(recorded or "lost")] += 1
                if outcome.is_route_down:
                    break
            else:
                tally[str(mail.state)] += 1
                at = now()
    return tally


@transaction.atomic
def tidy(*, at: dt.datetime) -> None:
    """What time alone decides: leases run out, doubts whose wait is over, mail too late to send.

    A mail whose sender died may or may not have been accepted, so it becomes uncertain first.
    """
    dropped = Mail.objects.filter(state=State.SENDING, lease_until__lte=at)
    _not_held_elsewhere(dropped).update(
        state=State.UNCERTAIN,
        uncertain_since=at,
        lease_until=None,
        doubts=F("doubts") + 1,
        smtp_reply="The process that was sending it ended before it could tell.",
    )
    _not_held_elsewhere(Mail.objects.to_be_resent(at)).update(
        state=State.PENDING, uncertain_since=None, claim=None, next_try_at=at
    )
    too_late = Mail.objects.filter(state=State.PENDING, pointless_after__lte=at)
    _not_held_elsewhere(too_late).update(state=State.EXPIRED, settled_at=at)


def _not_held_elsewhere(mails: QuerySet[Mail]) -> QuerySet[Mail]:
    """These mails but for those another process is at: two pumps tidying at once never deadlock."""
    return Mail.objects.filter(pk__in=mails.select_for_update(skip_locked=True).values("pk"))


@transaction.atomic
def claim_next(*, at: dt.datetime) -> Mail | None:
    """Take the most urgent due mail, or None. One row, one process, for `policy.LEASE`.

    On PostgreSQL rows another pump is taking are skipped, not waited for; on SQLite writers queue.
    Inside the claim everything that may have changed since the mail was written is asked again; a
    mail that must not go comes back settled instead of `sending`.
    """
    token = uuid.uuid4()
    first = Mail.objects.due(at).select_for_update(skip_locked=True).values("pk")[:1]
    # `state` again: where rows cannot be locked this condition is the lock.
    claimed = Mail.objects.filter(pk=first, state=State.PENDING).update(
        state=State.SENDING, claim=token, lease_until=at + policy.LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return None
    mail = Mail.objects.get(claim=token)
    _check_again(mail, at=at)
    return mail


def _check_again(mail: Mail, *, at: dt.datetime) -> None:
    """Settle a claimed mail that must not go: too late, spared, or not needed any more."""
    if mail.pointless_after is not None and mail.pointless_after <= at:
        return _settle(mail, State.EXPIRED, at=at)
    suppressed = Suppression.objects.scopes_of(mail.to_address)
    if policy.is_stopped_by(kind=mail.kind, scope=mail.unsubscribe_scope, suppressed=suppressed):
        return _settle(mail, State.SUPPRESSED, at=at)
    if not hooks.is_watched(mail):
        return None
    try:
        with transaction.atomic():
            reason = hooks.reason_not_needed(mail, at)
    except Exception:
        # One broken check must not hold up the queue behind it: this mail waits, the others go.
        logger.exception("mail %s could not be checked before sending", mail.pk)
        return _put_off(mail, at=at, reply="Our own check before sending failed.")
    if reason:
        return _settle(mail, State.CANCELLED, at=at, reply=reason)
    return None


def _send(transport: Transport, mail: Mail, *, at: dt.datetime) -> Outcome:
    try:
        built = message.build(mail, at=at)
        built.message()
    except (ValueError, TypeError) as error:
        return Outcome(Fate.REFUSED, f"It could not be written as a mail: {type(error).__name__}")
    return transport.send(built, seconds=policy.SEND_WITHIN.total_seconds())


def record(*, mail: Mail, outcome: Outcome, at: dt.datetime) -> str:
    """Write down the outcome where the claim is still ours; returns the new state or ''.

    Tried three times: a database that restarts at this moment would otherwise leave a mail that
    was accepted in doubt, and its reader with a second copy.
    """
    for pause in (1, 2, None):
        try:
            return _record(mail=mail, outcome=outcome, at=at)
        except OperationalError:
            if pause is None or connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(pause)
    raise AssertionError("unreachable")


@transaction.atomic
def _record(*, mail: Mail, outcome: Outcome, at: dt.datetime) -> str:
    # A sender given up as dead that comes back with certain knowledge settles the doubt.
    ours = Mail.objects.select_for_update().filter(
        pk=mail.pk, claim=mail.claim, state__in=[State.SENDING, State.UNCERTAIN]
    )
    mail = ours.first()
    if mail is None:
        return ""
    mail.smtp_reply = outcome.reply[:500]
    if outcome.fate is Fate.ACCEPTED:
        mail.sent_at = at
        if mail.kind == Mail.Kind.SECURITY:
            mail.text = mail.html = ""  # a sign-in code is nobody's record
            mail.save(update_fields=["text", "html"])
        _settle(mail, State.SENT, at=at)
    elif outcome.fate is Fate.REFUSED:
        _settle(mail, State.FAILED, at=at)
    elif outcome.fate is Fate.LATER:
        _put_off(mail, at=at)
    elif mail.state == State.SENDING:
        _doubt(mail, at=at)
    return mail.state


def _settle(mail: Mail, state: str, *, at: dt.datetime, reply: str = "") -> None:
    mail.state, mail.settled_at = state, at
    mail.lease_until = mail.uncertain_since = None
    mail.smtp_reply = reply[:500] or mail.smtp_reply
    mail.save(update_fields=_OUTCOME)


def _put_off(mail: Mail, *, at: dt.datetime, reply: str = "") -> None:
    """Back to waiting, for longer each time; given up when there is no point any more."""
    mail.smtp_reply = reply or mail.smtp_reply
    # A person who sends it again, days after it was given up, starts the wait anew.
    since = max(mail.not_before, mail.decided_at or mail.not_before)
    again = policy.next_try(
        attempts=mail.attempts, at=at, since=since, pointless_after=mail.pointless_after
    )
    if again is None:
        return _settle(mail, State.FAILED, at=at)
    mail.state, mail.next_try_at = State.PENDING, again
    mail.claim = mail.lease_until = mail.uncertain_since = None
    mail.save(update_fields=_OUTCOME)
    return None


def _doubt(mail: Mail, *, at: dt.datetime) -> None:
    """Uncertain; the claim stays on the row, so that late certain knowledge can still settle it."""
    mail.state, mail.uncertain_since, mail.lease_until = State.UNCERTAIN, at, None
    mail.doubts += 1
    mail.save(update_fields=_OUTCOME)
