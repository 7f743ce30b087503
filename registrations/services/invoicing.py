"""Invoices and credit notes: the next number under the lock of its series, and never a change.

Whatever is charged and stands on no invoice goes on the next one. When something that was billed is
cancelled its whole invoice is credited, and what is still charged is billed again; what is added
later is billed on a further invoice, the first one stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

import clock
from events.imprints import imprint_for
from members import audit
from members.models import User
from registrations import emails, vat
from registrations.models import Booking, Invoice, InvoiceLine, InvoiceSeries, Line, SaleTerms
from registrations.services import links

# What a credit note has in common with the invoice that it mirrors.
MIRRORED = (
    "supplier_name",
    "supplier_address",
    "vat_number",
    "vat_rounding",
    "payer_name",
    "payer_address",
    "purchase_order",
    "conference_title",
    "how_to_pay",
    "imprint",
    "net",
    "vat",
    "gross",
)
MIRRORED_LINE = (
    "position",
    "description",
    "nominal_code",
    "quantity",
    "price",
    "vat_rate",
    "net",
    "vat",
    "gross",
)


@dataclass(frozen=True, slots=True)
class Payer:
    """Who is billed, and under which number of theirs."""

    name: str
    address: str = ""
    purchase_order: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line to be: so many equal charges of a booking."""

    description: str
    nominal_code: str
    price: Decimal
    rate: Decimal | None


@transaction.atomic
def issue_invoice(*, by: User, booking: Booking, at: dt.datetime) -> Invoice:
    """Bill what stands on no invoice yet, with the terms of the conference as they are now.

    Raises ValidationError: draft, no_terms, no_vat_number, nothing.
    """
    booking = _locked(booking)
    lines = unbilled(booking)
    if not lines:
        raise ValidationError("Everything that is charged stands on an invoice.", code="nothing")
    return _issue(by, booking, lines, payer_of(booking), at=at)


@transaction.atomic
def credit_invoice(*, by: User, invoice: Invoice, reason: str, at: dt.datetime) -> Invoice:
    """Take an invoice back by a credit note that mirrors it; its lines can be billed again.

    Crediting twice is once. Raises ValidationError.
    """
    booking = _locked(invoice.booking)
    return _credit(by, booking, invoice, reason, at=at)


@transaction.atomic
def change_payer(
    *, by: User, invoice: Invoice, payer: Payer, reason: str, at: dt.datetime
) -> Invoice:
    """Bill somebody else instead: a credit note, and a new invoice for what is still charged.

    Raises ValidationError: credited, nothing.
    """
    booking = _locked(invoice.booking)
    if Invoice.objects.filter(credits=invoice).exists():
        raise ValidationError("This invoice was credited already.", code="credited")
    lines = list(Line.objects.filter(invoice_line__invoice=invoice).order_by("pk"))
    _credit(by, booking, invoice, reason, at=at)
    charged = [line for line in lines if line.net_charge]
    if not charged:
        raise ValidationError("Nothing on this invoice is charged any more.", code="nothing")
    return _issue(by, booking, charged, payer, at=at)


@transaction.atomic
def settle(*, by: User, booking: Booking, at: dt.datetime) -> list[Invoice]:
    """Bring the invoices into step with what is charged; the documents made, in order.

    Each invoice on which something has changed is credited and what is left of it billed again, to
    the same payer; what is new is billed on an invoice of its own. Nothing to do is nothing done.
    """
    booking = _locked(booking)
    made: list[Invoice] = []
    fresh = unbilled(booking)
    for invoice in outdated(booking):
        lines = list(Line.objects.filter(invoice_line__invoice=invoice).order_by("pk"))
        made.append(_credit(by, booking, invoice, "What it was for has changed.", at=at))
        left = [line for line in lines if line.net_charge]
        if left:
            payer = Payer(invoice.payer_name, invoice.payer_address, invoice.purchase_order)
            made.append(_issue(by, booking, left, payer, at=at))
    if fresh:
        made.append(_issue(by, booking, fresh, payer_of(booking), at=at))
    return made


def unbilled(booking: Booking) -> list[Line]:
    """What is charged and stands on no invoice."""
    rows = booking.lines.unbilled().select_related("pass_type", "extra", "place")
    rows = rows.prefetch_related("reductions")
    return list(rows.order_by("place__position", "pk"))


def outdated(booking: Booking) -> list[Invoice]:
    """Standing invoices with something on them that is cancelled since, oldest first."""
    billed = booking.lines.filter(invoice_line__isnull=False).select_related("invoice_line")
    changed = {
        line.invoice_line.invoice_id
        for line in billed.prefetch_related("reductions")
        if line.net_charge != line.invoice_line.price
    }
    return list(booking.invoices.filter(pk__in=changed).order_by("pk"))


@transaction.atomic
def send(*, by: User, invoice: Invoice, at: dt.datetime) -> None:
    """Mail the booking's contact that the document waits on the booking's page; again when asked."""
    booking = _locked(invoice.booking)
    if not booking.contact_email:
        raise ValidationError("There is no e-mail address: please post it.", code="no_address")
    _send(booking, invoice, at=at)
    _record(by, invoice, "sent", at=at)


def _locked(booking: Booking) -> Booking:
    row = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("conference", "organisation")
        .get(pk=booking.pk)
    )
    if row.state == Booking.State.DRAFT:
        raise ValidationError("This booking has not been made yet.", code="draft")
    return row


def payer_of(booking: Booking) -> Payer:
    """Whom the booking says to bill; its address without the name when that comes first."""
    name = booking.organisation.name if booking.organisation else booking.contact_name
    address = booking.bill_to.strip()
    first, _, rest = address.partition("\n")
    if first.strip().casefold() == name.casefold():
        address = rest.strip()
    return Payer(name or booking.contact_email, address, booking.purchase_order)


