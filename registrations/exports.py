"""Spreadsheets that cannot attack who opens them: every cell is text or a number, never a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse

import clock
from registrations.models import Booking, Interest, Place

Cell = str | int | Decimal | dt.datetime | None

# Characters with which a spreadsheet starts a formula, also after it has dropped white space.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")  # noqa: RUF001


def harmless(value: Cell) -> str | int | Decimal:
    """The cell as text or number; text that a spreadsheet could run gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{clock.in_london(value):%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal | int):
        return value
    text = "".join(c for c in value if c in "\n\t" or c.isprintable())
    return f"'{text}" if text.lstrip().startswith(_DANGEROUS) or text[:1] in _DANGEROUS else text


def as_csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """A CSV file in UTF-8 with a mark, so that Excel reads names rightly."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer, quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return answer


def as_xlsx(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """An XLSX file whose cells are strings and numbers."""
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(map(harmless, row)):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                else:
                    sheet.write_number(number, column, cell)
        sheet.autofit()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(written.getvalue(), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


PLACE_HEADS = (
    "Reference",
    "Conference",
    "Body",
    "Contact",
    "Contact's e-mail",
    "State",
    "Booked (UK time)",
    "Came",
    "Name",
    "E-mail",
    "Pass",
    "Lines",
    "Bands",
    "Price of the place",
    "Purchase order",
    "Booking total",
    "Booking paid",
    "Booking owing",
    "Let in late because",
)


def place_rows(bookings: Iterable[Booking]) -> Iterable[list[Cell]]:
    """A row a place, of bookings fetched `with_money`. Never needs: they have a list of their own."""
    for booking in bookings:
        for place in booking.places.all():
            if place.cancelled_at is None or booking.state == Booking.State.CANCELLED:
                yield _place_row(booking, place)


def _place_row(booking: Booking, place: Place) -> list[Cell]:
    lines = [line for line in place.lines.all() if line.cancelled_at is None]
    return [
        booking.reference,
        booking.conference.title,
        booking.organisation.name if booking.organisation else "",
        booking.contact_name,
        booking.contact_email,
        booking.get_state_display(),
        booking.submitted_at,
        booking.get_channel_display(),
        place.name,
        place.email,
        place.pass_type.name,
        ", ".join(line.description for line in lines),
        ", ".join(line.band for line in lines),
        sum((line.amount or Decimal(0) for line in lines), Decimal(0)),
        booking.purchase_order,
        Decimal(booking.due),
        Decimal(booking.paid),
        Decimal(booking.owing),
        booking.override_reason,
    ]


INTEREST_HEADS = ("Conference", "Name", "E-mail", "Region", "Member", "Confirmed (UK time)")


def interest_rows(rows: Iterable[Interest]) -> Iterable[list[Cell]]:
    """A row a person."""
    for row in rows:
        region = row.region.name if row.region else ""
        member = "yes" if row.is_member else "no"
        yield [row.conference.title, row.name, row.email, region, member, row.confirmed_at]
