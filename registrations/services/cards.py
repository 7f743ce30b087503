"""Money by card: begun for a balance, recorded once from a verified event, held where it differs.

Whatever a provider says twice, late or in another order counts once: the inbox is unique by the
provider's number of the event, and a payment by the provider's number of the payment.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

import clock
from members import audit
from members.models import User
from registrations import cards, refunding
from registrations.models import Booking, CardAttempt, CardEvent, Payment
from registrations.services import payments

Outcome = CardEvent.Outcome
_PAYMENTS = uuid.UUID("6f7f3a3e-0f0a-4a6c-9d4f-7a0c7f1b2d11")


def start(*, booking: Booking, back: str, at: dt.datetime) -> str:
    """Begin to pay what the booking owes; the address at which it is paid.

    The provider is asked when the attempt stands, outside the transaction. Raises ValidationError:
    `no_cards`, `nothing` when nothing is owed, `called_off` while the conference is.
    """
    provider = cards.provider()
    if provider is None:
        raise ValidationError("Cards are not taken here. Please pay another way.", code="no_cards")
    attempt = _begun(booking, provider.name, at=at)
    return provider.start(
        attempt=attempt.key, amount=attempt.amount, reference=booking.reference, back=back
    )


@transaction.atomic
def _begun(booking: Booking, provider: str, *, at: dt.datetime) -> CardAttempt:
    row = _locked(booking.pk)
    owing = row.account.owing
    if row.state == Booking.State.DRAFT or owing <= 0:
        raise ValidationError("Nothing is left to pay for this booking.", code="nothing")
    conference = row.conference
    if conference.status in refunding.CALLED_OFF:
        words = f"{conference} is {conference.get_status_display()}: nothing has to be paid now."
        raise ValidationError(words, code="called_off")
    return CardAttempt.objects.create(
        booking=row,
        provider=provider,
        key=secrets.token_urlsafe(24),
        amount=owing,
        started_at=at,
    )


@transaction.atomic
def take(*, provider: str, event: cards.Event, at: dt.datetime) -> CardEvent:
    """Keep a verified event and record the payment it tells of; the same event again is that one.

    What a person must look at is held and moves no money: an attempt that is not ours, an amount
    or a currency that we did not ask for, anything but a payment. Money for a booking cancelled
    meanwhile is recorded all the same, and then is owed to the payer.
    """
    attempt = CardAttempt.objects.filter(provider=provider, key=event.attempt).first()
    if attempt is not None:
        _locked(attempt.booking_id)
    row, is_new = CardEvent.objects.get_or_create(
        provider=provider,
        event_id=event.id,
        defaults={
            "kind": event.kind,
            "attempt": attempt,
            "charge_id": event.payment,
            "amount": event.amount,
            "currency": event.currency,
            "received_at": at,
            "outcome": Outcome.HELD,
            "why": _doubt(event, attempt),
        },
    )
    if is_new and not row.why:
        _record(None, row, at=at)
    return row


def _doubt(event: cards.Event, attempt: CardAttempt | None) -> str:
    """Why a person must look at it; nothing when it is what we asked for."""
    if event.kind != cards.PAID:
        return "The provider tells of something other than a payment."
    if attempt is None:
        return "It belongs to nothing that was begun here."
    if (event.amount, event.currency) != (attempt.amount, "GBP"):
        return f"£{attempt.amount} was asked for, {event.currency} {event.amount} came."
    return ""


@transaction.atomic
def record_held(*, by: User, event: CardEvent, at: dt.datetime) -> CardEvent:
    """Record a held payment with the amount that came. Twice is once. Raises ValidationError."""
    row = CardEvent.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)
    if row.outcome == Outcome.RECORDED:
        return row
    if row.attempt is None or row.kind != cards.PAID or row.currency != "GBP":
        raise ValidationError(
            "This cannot be recorded here: find out what it is for, record it on the booking, and "
            "note that here.",
            code="unknown",
        )
    _record(by, row, at=at)
    return row


@transaction.atomic
def settle(*, by: User, event: CardEvent, why: str, at: dt.datetime) -> CardEvent:
    """Note what was done about a held event. Raises ValidationError."""
    row = CardEvent.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)
    if row.outcome != Outcome.HELD:
        raise ValidationError("This was looked at already.", code="settled")
    row.outcome, row.why, row.settled_by = Outcome.SETTLED, why.strip(), by
    row.full_clean(exclude=["attempt", "payment", "settled_by"], validate_unique=False)
    row.save()
    audit.record(by=by, action="card.settled", on=row, at=at, reason=row.why)
    return row


def _record(by: User | None, row: CardEvent, *, at: dt.datetime) -> None:
    """The payment, once by the provider's own number of it."""
    row.payment = payments.record_payment(
        by=by,
        booking=row.attempt.booking,
        method=Payment.Method.CARD,
        amount=row.amount,
        received_on=clock.in_london(at).date(),
        at=at,
        key=uuid.uuid5(_PAYMENTS, f"{row.provider}:{row.charge_id}"),
        reference=row.charge_id[:60],
        payer=row.attempt.booking.contact_name,
    )
    other = CardEvent.objects.filter(payment=row.payment).exclude(pk=row.pk).exists()
    if other:
        row.payment, row.why = None, "This payment was recorded from another event."
    else:
        row.outcome, row.why = Outcome.RECORDED, ""
    row.save(update_fields=["payment", "outcome", "why"])


def _locked(pk: int) -> Booking:
    return Booking.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
