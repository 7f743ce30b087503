"""The documents people keep of their money, as tagged PDF: invoice, credit note, receipt, statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

import clock
from events.imprints import imprint_for
from events.models import Conference
from members.models import Organisation
from papers import typesetting
from registrations.account import Account
from registrations.models import Booking, Invoice, InvoiceLine, Payment, SaleTerms
from registrations.statements import Entry, entries

NO_VAT = "No VAT charged"


def invoice(row: Invoice) -> bytes:
    """An invoice or credit note from its own rows alone: the same file whenever it is asked for."""
    is_credit = row.kind == Invoice.Kind.CREDIT_NOTE
    name = "Credit note" if is_credit else "Invoice"
    lines = list(row.lines.order_by("position"))
    has_vat = any(line.vat_rate is not None for line in lines)
    facts = [
        ["Date", _day(clock.in_london(row.issued_at).date())],
        ["Takes back invoice", row.credits.label if is_credit else ""],
        ["Reason", row.reason if is_credit else ""],
        ["Please pay by", "" if is_credit else _day(row.due_on)],
        ["Purchase order", row.purchase_order],
        ["Booking", row.booking.reference],
        ["Conference", row.conference_title],
    ]
    data = {
        "title": f"{name} {row.label}",
        "imprint": row.imprint,
        "reference": row.label,
        "payer": _address(row.payer_name, row.payer_address),
        "supplier": _address(row.supplier_name, row.supplier_address),
        "vat_number": row.vat_number if has_vat else "",
        "facts": facts,
        "has_vat": has_vat,
        "lines": [_line(line) for line in lines],
        "net": pounds(row.net),
        "rates": _rates(lines),
        "gross": pounds(row.gross),
        "total_words": "Credited" if is_credit else "To pay",
        "no_vat": "" if has_vat else NO_VAT,
        "how_to_pay": [] if is_credit else row.how_to_pay,
        "pay_reference": row.booking.reference,
    }
    return typesetting.pdf("registrations/papers/invoice.typ", data)


def receipt(payment: Payment, *, at: dt.datetime) -> bytes:
    """That a payment was received; a cheque only as far as the bank has let it."""
    booking = payment.booking
    waits = payment.state in {Payment.State.RECEIVED, Payment.State.BANKED}
    terms = SaleTerms.objects.filter(conference=booking.conference_id).first()
    data = {
        "title": f"Receipt for {pounds(payment.amount)}",
        "imprint": imprint_for(booking.conference, at),
        "reference": booking.reference,
        "supplier": _address(terms.supplier_name, terms.supplier_address) if terms else "",
        "amount": pounds(payment.amount),
        "words": "Received with thanks, once the bank has cleared the cheque."
        if waits
        else "Received with thanks.",
        "facts": [
            ["From", payment.payer or booking.contact_name],
            ["How", payment.get_method_display()],
            ["Number or reference", payment.reference],
            ["Received on", _day(payment.received_on)],
            ["For booking", booking.reference],
            ["Conference", booking.conference.title],
        ],
    }
    return typesetting.pdf("registrations/papers/receipt.typ", data)


def statement(
    organisation: Organisation,
    conference: Conference,
    bookings: Iterable[Booking],
    *,
    at: dt.datetime,
) -> bytes:
    """A body's account for a conference. `bookings` were fetched `with_money`."""
    bookings = list(bookings)
    terms = SaleTerms.objects.filter(conference=conference).first()
    rows = entries(bookings)
    owing = sum((booking.account_fetched.closing for booking in bookings), Decimal(0))
    data = {
        "title": f"Statement for {organisation.name}",
        "imprint": imprint_for(conference, at),
        "reference": _day(clock.in_london(at).date()),
        "payer": organisation.name,
        "supplier": _address(terms.supplier_name, terms.supplier_address) if terms else "",
        "conference": conference.title,
        "lines": [_entry(row) for row in rows],
        "closing": pounds(abs(owing)),
        "closing_words": _closing_words(owing),
        "how_to_pay": terms.how_to_pay if terms and owing > 0 else [],
        "pay_reference": " or ".join(
            booking.reference for booking in bookings if booking.account_fetched.owing
        ),
    }
    return typesetting.pdf("registrations/papers/statement.typ", data)


def pounds(amount: Decimal) -> str:
    """'£1,045.00', always with its pence: columns of money line up."""
    return f"£{amount:,.2f}" if amount >= 0 else f"−£{-amount:,.2f}"  # noqa: RUF001


def in_words(account: Account) -> str:
    """One sentence on where the account stands."""
    if account.balance > 0:
        return f"{pounds(account.balance)} is still to pay."
    if account.to_give_back:
        return f"{pounds(account.to_give_back)} was paid too much and is owed to the payer."
    return "Everything is paid." if account.paid or account.moved_in else "Nothing is to be paid."


def _closing_words(owing: Decimal) -> str:
    if owing > 0:
        return "Still to pay"
    return "Owed to you" if owing < 0 else "Everything is paid"


def _line(line: InvoiceLine) -> dict[str, object]:
    return {
        "description": line.description,
        "quantity": line.quantity,
        "price": pounds(line.price),
        "net": pounds(line.net),
        "rate": _rate(line.vat_rate),
        "vat": pounds(line.vat),
        "gross": pounds(line.gross),
    }


def _rates(lines: Iterable[InvoiceLine]) -> list[list[str]]:
    """Each rate with its VAT, for the sums below the lines; what bears none says so."""
    sums: dict[Decimal | None, Decimal] = {}
    for line in lines:
        sums[line.vat_rate] = sums.get(line.vat_rate, Decimal(0)) + line.vat
    rated = {rate: tax for rate, tax in sums.items() if rate is not None}
    return [[f"VAT at {_rate(rate)}", pounds(rated[rate])] for rate in sorted(rated, reverse=True)]


def _rate(rate: Decimal | None) -> str:
    return "none" if rate is None else f"{rate.normalize():f}%"


def _entry(row: Entry) -> dict[str, str]:
    return {
        "day": f"{row.on:%-d %b %Y}",
        "booking": row.booking,
        "words": row.words,
        "charged": pounds(row.amount) if row.amount > 0 else "",
        "paid": pounds(-row.amount) if row.amount < 0 else "",
        "balance": pounds(row.balance),
    }


def _address(name: str, address: str) -> str:
    return "\n".join(filter(None, (name, address)))


def _day(day: dt.date) -> str:
    return f"{day:%-d %B %Y}"
