"""Bars drawn on the server: plain data in, the measures of an SVG out. Free of Django.

A label stands on a line of its own above its bar, so that it can be read on a phone; the table
beside the picture says the same in full.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 340
BAR_ROOM = 270
ROW = 40
BAR = 14
LONGEST_LABEL = 46


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its label as drawn and in full, the words for its number, and its measures."""

    label: str
    drawn: str
    words: str
    y_label: int
    y: int
    width: int
    x_words: int
    y_words: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title; `note` says what its numbers are not."""

    key: str
    title: str
    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH
    note: str = ""


def chart(key: str, title: str, rows: Iterable[tuple[str, int, str]], *, note: str = "") -> Chart:
    """`rows` are (label, size, words): the size draws the bar, the words are what is said of it."""
    rows = list(rows)
    largest = max((size for _, size, _ in rows), default=0)
    bars = tuple(_bar(n, row, largest) for n, row in enumerate(rows))
    return Chart(key, title, bars, height=max(ROW * len(rows), 1), note=note)


def _bar(place: int, row: tuple[str, int, str], largest: int) -> Bar:
    label, size, words = row
    top = place * ROW
    width = round(BAR_ROOM * size / largest) if largest else 0
    cut = label[: LONGEST_LABEL - 1].rstrip()
    return Bar(
        label=label,
        drawn=f"{cut}…" if len(label) > LONGEST_LABEL else label,
        words=words,
        y_label=top + 14,
        y=top + 20,
        width=width,
        x_words=width + 6,
        y_words=top + 32,
    )
