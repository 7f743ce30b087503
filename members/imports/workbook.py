"""Reading an XLSX: what is inside the archive is weighed before it is unpacked.

An XLSX is an archive of XML, so that a small file can unpack to gigabytes, or name entities that
grow without end. Both are refused before the library sees them; then rows are read one by one.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import openpyxl
from django.core.exceptions import ValidationError

from members.imports.cells import MOST_COLUMNS, MOST_ROWS, Cell, Type, tidy

MOST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 200
#: How far below the table somebody may have formatted empty rows.
LAST_ROW = 10 * MOST_ROWS
SAVE_AGAIN = "Open it, save it as .xlsx or as CSV, and upload it again."
_MERGED = re.compile(rb'<mergeCell\s+ref="([A-Z0-9:]{2,40})"')
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
#: What zipfile raises of a broken archive; NotImplementedError: packed in a way it does not know.
DAMAGED = (
    zipfile.BadZipFile,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
    zlib.error,
)


def read(content: bytes) -> tuple[list[tuple[int, list[Cell]]], list[str]]:
    """The rows of the first sheet with their numbers, and what else the file holds.

    Raises ValidationError for a file that is none, that is too large unpacked, or merges cells.
    """
    _weigh(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        try:
            return _first_sheet(book)
        finally:
            book.close()
    except ValidationError:
        raise
    except Exception as error:
        # the library raises whatever it met inside: KeyError, ValueError, ParseError …
        raise ValidationError(
            f"This is not an .xlsx file that can be read. {SAVE_AGAIN}"
        ) from error


def _weigh(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise ValidationError(
                    "Unpacked, this file is far larger than a table of that many rows. Copy the "
                    "table into a new file and upload that."
                )
            if any(part.flag_bits & 1 for part in parts):
                raise ValidationError("The file is locked with a password. Save it without one.")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _look_at(archive.read(part), part.filename)
    except DAMAGED as error:
        raise ValidationError(f"This file is damaged. {SAVE_AGAIN}") from error


def _look_at(xml: bytes, name: str) -> None:
    if _ENTITY.search(xml):
        raise ValidationError(f"This is not an .xlsx file that can be read. {SAVE_AGAIN}")
    merged = _MERGED.search(xml) if "worksheets/" in name else None
    if merged:
        raise ValidationError(
            f"The cells {merged[1].decode()} are merged, so that it is not clear which row they "
            "belong to. Unmerge all cells and upload the file again."
        )


def _first_sheet(book: Any) -> tuple[list[tuple[int, list[Cell]]], list[str]]:
    sheets = book.worksheets
    if not sheets:
        raise ValidationError("The file has no sheet with a table.")
    sheet = sheets[0]
    sheet.reset_dimensions()  # what the file says of its own size is not to be believed
    notes = []
    if len(sheets) > 1:
        left = ", ".join(f"‘{tidy(each.title)}’" for each in sheets[1:6])
        notes.append(f"Only the first sheet, ‘{tidy(sheet.title)}’, was read; not {left}.")
    return list(_rows(sheet)), notes


def _rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        if number > LAST_ROW:
            raise ValidationError(
                f"The sheet goes on below row {LAST_ROW:,}. Delete the rows below the table."
            )
        cells = [_cell(one) for one in row]
        if any(cell.text for cell in cells):
            yield number, cells


def _cell(found: Any) -> Cell:
    value, kind = found.value, getattr(found, "data_type", "n")
    if value is None:
        return Cell()
    if kind == "f" or (isinstance(value, str) and value.lstrip().startswith("=")):
        return Cell(tidy(str(value))[:80] or "=", Type.FORMULA)
    if kind == "e":
        return Cell(tidy(str(value)), Type.ERROR)
    if isinstance(value, dt.datetime):
        return Cell(f"{value:%Y-%m-%d}" if value.year >= 1000 else "?", Type.DATE)
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
        return Cell(str(int(value)) if whole else str(value), Type.NUMBER)
    return Cell(tidy(str(value)))
