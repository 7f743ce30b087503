"""The lines of a bank's statement, from whichever columns the bank gives them. Pure, in pounds.

A line is known by its fingerprint: day, sum, words, and how many such lines stood before it in the
file, so that two equal payments of one day are two, and the same day exported again is known. (A file
that begins in the middle of a day could hide the second of two equal lines; banks export whole days.)
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from members.imports import columns
from members.imports.cells import Cell, Table, Type

SPACE = uuid.UUID("6d2b1c1e-5f0b-4c0e-9a55-0f6c9a1f6a11")
MOST = Decimal("99999999.99")
#: What each column may be called, best first. `paid_in` and `paid_out` stand for one `amount`.
NAMES = {
    "date": ("date", "transactiondate", "posted", "postingdate", "valuedate"),
    "words": ("description", "transactiondescription", "details", "narrative", "payee", "memo"),
    "reference": ("reference", "paymentreference", "ref"),
    "amount": ("amount", "value", "transactionamount"),
    "paid_in": ("paidin", "moneyin", "credit", "creditamount", "in"),
    "paid_out": ("paidout", "moneyout", "debit", "debitamount", "out"),
}
NEEDED = ("date", "words")


@dataclass(frozen=True, slots=True)
class BankLine:
    """One line: `amount` above nought came in; `nth` counts equal lines of the file from nought."""

    number: int
    on: dt.date
    words: str
    amount: Decimal
    nth: int = 0

    @property
    def key(self) -> uuid.UUID:
        """The fingerprint, as the key that a payment made of this line bears once."""
        facts = f"{self.on:%Y-%m-%d}|{self.amount:.2f}|{_plain(self.words)}|{self.nth}"
        return uuid.uuid5(SPACE, facts)


@dataclass(frozen=True, slots=True)
class Statement:
    """The lines that could be read, and a sentence for each that could not."""

    lines: tuple[BankLine, ...]
    unreadable: tuple[str, ...]


def guess(heads: Sequence[str]) -> dict[str, int]:
    """Which column is which, by its heading."""
    plain = [_plain(head) for head in heads]
    found = {}
    for name, known in NAMES.items():
        places = [plain.index(words) for words in known if words in plain]
        if places:
            found[name] = places[0]
    if "amount" in found:
        found.pop("paid_in", None)
        found.pop("paid_out", None)
    if "words" not in found and "reference" in found:
        found["words"] = found.pop("reference")
    return found


def is_enough(chosen: Mapping[str, int]) -> bool:
    """Are there a day, words, and a sum?"""
    return all(name in chosen for name in NEEDED) and bool({"amount", "paid_in"} & set(chosen))


def read(table: Table, chosen: Mapping[str, int]) -> Statement:
    """The lines by the chosen columns."""
    lines, unreadable = [], []
    seen: Counter[tuple[dt.date, Decimal, str]] = Counter()
    for number, cells in table.rows:
        try:
            on = columns.date(cells[chosen["date"]])
            amount = _amount(cells, chosen)
        except ValueError as error:
            unreadable.append(f"Row {number}: {error}")
            continue
        words = " ".join(
            filter(
                None,
                (cells[chosen[name]].text for name in ("words", "reference") if name in chosen),
            )
        )
        same = (on, amount, _plain(words))
        lines.append(BankLine(number, on, words, amount, seen[same]))
        seen[same] += 1
    return Statement(tuple(lines), tuple(unreadable))


def _amount(cells: Sequence[Cell], chosen: Mapping[str, int]) -> Decimal:
    if "amount" in chosen:
        return pounds(cells[chosen["amount"]])
    paid_in = cells[chosen["paid_in"]]
    paid_out = cells[chosen["paid_out"]] if "paid_out" in chosen else Cell()
    if paid_in.text and pounds(paid_in):
        return pounds(paid_in)
    return -abs(pounds(paid_out)) if paid_out.text else pounds(paid_in)


def pounds(cell: Cell) -> Decimal:
    """'£1,234.50', '(12.00)', '12.00-' and '12.00 DR' as a bank means them. Raises ValueError."""
    text = cell.text.replace("£", "").replace(",", "").replace(" ", "").upper()
    is_out = text.startswith(("-", "(")) or text.endswith(("-", "DR"))
    bare = re.sub(r"^[-+(]+|[-+)]+$|(CR|DR)$", "", text)
    try:
        if cell.type is Type.FORMULA or not re.fullmatch(r"\d+(\.\d+)?", bare):
            raise InvalidOperation
        exact = Decimal(bare)
        amount = exact.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValueError(f"‘{cell.text[:40]}’ is not a sum in pounds.") from None
    if amount > MOST or abs(exact - amount) > Decimal("0.000001"):
        raise ValueError(f"‘{cell.text[:40]}’ is not a sum in pounds and pence.")
    return -amount if is_out else amount


def _plain(words: str) -> str:
    return re.sub(r"[\W_]", "", words).casefold()