def _issue(
    by: User, booking: Booking, lines: Sequence[Line], payer: Payer, *, at: dt.datetime
) -> Invoice:
    terms = _terms(booking)
    rows = _rows(lines)
    priced = [vat.Sold(row.price, len(of), row.rate) for row, of in rows.items()]
    splits = vat.splits(priced, vat.Rounding(terms.vat_rounding))
    if any(row.rate is not None for row in rows) and not terms.vat_number:
        raise ValidationError(
            "What is sold has a VAT rate, but the sale settings have no VAT number.",
            code="no_vat_number",
        )
    invoice = _number(_drawn_up(by, booking, terms, payer, splits, at=at), terms.series_id)
    for position, ((row, of), split) in enumerate(zip(rows.items(), splits, strict=True), 1):
        made = InvoiceLine.objects.create(
            invoice=invoice,
            position=position,
            description=row.description,
            nominal_code=row.nominal_code,
            quantity=len(of),
            price=row.price,
            vat_rate=row.rate,
            net=split.net,
            vat=split.vat,
            gross=split.gross,
        )
        Line.objects.filter(pk__in=[line.pk for line in of]).update(invoice_line=made)
    _record(by, invoice, "issued", at=at)
    _send(booking, invoice, at=at)
    return invoice


def _drawn_up(
    by: User,
    booking: Booking,
    terms: SaleTerms,
    payer: Payer,
    splits: Sequence[vat.Split],
    *,
    at: dt.datetime,
) -> Invoice:
    """An invoice without its number, with every word that it needs copied in."""
    own = payer_of(booking)
    return Invoice(
        kind=Invoice.Kind.INVOICE,
        booking=booking,
        issued_at=at,
        issued_by=by,
        due_on=clock.in_london(at).date() + dt.timedelta(days=terms.days_to_pay),
        supplier_name=terms.supplier_name,
        supplier_address=terms.supplier_address,
        vat_number=terms.vat_number,
        vat_rounding=terms.vat_rounding,
        payer_name=payer.name,
        payer_address=payer.address,
        purchase_order=payer.purchase_order,
        conference_title=booking.conference.title,
        # another payer than the body has no grant of ours
        how_to_pay=terms.ways_for(booking) if payer == own else terms.how_to_pay,
        imprint=imprint_for(booking.conference, at),
        net=sum((split.net for split in splits), Decimal(0)),
        vat=sum((split.vat for split in splits), Decimal(0)),
        gross=sum((split.gross for split in splits), Decimal(0)),
    )


def _terms(booking: Booking) -> SaleTerms:
    terms = SaleTerms.objects.filter(conference=booking.conference_id).first()
    if terms is None:
        raise ValidationError(
            f"{booking.conference} has no sale settings yet: say first who the supplier is.",
            code="no_terms",
        )
    return terms


def _rows(lines: Iterable[Line]) -> dict[_Row, list[Line]]:
    """Equal charges together, in the order in which the first of them stands.

    A reduction is taken off the price that it reduces: the tax is due on what is paid.
    """
    rows: dict[_Row, list[Line]] = {}
    for line in lines:
        item = line.pass_type or line.extra
        words = f"{line.description}, {line.band}"
        if line.cancelled_at is not None:
            words = f"Kept of what was cancelled: {words}"
        if line.net_charge != line.charge:
            words = f"{words}, less a reduction of £{line.charge - line.net_charge:.2f}"
        row = _Row(words, item.nominal_code, line.net_charge, item.vat_rate)
        rows.setdefault(row, []).append(line)
    return rows


def _number(invoice: Invoice, series_id: int) -> Invoice:
    """Give the next number and save. The lock holds until the end of the transaction, and a
    transaction that fails gives its number back: none is missing, none is given twice."""
    series = InvoiceSeries.objects.select_for_update().get(pk=series_id)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    invoice.series, invoice.number = series, series.last_number
    invoice.label = f"{series.prefix}{series.last_number:05d}"
    invoice.full_clean(validate_unique=False)
    invoice.save(force_insert=True)
    return invoice


def _credit(
    by: User, booking: Booking, invoice: Invoice, reason: str, *, at: dt.datetime
) -> Invoice:
    already = Invoice.objects.filter(credits=invoice).first()
    if already is not None:
        return already
    if invoice.kind != Invoice.Kind.INVOICE:
        raise ValidationError("Only an invoice can be credited.", code="kind")
    note = _number(
        Invoice(
            kind=Invoice.Kind.CREDIT_NOTE,
            booking=booking,
            credits=invoice,
            reason=reason.strip(),
            issued_at=at,
            issued_by=by,
            due_on=clock.in_london(at).date(),
            **{name: getattr(invoice, name) for name in MIRRORED},
        ),
        invoice.series_id,
    )
    InvoiceLine.objects.bulk_create(
        InvoiceLine(invoice=note, **{name: getattr(line, name) for name in MIRRORED_LINE})
        for line in invoice.lines.all()
    )
    Line.objects.filter(invoice_line__invoice=invoice).update(invoice_line=None)
    _record(by, note, "issued", at=at, reason=reason)
    _send(booking, note, at=at)
    return note


def _send(booking: Booking, invoice: Invoice, *, at: dt.datetime) -> None:
    if booking.contact_email:
        emails.invoice(booking, invoice, token=links.issue(booking=booking, at=at), at=at)


def _record(by: User, invoice: Invoice, verb: str, *, at: dt.datetime, reason: str = "") -> None:
    audit.record(
        by=by,
        action=f"{invoice.kind}.{verb}",
        on=invoice,
        organisation=invoice.booking.organisation,
        at=at,
        after={"booking": invoice.booking.reference, "gross": str(invoice.gross)},
        reason=reason,
    )
