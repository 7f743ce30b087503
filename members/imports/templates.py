"""Empty tables to fill in, whose columns a spreadsheet leaves as they are typed."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from django.http import HttpResponse

from members.exports import csv_response
from members.imports.columns import Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_OF_TEXT = 2000


def as_csv(name: str, columns: Sequence[Column]) -> HttpResponse:
    """Headings and one example row."""
    return csv_response(name, [each.head for each in columns], [[each.example for each in columns]])


def as_xlsx(name: str, columns: Sequence[Column]) -> HttpResponse:
    """The same as a workbook: every cell is text, so that no leading nought gets lost."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name[:31])
        words = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        sheet.set_column(0, len(columns) - 1, 20, words)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.head, bold)
            sheet.write_string(1, place, column.example, words)
        sheet.freeze_panes(1, 0)
    answer = HttpResponse(written.getvalue(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
