"""A table as it was uploaded: cells that say what they are. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MOST_ROWS = 2000
MOST_COLUMNS = 100
LONGEST = 2000
_SPACED = re.compile(r"\s+")


class Type(StrEnum):
    """What a spreadsheet held there; of a CSV everything is text."""

    TEXT = "t"
    NUMBER = "n"
    DATE = "d"
    FORMULA = "f"
    ERROR = "e"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, tidied; a date is written 2016-04-04."""

    text: str = ""
    type: Type = Type.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows with the number they have in the file. `notes` say what was left out."""

    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    notes: tuple[str, ...] = ()


def tidy(text: str) -> str:
    """One line without controls and characters that nobody sees."""
    spaced = _SPACED.sub(" ", text)
    kept = "".join(c for c in spaced if c == " " or unicodedata.category(c)[0] not in "CZ")
    return unicodedata.normalize("NFC", kept).strip()


def typed(text: str) -> Cell:
    """A cell of a text file: what begins like a formula is one, whoever opens the file next."""
    tidied = tidy(text)
    return Cell(tidied, Type.FORMULA if tidied.startswith("=") else Type.TEXT)
