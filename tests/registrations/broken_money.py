"""Rows of money that the database refuses, by the name of the constraint; see test_constraints."""

from __future__ import annotations

import uuid
from decimal import Decimal

from registrations.models import (
    CreditMove,
    Invoice,
    InvoiceLine,
    InvoiceSeries,
    Line,
    Refund,
    RefundPeriod,
    SaleTerms,
    WriteOff,
)
from tests.registrations import build

AT = build.EARLY
TWO, ONE = Decimal(2), Decimal(1)


def _series() -> InvoiceSeries:
    return InvoiceSeries.objects.get_or_create(prefix="T-")[0]


def _invoice(world, **fields):
    facts = {
        "series": _series(),
        "number": 1,
        "label": uuid.uuid4().hex,
        "kind": "invoice",
        "booking": world["booking"],
        "issued_at": AT,
        "due_on": AT.date(),
        "supplier_name": "P",
        "supplier_address": "1 Street",
        "vat_rounding": "line",
        "payer_name": "A",
        "conference_title": "C",
        "net": TWO,
        "vat": Decimal(0),
        "gross": TWO,
    }
    return Invoice(**{**facts, **fields})


def _saved(row):
    row.save()
    return row


def _line(world, **fields):
    facts = {"position": 1, "description": "x", "quantity": 1, "price": TWO}
    sums = {"net": TWO, "vat": Decimal(0), "gross": TWO}
    invoice = fields.pop("invoice", None) or _saved(_invoice(world))
    return InvoiceLine(**{"invoice": invoice, **facts, **sums, **fields})


def _second_line(world):
    invoice = _saved(_invoice(world))
    _line(world, invoice=invoice).save()
    return _line(world, invoice=invoice)


def _recorded(world, model, **fields):
    facts = {"amount": ONE, "recorded_by": world["user"], "recorded_at": AT}
    return model(**{**facts, "idempotency_key": uuid.uuid4(), **fields})


def _refund(world, **fields):
    facts = {"method": "bacs", "paid_to": "A", "reason": "x", "refunded_on": AT.date()}
    return _recorded(world, Refund, **{"booking": world["booking"], **facts, **fields})


def _period(world, **fields):
    facts = {"conference": world["year"], "until": world["door"], "percent_kept": ONE}
    return RefundPeriod(**{**facts, **fields})


def _kept(world):
    return Line(
        booking=world["booking"],
        place=world["place"],
        pass_type=world["visitor"],
        description="x",
        band="b",
        amount=ONE,
        priced_at=AT,
        cancelled_at=AT,
        kept=TWO,
    )


def _rated(item, code):
    item.pk, item.code, item.vat_rate = None, code, Decimal(101)
    return item


def _gift(item):
    item.pk, item.code, item.cost = None, "other", Decimal(-1)
    return item


BROKEN_MONEY = {
    "registrations_extra_cost_not_negative": lambda w: _gift(w["dinner"]),
    "registrations_passtype_vat_rate": lambda w: _rated(w["visitor"], "other"),
    "registrations_extra_vat_rate": lambda w: _rated(w["dinner"], "other"),
    "registrations_line_keeps_part_of_its_price": _kept,
    "registrations_terms_bank_account_whole": lambda w: SaleTerms(
        conference=w["year"],
        series=_series(),
        supplier_name="P",
        supplier_address="1 Street",
        sort_code="00-00-00",
    ),
    "registrations_refund_once_until": lambda w: (_period(w).save(), _period(w))[1],
    "registrations_refund_percent": lambda w: _period(w, percent_kept=Decimal(101)),
    "registrations_invoice_number_once": lambda w: (_invoice(w).save(), _invoice(w))[1],
    "registrations_credit_note_of_an_invoice": lambda w: _invoice(w, kind="credit_note"),
    "registrations_invoice_adds_up": lambda w: _invoice(w, net=ONE),
    "registrations_invoice_vat_with_a_number": lambda w: _invoice(w, net=ONE, vat=ONE),
    "registrations_invoice_line_position_once": _second_line,
    "registrations_invoice_line_adds_up": lambda w: _line(w, net=ONE),
    "registrations_invoice_line_price_times_quantity": lambda w: _line(w, quantity=2),
    "registrations_invoice_line_no_rate_no_vat": lambda w: _line(w, net=ONE, vat=ONE),
    "registrations_refund_is_something": lambda w: _refund(w, amount=Decimal(0)),
    "registrations_refund_says_to_whom_and_why": lambda w: _refund(w, reason=""),
    "registrations_write_off_something_for_a_reason": lambda w: _recorded(
        w, WriteOff, booking=w["booking"], reason=""
    ),
    "registrations_credit_moves_something_elsewhere": lambda w: _recorded(
        w, CreditMove, source=w["booking"], target=w["booking"]
    ),
}
