"""Refunds, write-offs and credit for another booking, as finance records them.

Each asks the account again under the lock of its booking, so that never more goes out than came in
and cleared, and no more is written off than is owed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models, transaction

import clock
from members import audit
from members.models import User
from registrations import emails
from registrations.models import Booking, CreditMove, Refund, WriteOff


@transaction.atomic
def refund(
    *,
    by: User,
    booking: Booking,
    amount: Decimal,
    method: str,
    paid_to: str,
    reason: str,
    refunded_on: dt.date,
    at: dt.datetime,
    key: uuid.UUID,
    reference: str = "",
) -> Refund:
    """Record that money went back to who paid it, and tell the contact.

    The same key again gives the refund that is there. Raises ValidationError: too_much, future.
    """
    booking = _locked(booking)
    already = Refund.objects.filter(idempotency_key=key).first()
    if already is not None:
        return already
    _require_at_most(amount, booking.account.to_give_back, "can be given back")
    if refunded_on > clock.in_london(at).date():
        raise ValidationError("The day of the refund cannot be in the future.", code="future")
    row = Refund(
        booking=booking,
        amount=amount,
        method=method,
        paid_to=paid_to.strip(),
        reference=reference.strip(),
        reason=reason.strip(),
        refunded_on=refunded_on,
        recorded_by=by,
        recorded_at=at,
        idempotency_key=key,
    )
    _save(row)
    after = {"amount": str(row.amount), "method": row.method}
    _record(by, booking, "refund.recorded", row, at=at, after=after, reason=row.reason)
    emails.refund(booking, row, at=at)
    return row


@transaction.atomic
def write_off(
    *,
    by: User,
    booking: Booking,
    amount: Decimal,
    reason: str,
    at: dt.datetime,
    key: uuid.UUID,
) -> WriteOff:
    """Ask for this much no more. The same key again gives the row that is there.

    Raises ValidationError: too_much.
    """
    booking = _locked(booking)
    already = WriteOff.objects.filter(idempotency_key=key).first()
    if already is not None:
        return already
    _require_at_most(amount, booking.account.owing, "is owed")
    row = WriteOff(
        booking=booking,
        amount=amount,
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=at,
        idempotency_key=key,
    )
    _save(row)
    after = {"amount": str(row.amount)}
    _record(by, booking, "write-off.recorded", row, at=at, after=after, reason=row.reason)
    return row


@transaction.atomic
def move_credit(
    *,
    by: User,
    source: Booking,
    target: Booking,
    amount: Decimal,
    at: dt.datetime,
    key: uuid.UUID,
) -> CreditMove:
    """Let what was paid too much count for another booking of the same body or person.

    Locks both bookings, the older first, so that two moves that cross never wait in a ring.
    Raises ValidationError: too_much, payer, draft.
    """
    locked = {row.pk: row for row in map(_locked, sorted((source, target), key=lambda b: b.pk))}
    source, target = locked[source.pk], locked[target.pk]
    already = CreditMove.objects.filter(idempotency_key=key).first()
    if already is not None:
        return already
    if not same_payer(source, target):
        raise ValidationError(
            "Credit can only be moved to another booking of the same body or person.", code="payer"
        )
    _require_at_most(amount, source.account.to_give_back, "was paid too much and has cleared")
    _require_at_most(amount, target.account.owing, f"is owed for {target.reference}")
    row = CreditMove(
        source=source,
        target=target,
        amount=amount,
        recorded_by=by,
        recorded_at=at,
        idempotency_key=key,
    )
    _save(row)
    after = {"amount": str(row.amount), "to": target.reference}
    _record(by, source, "credit.moved", row, at=at, after=after)
    return row


def same_payer(one: Booking, other: Booking) -> bool:
    """Two bookings of one body, or of one person who booked for themself."""
    if one.pk == other.pk or one.organisation_id != other.organisation_id:
        return False
    return one.organisation_id is not None or (
        bool(one.contact_email) and one.contact_email == other.contact_email
    )


def _locked(booking: Booking) -> Booking:
    row = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("conference", "organisation")
        .get(pk=booking.pk)
    )
    if row.state == Booking.State.DRAFT:
        raise ValidationError("This booking has not been made yet.", code="draft")
    return row


def _require_at_most(amount: Decimal, most: Decimal, what: str) -> None:
    if amount > most:
        raise ValidationError(f"At most £{most} {what}.", code="too_much")


def _save(row: models.Model) -> None:
    row.full_clean(validate_unique=False)
    row.save(force_insert=True)


def _record(
    by: User,
    booking: Booking,
    action: str,
    row: models.Model,
    *,
    at: dt.datetime,
    after: dict[str, str],
    reason: str = "",
) -> None:
    audit.record(
        by=by,
        action=action,
        on=booking,
        organisation=booking.organisation,
        at=at,
        after={**after, "row": row.pk},
        reason=reason,
    )
