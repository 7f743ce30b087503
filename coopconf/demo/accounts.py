"""The money of the demo year: an invoice part paid, a cheque that bounced, a refund."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import clock
from events.models import Conference, Deadline
from members.models import User
from registrations.models import Booking, InvoiceSeries, Payment, RefundPeriod, SaleTerms
from registrations.services import invoicing, ledger, payments


def tell(
    conference: Conference, *, society: Booking, visit: Booking, by: User, at: dt.datetime
) -> None:
    """Says how the conference sells, bills the society, and lets money come and go before `at`."""
    _terms(conference)
    day = dt.timedelta(days=1)
    invoicing.issue_invoice(by=by, booking=society, at=at - 7 * day)
    _pay(society, by, "200", Payment.Method.BACS, at - 2 * day, payer=society.organisation.name)
    cheque = _pay(visit, by, "39", Payment.Method.CHEQUE, at - 2 * day, reference="000117")
    yesterday, today = (clock.in_london(when).date() for when in (at - day, at))
    payments.move_cheque(by=by, payment=cheque, to=Payment.State.BANKED, on=yesterday, at=at - day)
    payments.move_cheque(by=by, payment=cheque, to=Payment.State.BOUNCED, on=today, at=at)
    _pay(visit, by, "50", Payment.Method.BACS, at)
    ledger.refund(
        by=by,
        booking=visit,
        amount=Decimal(11),
        method=Payment.Method.BACS,
        paid_to=visit.contact_name,
        reason="Paid too much",
        refunded_on=today,
        at=at,
        key=uuid.uuid4(),
    )


def _terms(conference: Conference) -> None:
    """The party as supplier, no VAT charged; what is kept of a cancellation grows with time."""
    series, _ = InvoiceSeries.objects.get_or_create(prefix="DEMO-")
    SaleTerms.objects.create(
        conference=conference,
        series=series,
        supplier_name="Co-operative Party (demo)",
        supplier_address="1 Example Street\nLondon\nN1 1AA",
        account_name="Co-operative Party (demo)",
        sort_code="00-00-00",
        account_number="00000000",
        cheques_to="Co-operative Party (demo)",
        cheque_address="1 Example Street\nLondon\nN1 1AA",
    )
    kinds = Deadline.Kind
    for position, (kind, percent) in enumerate(((kinds.EARLY_PRICE, 0), (kinds.CHANGES, 50))):
        RefundPeriod.objects.create(
            conference=conference,
            until=conference.deadlines.get(kind=kind),
            percent_kept=percent,
            position=position,
        )


def _pay(
    booking: Booking, by: User, amount: str, method: str, at: dt.datetime, **more: str
) -> Payment:
    facts = {"payer": booking.contact_name, **more}
    return payments.record_payment(
        by=by,
        booking=booking,
        method=method,
        amount=Decimal(amount),
        received_on=clock.in_london(at).date(),
        at=at,
        key=uuid.uuid4(),
        **facts,
    )
