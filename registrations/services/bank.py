"""Recording what a bank statement brought: only the lines that an officer ticked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members import audit
from members.models import User
from registrations.bank.lines import BankLine
from registrations.models import Booking, Payment
from registrations.services import payments

LONGEST_REFERENCE = Payment._meta.get_field("reference").max_length


@dataclass(frozen=True, slots=True)
class Ticked:
    """A line, the booking it pays, and what that booking owed when the officer looked, in pounds."""

    line: BankLine
    booking: int
    owing: Decimal


def record_lines(*, by: User, ticked: Sequence[Ticked], at: dt.datetime) -> list[Payment]:
    """Record each ticked line as a bank transfer of its day: all of them or none.

    The fingerprint of a line is the key of its payment, which a constraint keeps unique: a line that
    was recorded for this booking already is that payment. Raises ValidationError: `stale` when a
    balance is not what was shown, `twice` for a line that is ticked or recorded for another booking.
    """
    try:
        with transaction.atomic():
            return _record(by, ticked, at)
    except IntegrityError as error:
        raise ValidationError(
            "One of these lines was recorded a moment ago. Look at them again.", code="twice"
        ) from error


def _record(by: User, ticked: Sequence[Ticked], at: dt.datetime) -> list[Payment]:
    keys = [one.line.key for one in ticked]
    if len(set(keys)) < len(keys):
        raise ValidationError("Tick one booking only for each line.", code="twice")
    chosen = {one.booking for one in ticked}
    # in the order of their keys, as every act that locks several bookings
    locked = Booking.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=chosen)
    bookings = {row.pk: row for row in locked.order_by("pk")}
    there = {row.idempotency_key: row for row in Payment.objects.filter(idempotency_key__in=keys)}
    balances = {pk: row.balance for pk, row in bookings.items()}
    made = []
    for one in sorted(ticked, key=lambda tick: (tick.booking, tick.line.number)):
        booking, already = bookings.get(one.booking), there.get(one.line.key)
        if already is not None and already.booking_id == one.booking:
            continue
        if already is not None:
            raise ValidationError(
                f"Row {one.line.number} is recorded for another booking already.", code="twice"
            )
        if booking is None or balances[booking.pk] != one.owing or one.line.amount <= 0:
            raise ValidationError(
                f"What booking {booking or 'in row ' + str(one.line.number)} owes has changed since "
                "you looked, so that nothing was recorded. Look at the lines again.",
                code="stale",
            )
        made.append(_one(by, one, booking, at))
    if made:
        audit.record(
            by=by,
            action="bank-statement.recorded",
            on=Payment,
            at=at,
            after={"payments": [row.pk for row in made]},
        )
    return made


def _one(by: User, one: Ticked, booking: Booking, at: dt.datetime) -> Payment:
    try:
        return payments.record_payment(
            by=by,
            booking=booking,
            method=Payment.Method.BACS,
            amount=one.line.amount,
            received_on=one.line.on,
            at=at,
            key=one.line.key,
            reference=one.line.words[:LONGEST_REFERENCE],
        )
    except ValidationError as refusal:
        sentence = f"Row {one.line.number}: {refusal.messages[0]} Nothing was recorded."
        raise ValidationError(sentence, code="row") from refusal
