"""Bank lines: read from any bank's columns, and matched by what people type."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from members.imports import reading
from members.imports.cells import Cell
from registrations.bank import lines
from registrations.bank.matching import Book, Payable
from tests.members.tables import book, commas, saved

ANN = Payable(1, "K7M4-9XQ2", Decimal(145), "Cardiff Party Council", ("CONF-00017",))
BOB = Payable(2, "B2C3-D4F5", Decimal(95), "Leeds Party Council", ("CONF-00018", "CONF-00100"))
BOOK = Book.of([ANN, BOB])


def found(words: str, amount: str = "1") -> list[tuple[int, str]]:
    return [(one.payable.pk, str(one.sure)) for one in BOOK.find(words, Decimal(amount))]


@pytest.mark.parametrize(
    "words",
    [
        "K7M4-9XQ2",
        "k7m49xq2",
        "FPS CREDIT coop party K7m4 9xq2 thank you",
        "REF:K7M49XQ2/CARDIFF",
        "K 7 M 4 9 X Q 2",
        "CONF-00017",
        "invoice conf 00017",
        "CONFOO017",
        "C0NF-OOO17 mandate",
        "K7M4-9XQ2 inv CONF-00017",
    ],
)
def test_reference_or_invoice_number_as_people_type_it_is_certain(words):
    assert found(words) == [(1, "exact")]


@pytest.mark.parametrize(
    ("words", "amount", "expected"),
    [
        ("K7M4-9XQ3", "145", [(1, "doubtful")]),
        ("K7M4 9XQZ", "145", [(1, "doubtful")]),
        ("CONF-17", "145", [(1, "doubtful")]),
        ("conf 100", "95", [(2, "doubtful")]),
        ("K7M4-9XQ2 and B2C3-D4F5", "240", [(1, "doubtful"), (2, "doubtful")]),
        ("Cardiff Party Council fees", "145", [(1, "doubtful")]),
        ("Cardiff Party Council fees", "144", []),
        ("Somebody", "145", []),
        ("CONF", "145", []),
        ("17", "145", []),
        ("K7M4-9XZZ", "145", []),
        ("", "145", []),
    ],
)
def test_line_that_is_not_certain_is_only_suggested(words, amount, expected):
    assert found(words, amount) == expected


def statement(content: bytes) -> lines.Statement:
    table = reading.read(content)
    return lines.read(table, lines.guess(table.heads))


MAY = dt.date(2016, 5, 3)


@pytest.mark.parametrize(
    "content",
    [
        commas(
            "Date,Description,Amount,Balance", "03/05/2016,K7M4 9XQ2,145.00,1", "3/5/2016,x,-9.5,"
        ),
        commas(
            "Date,Type,Description,Money out,Money in",
            '03 May 2016,FPS,K7M4 9XQ2,,"£145.00"',
            "03-May-2016,DD,x,9.50,",
        ),
        commas("Transaction Date,Details,Value", "2016-05-03,K7M4 9XQ2,145", "2016-05-03,x,(9.50)"),
        commas("Date;Narrative;Amount", "2016-05-03;K7M4 9XQ2;145.00 CR", "2016-05-03;x;9.50 DR"),
        saved(book(("Date", "Details", "Amount"), (MAY, "K7M4 9XQ2", 145), (MAY, "x", -9.5))),
    ],
)
def test_statement_of_any_common_make_says_the_same(content):
    read = statement(content)
    assert read.unreadable == ()
    assert [(line.on, line.words, line.amount) for line in read.lines] == [
        (MAY, "K7M4 9XQ2", Decimal("145.00")),
        (MAY, "x", Decimal("-9.50")),
    ]


def test_equal_lines_of_one_day_are_two_and_keep_their_keys_in_the_next_export():
    first = commas("Date,Description,Amount", "3/5/2016,A b,1.00", "3/5/2016,A b,1.00")
    again = commas("date;memo;amount", "2016-05-02;x;5", "2016-05-03;a  B;1", "2016-05-03;A B;1.0")
    keys = [line.key for line in statement(first).lines]
    assert len(set(keys)) == 2
    assert [line.key for line in statement(again).lines][1:] == keys


def test_line_without_day_or_sum_is_told_and_the_others_are_read():
    read = statement(
        commas("Date,Description,Amount", "soon,a,1", "3/5/2016,b,=1+1", "3/5/2016,c,1", ",Total,2")
    )
    assert [line.words for line in read.lines] == ["c"]
    assert read.unreadable == (
        "Row 2: ‘soon’ is not a date such as 2016-04-04 or 4/4/2016.",
        "Row 3: ‘=1+1’ is not a sum in pounds.",
        "Row 5: ‘’ is not a date such as 2016-04-04 or 4/4/2016.",
    )


@pytest.mark.parametrize("words", ["", "ten", "1.2.3", "1.005", "1E5", "NaN", "999999999999", "½"])
def test_what_is_no_sum_is_refused(words):
    with pytest.raises(ValueError, match="is not a sum"):
        lines.pounds(Cell(words))


def test_headings_nobody_knows_are_not_guessed():
    assert not lines.is_enough(lines.guess(("a", "b", "c")))
    assert not lines.is_enough(lines.guess(("date", "amount")))
    assert lines.guess(("Date", "Reference", "Paid in")) == {"date": 0, "words": 1, "paid_in": 2}
