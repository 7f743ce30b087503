"""Real rows for the tests of money: sale settings, payments, keys."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from registrations.models import (
    Booking,
    Invoice,
    InvoiceLine,
    InvoiceSeries,
    Payment,
    Refund,
    RefundPeriod,
    SaleTerms,
    WriteOff,
)
from registrations.services import ledger, payments
from tests.registrations import build

DAY = dt.date(2016, 7, 20)


def terms(conference, prefix: str = "CONF-", **fields) -> SaleTerms:
    series, _ = InvoiceSeries.objects.get_or_create(prefix=prefix)
    facts = {
        "supplier_name": "The Co-operative Party",
        "supplier_address": "1 High Street\nLondon\nN1 1AA",
        "account_name": "Co-operative Party",
        "sort_code": "08-92-99",
        "account_number": "12345678",
        "cheques_to": "The Co-operative Party",
        "cheque_address": "1 High Street\nLondon\nN1 1AA",
    }
    return SaleTerms.objects.create(conference=conference, series=series, **{**facts, **fields})


def periods(conference, *kept: tuple[str, str]) -> None:
    """Refund periods: (kind of the deadline, per cent kept) in order."""
    for position, (kind, percent) in enumerate(kept):
        RefundPeriod.objects.create(
            conference=conference,
            until=conference.deadlines.get(kind=kind),
            percent_kept=Decimal(percent),
            position=position,
        )


def pay(booking: Booking, by, amount: str, method: str = "bacs", **fields) -> Payment:
    facts = {"received_on": DAY, "at": build.LATE, "key": uuid.uuid4()}
    return payments.record_payment(
        by=by, booking=booking, method=method, amount=Decimal(amount), **{**facts, **fields}
    )


def write_off(booking: Booking, by, amount: str) -> WriteOff:
    return ledger.write_off(
        by=by,
        booking=booking,
        amount=Decimal(amount),
        reason="Too small to ask for",
        at=build.LATE,
        key=uuid.uuid4(),
    )


def plain_invoice(booking: Booking, by) -> Invoice:
    """An invoice as its rows stand, without the services: for worlds that need one of everything."""
    made = Invoice.objects.create(
        series=terms(booking.conference, vat_number="GB 123 4567 89").series,
        number=1,
        label="CONF-00001",
        kind=Invoice.Kind.INVOICE,
        booking=booking,
        issued_at=build.EARLY,
        issued_by=by,
        due_on=DAY,
        supplier_name="The Co-operative Party",
        supplier_address="1 High Street",
        vat_rounding="line",
        payer_name="Cardiff",
        payer_address="2 High Street",
        conference_title="Annual Conference 2016",
        how_to_pay=[["By cheque", "made out to The Co-operative Party"]],
        vat_number="GB 123 4567 89",
        purchase_order="PO 17",
        reason="A change",
        imprint="Promoted by A. Person, 1 High Street",
        net=Decimal(20),
        vat=Decimal(0),
        gross=Decimal(20),
    )
    InvoiceLine.objects.create(
        invoice=made,
        position=1,
        description="Visitor pass",
        nominal_code="4000",
        quantity=1,
        price=Decimal(20),
        net=Decimal(20),
        vat=Decimal(0),
        gross=Decimal(20),
    )
    Refund.objects.create(
        booking=booking,
        amount=Decimal(1),
        method=Payment.Method.BACS,
        paid_to="Meg",
        reason="Paid twice",
        refunded_on=DAY,
        recorded_by=by,
        recorded_at=build.EARLY,
        idempotency_key=uuid.uuid4(),
    )
    WriteOff.objects.create(
        booking=booking,
        amount=Decimal(1),
        reason="Too small",
        recorded_by=by,
        recorded_at=build.EARLY,
        idempotency_key=uuid.uuid4(),
    )
    return made
