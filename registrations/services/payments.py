"""Money that came in, as finance records it. The balance is always derived from these rows."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

import clock
from members import audit
from members.models import User
from registrations import emails
from registrations.models import Booking, Payment


@transaction.atomic
def record_payment(
    *,
    by: User | None,
    booking: Booking,
    method: str,
    amount: Decimal,
    received_on: dt.date,
    at: dt.datetime,
    key: uuid.UUID,
    reference: str = "",
    payer: str = "",
) -> Payment:
    """Record what came in (`by` None: as the card provider says). A cheque is 'received' and moves on; anything else is cleared at once.

    The same key again gives the payment that is there. Raises ValidationError.
    """
    booking = Booking.objects.select_for_update(no_key=True, of=("self",)).get(pk=booking.pk)
    already = Payment.objects.filter(idempotency_key=key).first()
    if already is not None:
        return already
    if booking.state == Booking.State.DRAFT:
        raise ValidationError("This booking has not been made yet.", code="draft")
    if received_on > clock.in_london(at).date():
        raise ValidationError("The day of receipt cannot be in the future.", code="future")
    is_cheque = method == Payment.Method.CHEQUE
    payment = Payment(
        booking=booking,
        method=method,
        amount=amount,
        state=Payment.State.RECEIVED if is_cheque else Payment.State.CLEARED,
        received_on=received_on,
        state_on=received_on,
        reference=reference.strip(),
        payer=payer.strip(),
        recorded_by=by,
        recorded_at=at,
        idempotency_key=key,
    )
    payment.full_clean(validate_unique=False)
    payment.save(force_insert=True)
    _record(by, payment, "payment.recorded", at=at, before={})
    emails.payment(booking, payment, at=at)
    return payment


@transaction.atomic
def move_cheque(
    *, by: User, payment: Payment, to: Payment.State, on: dt.date, at: dt.datetime
) -> Payment:
    """A cheque was banked, cleared or bounced. A bounced one counts for nothing from now on.

    The places stay at their price; of a bounced one the contact is told. Doing the same twice is
    once. Raises ValidationError: `move`, `future`.
    """
    Booking.objects.select_for_update(no_key=True).get(pk=payment.booking_id)
    payment = Payment.objects.select_related("booking__conference").get(pk=payment.pk)
    if payment.state == to:
        return payment
    if to not in Payment.MOVES[Payment.State(payment.state)]:
        raise ValidationError(
            f"A payment that is {payment.get_state_display()} cannot become "
            f"{Payment.State(to).label}.",
            code="move",
        )
    if on > clock.in_london(at).date():
        raise ValidationError(
            "This day has not come yet. Enter the day on the bank's paper; if it lies ahead, come "
            "back then.",
            code="future",
        )
    before = {"state": payment.state}
    payment.state, payment.state_on = to, on
    payment.full_clean(validate_unique=False)
    payment.save(update_fields=["state", "state_on"])
    _record(by, payment, f"payment.{to}", at=at, before=before)
    if to == Payment.State.BOUNCED:
        emails.payment(payment.booking, payment, at=at)
    return payment


def _record(
    by: User | None, payment: Payment, action: str, *, at: dt.datetime, before: dict[str, str]
) -> None:
    audit.record(
        by=by,
        action=action,
        on=payment,
        organisation=payment.booking.organisation,
        at=at,
        before=before,
        after={
            "booking": payment.booking.reference,
            "method": payment.method,
            "amount": str(payment.amount),
            "state": payment.state,
        },
    )
