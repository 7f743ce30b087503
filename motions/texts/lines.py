"""Line numbers for print and screen: text broken at a fixed width, counted on from block to block.

A number once printed never moves: ``ALGORITHM`` is stored with the text, a change to the rule
gets a new number, and the old rule stays here for the texts that were printed by it. The width
belongs to the rule.

Rule 1: lines are filled with words up to ``width`` characters (5 fewer in a bullet, which
is indented), breaking at spaces only; a word longer than the line is cut. Combining marks take
no room.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from motions.texts.blocks import Block, Kind

ALGORITHM = 1

WIDTH = 80
"""Characters in a line, for new texts."""

_WIDTHS = {1: 80}
_BULLET_INDENT = {1: 5}
"""By algorithm."""


class UnknownAlgorithm(LookupError):
    """The text was numbered by a rule that this program does not know."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block with its number in the whole text, from 1."""

    number: int
    key: str
    text: str


def places(text: str) -> list[str]:
    """A text as what takes one place each: a character with its marks."""
    cells: list[str] = []
    for sign in text:
        if cells and unicodedata.category(sign)[0] == "M":
            cells[-1] += sign
        else:
            cells.append(sign)
    return cells


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` characters; joined by spaces they are the text,
    but for words longer than a line."""
    lines: list[str] = []
    line: list[str] = []
    room = width
    for word in text.split(" "):
        cells = places(word)
        if line and len(cells) + 1 > room:
            lines.append(" ".join(line))
            line, room = [], width
        while len(cells) > width:
            lines.append("".join(cells[:width]))
            cells = cells[width:]
        room -= len(cells) + bool(line)
        line.append("".join(cells))
    lines.append(" ".join(line))
    return lines


def number(
    blocks: Iterable[Block],
    *,
    algorithm: int = ALGORITHM,
    width: int | None = None,
    first: int = 1,
) -> list[Line]:
    """The ``Line``s of ``blocks``, at the algorithm's own width unless told. Raises
    ``UnknownAlgorithm``."""
    if algorithm not in _BULLET_INDENT:
        raise UnknownAlgorithm(f"Line numbering {algorithm!r} is not known to this program.")
    width = _WIDTHS[algorithm] if width is None else width
    indent = _BULLET_INDENT[algorithm]
    rows = [
        (block.key, line)
        for block in blocks
        for line in wrap(block.text, width - indent * (block.kind is Kind.BULLET))
    ]
    return [Line(place, key, line) for place, (key, line) in enumerate(rows, first)]


def by_block(
    blocks: Iterable[Block], *, algorithm: int = ALGORITHM
) -> list[tuple[Block, list[Line]]]:
    """Each block with its numbered lines, as a page or a paper shows them. Raises
    ``UnknownAlgorithm``."""
    some = list(blocks)
    numbered = number(some, algorithm=algorithm)
    counts, rest = Counter(line.key for line in numbered), iter(numbered)
    return [(block, list(islice(rest, counts[block.key]))) for block in some]
