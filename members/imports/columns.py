"""From cells to values: which column is which, and what may stand in it. Pure but for its words.

Each reader takes a cell that is not empty and gives the value, or raises ValueError with the half of
a sentence that follows 'Row 3, column ‘joined’: '.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from members.imports.cells import Cell, Table, Type

Reader = Callable[[Cell], Any]
SHORTENED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
UK_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an import: what it is called, what else it may be called, how it is read."""

    name: str
    head: str
    read: Reader
    example: str
    also: tuple[str, ...] = ()
    is_needed: bool = False
    explain: str = ""


@dataclass(slots=True)
class Row:
    """One row with the values that could be read; columns that are absent or empty are not there."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def refuse(self, column: Column, words: str) -> None:
        """Note why this row cannot be taken."""
        self.problems.append(f"Row {self.number}, column ‘{column.head}’: {words}")


@dataclass(frozen=True, slots=True)
class Read:
    """A table as one kind of import understands it; `unread` are headings it has no use for."""

    rows: list[Row]
    present: frozenset[str]
    unread: tuple[str, ...]


def understand(table: Table, columns: Sequence[Column]) -> Read:
    """The rows by column. Raises ValidationError: a heading twice, or a needed one missing."""
    places = _places(table.heads, columns)
    missing = [each.head for each in columns if each.is_needed and each.name not in places]
    if missing:
        raise ValidationError(
            f"There is no column ‘{'’ and no column ‘'.join(missing)}’. The file has: "
            f"{', '.join(filter(None, table.heads))}. Rename its headings, or start from the template."
        )
    by_name = {each.name: each for each in columns}
    rows = []
    for number, cells in table.rows:
        row = Row(number)
        for name, place in places.items():
            _put(row, by_name[name], cells[place])
        rows.append(row)
    used = set(places.values())
    unread = tuple(head for place, head in enumerate(table.heads) if head and place not in used)
    return Read(rows, frozenset(places), unread)


def trimmed(table: Table, columns: Sequence[Column]) -> Table:
    """The table without the columns nobody asked for: what is not needed is not kept."""
    used = sorted(_places(table.heads, columns).values())
    return Table(
        tuple(table.heads[place] for place in used),
        tuple((number, tuple(cells[place] for place in used)) for number, cells in table.rows),
        table.notes,
    )


def _places(heads: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    known = {
        _plain(words): each.name for each in columns for words in (each.head, each.name, *each.also)
    }
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        name = known.get(_plain(head))
        if name is None:
            continue
        if name in places:
            raise ValidationError(
                f"Two columns say the same: ‘{heads[places[name]]}’ and ‘{head}’. Delete one."
            )
        places[name] = place
    return places


def _plain(words: str) -> str:
    return re.sub(r"[\W_]", "", words).casefold()


def _put(row: Row, column: Column, cell: Cell) -> None:
    if cell.type is Type.FORMULA:
        row.refuse(column, "a formula. Copy the column and paste it back as values only.")
    elif cell.type is Type.ERROR:
        row.refuse(column, f"an error of the spreadsheet ({cell.text}).")
    elif not cell.text:
        if column.is_needed:
            row.refuse(column, "empty.")
    else:
        try:
            row.values[column.name] = column.read(cell)
        except ValueError as error:
            row.refuse(column, str(error))


def text(longest: int) -> Reader:
    """Words; a number that a spreadsheet has shortened is none."""

    def read(cell: Cell) -> str:
        if SHORTENED.fullmatch(cell.text):
            raise ValueError(
                f"{cell.text} was shortened by a spreadsheet. Format the column as text, and type "
                "the number in full."
            )
        if len(cell.text) > longest:
            raise ValueError(f"{len(cell.text)} characters; at most {longest} fit.")
        return cell.text

    return read


def email(cell: Cell) -> str:
    """An address, in small letters."""
    try:
        validate_email(cell.text)
    except ValidationError:
        raise ValueError(f"‘{cell.text[:60]}’ is not an e-mail address.") from None
    return cell.text.lower()


def choice(choices: Mapping[str, str]) -> Reader:
    """One of these words, by any of its names."""
    by_word = {_plain(words): value for words, value in choices.items()}

    def read(cell: Cell) -> str:
        if _plain(cell.text) not in by_word:
            said = ", ".join(dict.fromkeys(choices))
            raise ValueError(f"‘{cell.text[:60]}’ is none of: {said}.")
        return by_word[_plain(cell.text)]

    return read


def whole(most: int) -> Reader:
    """A whole number from nought."""

    def read(cell: Cell) -> int:
        if not re.fullmatch(r"\d{1,9}", cell.text) or int(cell.text) > most:
            raise ValueError(f"‘{cell.text[:60]}’ is not a whole number of at most {most}.")
        return int(cell.text)

    return read


def date(cell: Cell) -> dt.date:
    """A day: a spreadsheet's date, 2016-04-04, or 4/4/2016 with the day before the month."""
    words = cell.text
    if cell.type is Type.NUMBER or words.isdigit():
        raise ValueError(
            f"{words} is a number, not a date. Format the column as a date, or write 2016-04-04."
        )
    british = UK_DATE.fullmatch(words)
    try:
        if british:
            day, month, year = map(int, british.groups())
            return _sensible(dt.date(year, month, day))
        for form in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y"):
            try:
                return _sensible(dt.datetime.strptime(words, form).replace(tzinfo=dt.UTC).date())
            except ValueError:
                continue
    except ValueError:
        pass
    raise ValueError(f"‘{words[:60]}’ is not a date such as 2016-04-04 or 4/4/2016.")


def _sensible(day: dt.date) -> dt.date:
    if not 1900 <= day.year <= 2100:
        raise ValueError
    return day
