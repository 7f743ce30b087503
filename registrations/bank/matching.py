"""Which booking a bank line pays: certain by its reference, or a guess that a person decides. Pure.

People type a reference in small letters, with spaces, in the middle of a sentence, with a nought for
an O and a one for an I; those are read as what they mean. One wrong character, an invoice number that
lost its noughts, or a body's name with the very sum it owes are only suggested.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

ALIKE = str.maketrans("OIL", "011")
LENGTH = 8  # of a reference without its dash
SHORTEST_INVOICE = 5
SHORTEST_NAME = 6


class Sure(StrEnum):
    """How a booking was found."""

    EXACT = "exact"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Payable:
    """A booking as a bank line may name it. `owing` in pounds; below nought it is paid too much."""

    pk: int
    reference: str
    owing: Decimal
    payer: str = ""
    invoices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A booking that a line may pay, how sure that is, and why."""

    payable: Payable
    sure: Sure
    why: str


@dataclass(slots=True)
class Book:
    """The bookings by everything that may name them; made once for all lines."""

    references: dict[str, Payable] = field(default_factory=dict)
    near: dict[str, list[Payable]] = field(default_factory=lambda: defaultdict(list))
    invoices: dict[str, Payable] = field(default_factory=dict)
    shortened: dict[str, list[Payable]] = field(default_factory=lambda: defaultdict(list))
    owing: dict[Decimal, list[Payable]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, payables: Iterable[Payable]) -> Book:
        """The index of these bookings."""
        book = cls()
        for one in payables:
            plain = alike(one.reference)
            book.references[plain] = one
            for masked in _masked(plain):
                book.near[masked].append(one)
            for label in one.invoices:
                book.invoices[alike(label)] = one
                book.shortened[_without_noughts(label)].append(one)
            if one.owing > 0:
                book.owing[one.owing].append(one)
        return book

    def find(self, words: str, amount: Decimal) -> list[Found]:
        """The bookings a line may pay: one that is certain, or all that are possible."""
        windows = list(_windows(alike(words)))
        tokens = list(_joined(words))
        named = {row.pk: row for row in map(self.references.get, windows) if row}
        by_reference = set(named)
        for token in tokens:
            row = self.invoices.get(alike(token))
            if row and len(alike(token)) >= SHORTEST_INVOICE:
                named.setdefault(row.pk, row)
        if len(named) == 1:
            (row,) = named.values()
            why = "its reference" if row.pk in by_reference else "the number of its invoice"
            return [Found(row, Sure.EXACT, why)]
        if named:
            why = "the line names several bookings"
            return [Found(row, Sure.DOUBTFUL, why) for row in named.values()]
        return self._guesses(windows, tokens, words, amount)

    def _guesses(
        self, windows: list[str], tokens: list[str], words: str, amount: Decimal
    ) -> list[Found]:
        found: dict[int, Found] = {}
        for window in windows:
            for masked in _masked(window):
                for row in self.near.get(masked, ()):
                    why = "one character of its reference differs"
                    found.setdefault(row.pk, Found(row, Sure.DOUBTFUL, why))
        for token in tokens:
            for row in self.shortened.get(_without_noughts(token), ()):
                why = "an invoice number without its noughts"
                found.setdefault(row.pk, Found(row, Sure.DOUBTFUL, why))
        plain = alike(words)
        for row in self.owing.get(amount, ()):
            name = alike(row.payer)
            if len(name) >= SHORTEST_NAME and name in plain:
                why = "its payer's name and the sum it owes"
                found.setdefault(row.pk, Found(row, Sure.DOUBTFUL, why))
        return list(found.values())


def alike(words: str) -> str:
    """Capitals and figures only, with characters that look alike made one."""
    return re.sub(r"[^0-9A-Z]", "", words.upper()).translate(ALIKE)


def _windows(plain: str) -> Iterator[str]:
    for start in range(len(plain) - LENGTH + 1):
        yield plain[start : start + LENGTH]


def _joined(words: str) -> Iterator[str]:
    """Each word, and each two or three neighbours as one: 'CONF - 00017' is a number in three."""
    parts = re.findall(r"[0-9A-Z]+", words.upper())
    for start in range(len(parts)):
        for length in (1, 2, 3):
            if start + length <= len(parts):
                yield "".join(parts[start : start + length])


def _masked(plain: str) -> Iterator[str]:
    for place in range(len(plain)):
        yield f"{plain[:place]}?{plain[place + 1 :]}"


def _without_noughts(label: str) -> str:
    """'CONF-00017' and 'conf 17' alike: letters, then the number without its leading noughts."""
    plain = re.sub(r"[^0-9A-Z]", "", label.upper())
    match = re.fullmatch(r"([A-Z][0-9A-Z]*?)0*([1-9][0-9]*)", plain)
    return f"{match[1].translate(ALIKE)}-{match[2]}" if match else plain or "?"
