"""Uploaded tables: what is in them is read as it stands; whatever is hostile gets a sentence."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from members.imports import columns, reading
from members.imports.cells import Cell, Type
from tests.members.tables import book, commas, saved

COLUMNS = (
    columns.Column("number", "number", columns.text(30), "", is_needed=True),
    columns.Column("joined", "joined", columns.date, ""),
    columns.Column("places", "places", columns.whole(20), ""),
)


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        reading.read(content)
    return caught.value.messages[0]


def understood(content: bytes) -> list[columns.Row]:
    return columns.understand(reading.read(content), COLUMNS).rows


@pytest.mark.parametrize(
    "content",
    [
        commas("number,joined", "0012,2016-04-04"),
        commas("number;joined", '"0012";4/4/2016'),
        commas("\ufeffNumber\tJoined", "0012\t4 April 2016"),
        commas("number,joined", "0012,04.04.2016", encoding="utf-16"),
        saved(book(("number", "joined"), ("0012", dt.date(2016, 4, 4)))),
        saved(book(("number", None, "joined"), (), ("0012", None, dt.datetime(2016, 4, 4, 9)))),  # noqa: DTZ001
    ],
)
def test_table_of_any_common_make_says_the_same(content):
    (row,) = understood(content)
    assert row.values == {"number": "0012", "joined": dt.date(2016, 4, 4)}


def test_letters_of_an_old_spreadsheet_are_read_and_the_reader_is_warned():
    table = reading.read(commas("number", "Siân Ŵ".replace("Ŵ", ""), encoding="cp1252"))
    assert table.rows[0][1][0].text == "Siân"
    assert table.notes[0].startswith("The file is not in UTF-8 and was read as Windows text")


def test_characters_nobody_sees_are_dropped_and_columns_nobody_asked_for_are_not_kept():
    content = commas("secret,number,", "x,\u200b 00\x0b12\u202e ,", ",,")
    table = columns.trimmed(reading.read(content), COLUMNS)
    assert table.heads == ("number",)
    assert table.rows == ((2, (Cell("00 12"),)),)
    assert columns.understand(reading.read(content), COLUMNS).unread == ("secret",)


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (21 * 1024 * 1024))
    return written.getvalue()


def with_entities() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')
    return written.getvalue()


def merged() -> bytes:
    made = book(("number", "joined"), ("1", None))
    made.active.merge_cells("A2:B2")
    return saved(made)


def far_below() -> bytes:
    made = book(("number",), ("1",))
    made.active.cell(1_048_576, 1, "2")
    return saved(made)


def far_right() -> bytes:
    made = book(("number",), ("1",))
    made.active.cell(2, 60, "x")
    return saved(made)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "The file is empty."),
        (b"\r\n , \r\n", "The file is empty."),
        (commas("number"), "The file has headings but no rows below them."),
        (b"x" * (reading.LARGEST + 1), "The file is larger than 2 MB."),
        (b"\xd0\xcf\x11\xe0 old", "This is an old or a locked Excel file."),
        (b"PK\x03\x04 no archive", "This file is damaged."),
        (b"%PDF\x00\x01\x02", "This is not a table of text."),
        (b"number\n\x81\x8d", "The letters of this file cannot be read."),
        (commas("number,joined", '"1,2'), "Line 2 cannot be read as CSV"),
        (commas("number", "1,Smith, John"), "Row 2 goes on to the right of the last heading."),
        (commas("number", "x" * 2001), "Row 2 has a cell of more than 2,000 characters."),
        (commas("number", *map(str, range(2001))), "The table has more than 2,000 rows."),
        (commas(",".join(map(str, range(101))), "1"), "The table has more than 100 columns."),
        (bomb(), "Unpacked, this file is far larger than"),
        (with_entities(), "This is not an .xlsx file that can be read."),
        (merged(), "The cells A2:B2 are merged"),
        (far_below(), "The sheet goes on below row 20,000."),
        (far_right(), "Row 2 goes on to the right of the last heading."),
    ],
)
def test_file_that_is_no_table_is_refused_with_a_sentence(content, expected):
    assert refusal(content)[: len(expected)] == expected


@pytest.mark.parametrize("size", range(4, 4400, 97))
def test_workbook_cut_off_anywhere_is_refused_with_a_sentence(size):
    whole = saved(book(("number",), ("1",)))
    assert refusal(whole[:size])


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        (("number",), ("=1+1",), "Row 2, column ‘number’: a formula."),
        (("number",), ("1.2E+05",), "Row 2, column ‘number’: 1.2E+05 was shortened"),
        (("number",), ("x" * 31,), "Row 2, column ‘number’: 31 characters; at most 30 fit."),
        (("number", "joined"), ("1", 42463), "Row 2, column ‘joined’: 42463 is a number, not a"),
        (("number", "joined"), ("1", "31/2/2016"), "Row 2, column ‘joined’: ‘31/2/2016’ is not a"),
        (("number", "joined"), ("1", "1/2/16"), "Row 2, column ‘joined’: ‘1/2/16’ is not a date"),
        (("number", "joined"), ("1", "#N/A"), "Row 2, column ‘joined’: an error of the spreadsh"),
        (("number", "places"), ("1", 5.5), "Row 2, column ‘places’: ‘5.5’ is not a whole number"),
        (("number", "places"), ("1", "21"), "Row 2, column ‘places’: ‘21’ is not a whole number"),
        (("number", "places"), (None, "2"), "Row 2, column ‘number’: empty."),
    ],
)
def test_cell_that_is_not_what_its_column_asks_for_is_refused_beside_its_row(
    heads, cells, expected
):
    (row,) = understood(saved(book(heads, cells)))
    assert row.problems[0][: len(expected)] == expected


def test_whole_numbers_of_a_spreadsheet_lose_their_point_and_errors_stay_errors():
    table = reading.read(saved(book(("number", "joined"), (12.0, "#REF!"))))
    assert table.rows == ((2, (Cell("12", Type.NUMBER), Cell("#REF!", Type.ERROR))),)


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (("joined", "b"), "There is no column ‘number’. The file has: joined, b."),
        (("number", "Number"), "Two columns say the same: ‘number’ and ‘Number’. Delete one."),
    ],
)
def test_headings_that_do_not_fit_are_refused(heads, expected):
    with pytest.raises(ValidationError) as caught:
        understood(saved(book(heads, ("1", "2"))))
    assert caught.value.messages[0].startswith(expected)
