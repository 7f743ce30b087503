"""An account in the order in which it happened: each charge, payment and refund with the balance.

It ends with what the accounts of the bookings close with: where more was written off than is charged
in the end, a last entry takes the rest of the write-off back, for nobody paid it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import clock
from registrations.models import Booking, Line, Payment


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement: above nought is charged, below nought is paid. `balance` is what is owed then."""

    on: dt.date
    booking: str
    words: str
    amount: Decimal
    balance: Decimal = Decimal(0)


def entries(bookings: Iterable[Booking]) -> list[Entry]:
    """The movements of these bookings, fetched `with_money`, by day with the balance after each."""
    found = sorted(
        (entry for booking in bookings for entry in _with_closing(booking)),
        key=lambda entry: entry.on,
    )
    balance = Decimal(0)
    rows = []
    for entry in found:
        balance += entry.amount
        rows.append(replace(entry, balance=balance))
    return rows


def _of(booking: Booking) -> Iterator[Entry]:
    for line in booking.lines.filter(priced_at__isnull=False).order_by("pk"):
        yield from _charges(booking, line)
    for payment in booking.payments.order_by("pk"):
        yield from _payments(booking, payment)
    for refund in booking.refunds.order_by("pk"):
        words = f"Refunded to {refund.paid_to}"
        yield Entry(refund.refunded_on, booking.reference, words, refund.amount)
    for row in booking.write_offs.order_by("pk"):
        yield Entry(_day(row.recorded_at), booking.reference, "Written off", -row.amount)
    for move in booking.credit_in.select_related("source").order_by("pk"):
        words = f"Credit from {move.source.reference}"
        yield Entry(_day(move.recorded_at), booking.reference, words, -move.amount)
    for move in booking.credit_out.select_related("target").order_by("pk"):
        words = f"Credit to {move.target.reference}"
        yield Entry(_day(move.recorded_at), booking.reference, words, move.amount)


def _with_closing(booking: Booking) -> list[Entry]:
    found = sorted(_of(booking), key=lambda entry: entry.on)
    account = booking.account_fetched
    if account.closing != account.balance:
        unused = account.closing - account.balance
        words = "Written off, but no longer charged"
        found.append(Entry(found[-1].on, booking.reference, words, unused))
    return found


def _charges(booking: Booking, line: Line) -> Iterator[Entry]:
    if not line.amount:
        return
    what = f"{line.description} ({line.band})" if line.use_id else line.description
    yield Entry(_day(line.priced_at), booking.reference, what, line.amount)
    if line.cancelled_at is not None:
        kept = f", £{line.kept:.2f} kept" if line.kept > 0 else ""
        words = f"{line.description} cancelled{kept}"
        yield Entry(_day(line.cancelled_at), booking.reference, words, line.kept - line.amount)


def _payments(booking: Booking, payment: Payment) -> Iterator[Entry]:
    how = payment.get_method_display()
    words = f"{how[:1].upper()}{how[1:]}{f', {payment.payer}' if payment.payer else ''}"
    yield Entry(payment.received_on, booking.reference, words, -payment.amount)
    if payment.state == Payment.State.BOUNCED:
        words = "Cheque returned by the bank"
        yield Entry(payment.state_on, booking.reference, words, payment.amount)


def _day(at: dt.datetime) -> dt.date:
    return clock.in_london(at).date()
