"""From an uploaded file to a table: CSV or XLSX, its size known before anything is parsed.

Whatever is wrong with the file as a whole is a ValidationError with a sentence that says what to do;
what is wrong with one cell stays with its cell and is told beside its row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from members.imports import workbook
from members.imports.cells import LONGEST, MOST_COLUMNS, MOST_ROWS, Cell, Table, typed

LARGEST = 2 * 1024 * 1024
XLSX = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
AS_UTF_8 = "Save it as ‘CSV UTF-8’ or as .xlsx and upload it again."


def read(content: bytes) -> Table:
    """The table of a file; what it is called says nothing, what it begins with does.

    Raises ValidationError.
    """
    if len(content) > LARGEST:
        raise ValidationError("The file is larger than 2 MB. Split it, or save it as CSV.")
    if content.startswith(OLD_EXCEL):
        raise ValidationError("This is an old or a locked Excel file. Save it as .xlsx or as CSV.")
    if content.startswith(XLSX):
        rows, notes = workbook.read(content)
    else:
        rows, notes = _commas(content)
    return _table(rows, notes)


def _table(rows: Iterable[tuple[int, list[Cell]]], notes: list[str]) -> Table:
    filled = [(number, row) for number, row in rows if any(cell.text for cell in row)]
    if not filled:
        raise ValidationError("The file is empty.")
    heads = [cell.text for cell in filled[0][1]]
    while heads and not heads[-1]:
        heads.pop()
    if len(heads) > MOST_COLUMNS:
        raise ValidationError(f"The table has more than {MOST_COLUMNS} columns. Leave some out.")
    if len(filled) == 1:
        raise ValidationError("The file has headings but no rows below them.")
    if len(filled) > MOST_ROWS + 1:
        raise ValidationError(f"The table has more than {MOST_ROWS:,} rows. Split the file.")
    width = len(heads)
    for number, row in filled[1:]:
        if any(cell.text for cell in row[width:]):
            raise ValidationError(
                f"Row {number} goes on to the right of the last heading. Give every column a "
                "heading, or put text with a comma in quotation marks."
            )
        if any(len(cell.text) > LONGEST for cell in row):
            raise ValidationError(f"Row {number} has a cell of more than {LONGEST:,} characters.")
    padded = (
        (number, tuple(row[:width]) + (Cell(),) * (width - len(row))) for number, row in filled[1:]
    )
    return Table(tuple(heads), tuple(padded), tuple(notes))


def _commas(content: bytes) -> tuple[list[tuple[int, list[Cell]]], list[str]]:
    text, notes = _decoded(content)
    if "\x00" in text:
        raise ValidationError("This is not a table of text. Upload a CSV or an .xlsx file.")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for row in reader:
            rows.append((len(rows) + 1, [typed(cell) for cell in row]))
            if len(rows) > 10 * MOST_ROWS:
                raise ValidationError(f"The table has more than {MOST_ROWS:,} rows. Split it.")
    except csv.Error as error:
        raise ValidationError(
            f"Line {reader.line_num} cannot be read as CSV ({error}): most often a quotation mark "
            "that is not closed. Save the table as .xlsx or mend the line."
        ) from error
    return rows, notes


def _decoded(content: bytes) -> tuple[str, list[str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        guesses = ["utf-16"]
    else:
        guesses = ["utf-8-sig", "cp1252"]
    for guess in guesses:
        try:
            text = content.decode(guess)
        except UnicodeDecodeError:
            continue
        if guess != "cp1252":
            return text, []
        note = "The file is not in UTF-8 and was read as Windows text: look at the accents below. "
        return text, [note + "If they are wrong: " + AS_UTF_8[0].lower() + AS_UTF_8[1:]]
    raise ValidationError(f"The letters of this file cannot be read. {AS_UTF_8}")
