"""The sections `terms` and `refunds`: who sells, how and when people pay, what is kept.

The series of invoices is named by its prefix and made when there is none. A refund period ends with
a deadline of the file; after the last one everything is kept.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from events.files.node import Node
from events.models import Conference
from registrations.files.fields import deadline, deadlines_of, filled, is_sound, key
from registrations.models import InvoiceSeries, RefundPeriod, SaleTerms

TERMS = {
    "supplier": "supplier_name",
    "address": "supplier_address",
    "vat_number": "vat_number",
    "vat_rounding": "vat_rounding",
    "days_to_pay": "days_to_pay",
}
BANK = {"name": "account_name", "sort_code": "sort_code", "number": "account_number"}
CHEQUES = {"to": "cheques_to", "address": "cheque_address"}
MOST_DAYS = 365


def load_terms(conference: Conference, node: Node) -> bool:
    """Make the terms of sale those of the section; says whether anything changed."""
    node.only("invoices", *TERMS, "bank", "cheques")
    for field in ("invoices", "supplier", "address"):
        node.require(field)
    wanted = {
        **_texts(node, {name: TERMS[name] for name in ("supplier", "address", "vat_number")}),
        "vat_rounding": node.choice("vat_rounding", SaleTerms.VatRounding, "line"),
        "days_to_pay": _days(node),
        **_part(node, "bank", BANK, whole=True),
        **_part(node, "cheques", CHEQUES, whole=False),
    }
    prefix = node.text("invoices", longest=20)
    if node.problems:
        return False
    row = SaleTerms.objects.select_related("series").filter(conference=conference).first()
    present = row and {name: getattr(row, name) for name in wanted}
    if row is not None and present == wanted and row.series.prefix == prefix:
        return False
    row = row or SaleTerms(conference=conference)
    series = InvoiceSeries.objects.filter(prefix=prefix).first() or InvoiceSeries(prefix=prefix)
    if not is_sound(series, node):
        return False
    series.save()
    row.series = series
    for name, value in wanted.items():
        setattr(row, name, value)
    if is_sound(row, node, exclude=("conference", "series")):
        row.save()
    return True


def _texts(node: Node, fields: dict[str, str]) -> dict[str, str]:
    lengths = {name: SaleTerms._meta.get_field(name).max_length for name in fields.values()}
    return {
        attribute: node.text(name, longest=lengths[attribute]) for name, attribute in fields.items()
    }


def _part(node: Node, name: str, fields: dict[str, str], *, whole: bool) -> dict[str, str]:
    """A way to pay; of a bank account nothing may be missing, of cheques the address may."""
    child = node.child(name)
    if child is None:
        return dict.fromkeys(fields.values(), "")
    child.only(*fields)
    for field in fields if whole else list(fields)[:1]:
        child.require(field)
    return _texts(child, fields)


def _days(node: Node) -> int:
    days = node.whole("days_to_pay")
    if days is not None and days > MOST_DAYS:
        node.problem(f"Give at most {MOST_DAYS} days to pay.", "days_to_pay")
        return MOST_DAYS
    return SaleTerms._meta.get_field("days_to_pay").default if days is None else days


def dump_terms(conference: Conference) -> dict[str, Any] | None:
    """The terms as the section would say them."""
    row = SaleTerms.objects.select_related("series").filter(conference=conference).first()
    if row is None:
        return None
    return filled(
        invoices=row.series.prefix,
        **_said(row, TERMS),
        bank=_said(row, BANK) or None,
        cheques=_said(row, CHEQUES) or None,
    )


def _said(row: SaleTerms, fields: dict[str, str]) -> dict[str, Any]:
    found = {name: getattr(row, attribute) for name, attribute in fields.items()}
    tidied = {
        name: value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
        for name, value in found.items()
    }
    return {name: value for name, value in tidied.items() if value != ""}


def load_refunds(conference: Conference, node: Node) -> bool:
    """Make the refund periods those of the section, in its order; says whether anything changed."""
    deadlines = deadlines_of(conference)
    wanted: list[RefundPeriod] = []
    for position, item in enumerate(node.elements()):
        item.only("until", "percent_kept")
        item.require("until")
        item.require("percent_kept")
        until, kept = deadline(item, "until", deadlines), item.percent("percent_kept")
        if until is None or kept is None:
            continue
        if until.pk in {row.until_id for row in wanted}:
            item.problem("Two periods end with this deadline.", "until")
        if _is_before(until.closing, [row.until.closing for row in wanted]):
            item.problem("Put the periods in the order in which their deadlines close.", "until")
        wanted.append(
            RefundPeriod(conference=conference, until=until, percent_kept=kept, position=position)
        )
    rows = list(RefundPeriod.objects.filter(conference=conference).order_by("position", "pk"))
    if node.problems or [_period(row) for row in rows] == [_period(row) for row in wanted]:
        return False
    RefundPeriod.objects.filter(conference=conference).delete()
    for row in wanted:
        row.save()
    return True


def _is_before(closing: Any, earlier: list[Any]) -> bool:
    known = [each for each in earlier if each is not None]
    return closing is not None and bool(known) and closing < max(known)


def _period(row: RefundPeriod) -> tuple[int, Decimal]:
    return row.until_id, row.percent_kept


def dump_refunds(conference: Conference) -> list[dict[str, Any]] | None:
    """The refund periods as the section would say them."""
    rows = conference.refund_periods.select_related("until").order_by("position", "pk")
    return [{"until": key(row.until), "percent_kept": row.percent_kept} for row in rows] or None
