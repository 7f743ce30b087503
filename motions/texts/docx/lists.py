"""The numbers of list items, which Word computes when it shows a document and stores nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from motions.texts.docx.styles import small, value

LEVELS = 9
_PLACE = re.compile("%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST = 3999


@dataclass(frozen=True, slots=True)
class Level:
    """How items of one depth are numbered."""

    form: str
    pattern: str
    start: int


class Lists:
    """The lists of a document. ``sign`` is asked once for each item, in reading order."""

    def __init__(self, root: Element | None) -> None:
        rows = [] if root is None else list(root)
        patterns = {
            row.get("w_abstractNumId", ""): _levels(row)
            for row in rows
            if row.tag == "w_abstractNum"
        }
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        for row in rows:
            if row.tag == "w_num":
                number, pattern = row.get("w_numId", ""), value(row, "w_abstractNumId") or ""
                self._lists[number] = (pattern, patterns.get(pattern, {}))
                self._restarts[number] = _restarts(row)
        self._counted: dict[str, list[int | None]] = {}

    def sign(self, number: str, depth: int) -> str:
        """'1.', '(a)', … for the next item; '' for one with a bullet."""
        pattern, levels = self._lists.get(number, ("", {}))
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counted.setdefault(pattern, [None] * LEVELS)
        restart = self._restarts[number].pop(depth, None)
        if restart is not None:
            counts[depth] = restart
        else:
            before = counts[depth]
            counts[depth] = level.start if before is None else before + 1
        counts[depth + 1 :] = [None] * (LEVELS - depth - 1)
        if level.form in {"bullet", "none"}:
            return ""
        return _PLACE.sub(lambda place: self._shown(place, counts, levels), level.pattern).strip()

    @staticmethod
    def _shown(place: re.Match[str], counts: list[int | None], levels: dict[int, Level]) -> str:
        depth = int(place.group(1)) - 1
        level = levels.get(depth, Level("decimal", "", 1))
        count = counts[depth]
        return _written(level.start if count is None else count, level.form)


def _levels(row: Element) -> dict[int, Level]:
    found = {}
    for level in row.findall("w_lvl"):
        depth = small(level.get("w_ilvl"), 0)
        found[depth] = Level(
            form=value(level, "w_numFmt") or "decimal",
            pattern=(value(level, "w_lvlText") or "")[:40],
            start=small(value(level, "w_start"), 1),
        )
    return found


def _restarts(row: Element) -> dict[int, int]:
    found = {}
    for override in row.findall("w_lvlOverride"):
        start = value(override, "w_startOverride")
        if start is not None:
            found[small(override.get("w_ilvl"), 0)] = small(start, 1)
    return found


def _written(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 1 <= number <= _MOST:
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        times, number = divmod(number, worth)
        written += letters * times
    return written
