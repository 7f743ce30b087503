"""Asking for access support or a bursary, and deciding about it in confidence.

The trail says that somebody asked and that it was decided, never for what nor in which words.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum

import clock
from events import doors
from events.calendar import end_of_day
from events.models import Conference, Deadline
from members import audit
from members.models import User
from registrations import support_emails
from registrations.models import Extra, PassType, ReductionCode, SupportFund, SupportRequest
from registrations.services import reductions
from registrations.services.submitting import NEEDS_KEPT

State = SupportRequest.State
LASTS = dt.timedelta(days=365)


@dataclass(frozen=True)
class Asker:
    """Who asks, as we know them; the address gets the answer."""

    name: str
    email: str
    user: User | None = None


@dataclass(frozen=True)
class Gift:
    """What a granted request becomes a code for: a share or an amount off these things."""

    percent: Decimal | None = None
    amount: Decimal | None = None
    pass_types: Sequence[PassType] = ()
    extras: Sequence[Extra] = ()
    nominal_code: str = ""


@transaction.atomic
def ask(
    *,
    asker: Asker,
    conference: Conference,
    purposes: Iterable[str],
    rough_cost: Decimal | None,
    words: str,
    at: dt.datetime,
    key: uuid.UUID,
) -> SupportRequest:
    """Keep a request for the access officer; the same key, or one that waits, is that one.

    Raises ValidationError: `closed`, `not_yet`, `unknown`, `halted`, or by field.
    """
    stated = door(conference)
    if stated is not None:
        doors.lock(stated)
    require_open(conference, at=at)
    email = asker.email.strip().lower()
    waiting = SupportRequest.objects.filter(conference=conference, email=email)
    known = SupportRequest.objects.filter(idempotency_key=key).first()
    already = known or waiting.filter(state=State.WAITING).first()
    if already is not None:
        return already
    last_day = conference.ends_on or clock.in_london(at).date() + LASTS
    row = SupportRequest(
        conference=conference,
        name=asker.name.strip(),
        email=email,
        user=asker.user,
        purposes=",".join(dict.fromkeys(purposes)),
        rough_cost=rough_cost,
        words=words.strip(),
        asked_at=at,
        purge_on=last_day + NEEDS_KEPT,
        idempotency_key=key,
    )
    if not row.purposes or not row.words:
        raise ValidationError("Say what it is for, and tell us in your own words.", code="empty")
    row.full_clean(exclude=["conference", "user"], validate_unique=False)
    row.save(force_insert=True)
    _record(asker.user, row, "support.asked", at)
    support_emails.answer(row, at=at)
    return row


def door(conference: Conference) -> Deadline | None:
    """The stated deadline for requests; None: until the first day is over."""
    return conference.deadlines.filter(kind=Deadline.Kind.SUPPORT).first()


def require_open(conference: Conference, *, at: dt.datetime) -> None:
    """Refuse once the time for requests is over, saying when. Raises ValidationError."""
    stated = door(conference)
    if stated is not None:
        doors.require_open(stated, at=at)
        return
    doors.require_not_halted(conference)
    if conference.starts_on is not None and at >= end_of_day(conference.starts_on):
        raise ValidationError("The conference has begun.", code="closed")


@transaction.atomic
def grant(
    *,
    by: User,
    request: SupportRequest,
    granted: Decimal,
    answer: str,
    at: dt.datetime,
    gift: Gift | None = None,
) -> SupportRequest:
    """Grant an amount; with a gift as a code, mailed to the person and kept as its hash only.

    Raises ValidationError: `decided`, `empty` when the code is good for nothing, `budget` when
    the conference's budget does not hold it.
    """
    row = _waiting(request)
    _require_budget(row.conference, granted)
    row.state, row.granted = State.GRANTED, granted
    _decide(by, row, answer, at)
    typed = "" if gift is None else _made(row, gift, at)
    _record(by, row, "support.granted", at)
    support_emails.answer(row, code=typed, at=at)
    return row


@transaction.atomic
def refuse(*, by: User, request: SupportRequest, answer: str, at: dt.datetime) -> SupportRequest:
    """Refuse, and write to the person. Raises ValidationError: `decided`."""
    row = _waiting(request)
    row.state = State.REFUSED
    _decide(by, row, answer, at)
    _record(by, row, "support.refused", at)
    support_emails.answer(row, at=at)
    return row


def granted_so_far(conference: Conference) -> Decimal:
    """Pounds granted for a conference."""
    rows = SupportRequest.objects.filter(conference=conference, state=State.GRANTED)
    return rows.aggregate(sum=Sum("granted"))["sum"] or Decimal("0.00")


def _require_budget(conference: Conference, granted: Decimal) -> None:
    """Where a budget is stated it holds; its row is locked, so that two decisions do not pass it."""
    fund = SupportFund.objects.select_for_update().filter(conference=conference).first()
    if fund is None:
        return
    left = fund.budget - granted_so_far(conference)
    if granted > left:
        raise ValidationError(
            f"£{left} of the budget is left. Grant less, or enter a larger budget first.",
            code="budget",
        )


def _waiting(request: SupportRequest) -> SupportRequest:
    rows = SupportRequest.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("conference").get(pk=request.pk)
    if row.state != State.WAITING:
        raise ValidationError("This request was decided already.", code="decided")
    return row


def _decide(by: User, row: SupportRequest, answer: str, at: dt.datetime) -> None:
    row.answer, row.decided_by, row.decided_at = answer.strip(), by, at
    row.full_clean(exclude=["conference", "user", "decided_by"], validate_unique=False)
    row.save()


def _made(row: SupportRequest, gift: Gift, at: dt.datetime) -> str:
    """The code's row; what is typed is given back and stands nowhere but in the mail."""
    if not gift.pass_types and not gift.extras:
        raise ValidationError("Say what the code is good for.", code="empty")
    last_day = row.conference.ends_on
    typed = reductions.drawn()
    code = ReductionCode(
        conference=row.conference,
        request=row,
        code_hash=reductions.stored(typed),
        percent=gift.percent,
        amount=gift.amount,
        nominal_code=gift.nominal_code,
        expires_at=at + LASTS if last_day is None else end_of_day(last_day),
        created_at=at,
    )
    code.full_clean(exclude=["conference", "request"], validate_unique=False)
    code.save(force_insert=True)
    code.pass_types.set(gift.pass_types)
    code.extras.set(gift.extras)
    return typed


def _record(by: User | None, row: SupportRequest, action: str, at: dt.datetime) -> None:
    audit.record(by=by, action=action, on=row, at=at, after={"conference": row.conference.slug})
