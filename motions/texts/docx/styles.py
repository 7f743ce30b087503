"""What a paragraph's style says of it: a heading, the title, an item of a list."""

from __future__ import annotations

from xml.etree.ElementTree import Element

_CHAIN = 10
"""Styles are based on others; a longer chain is a circle."""


def value(parent: Element | None, *path: str) -> str | None:
    """`w_val` of the element down the path; None where there is none."""
    for name in path:
        if parent is None:
            return None
        parent = parent.find(name)
    return None if parent is None else parent.get("w_val")


def is_on(parent: Element | None, name: str) -> bool:
    """Is a switch such as `w_b` there and not switched off?"""
    found = None if parent is None else parent.find(name)
    return found is not None and found.get("w_val", "1") not in {"0", "false", "off", "none"}


def small(text: str | None, otherwise: int) -> int:
    """The number that a short text of figures is; `otherwise` for all else."""
    return (
        int(text) if text and text.isascii() and text.isdecimal() and len(text) < 5 else otherwise
    )


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: Element | None) -> None:
        rows = [] if root is None else root.findall("w_style")
        self._rows = {row.get("w_styleId", ""): row for row in rows}

    def _chain(self, style: str | None) -> list[Element]:
        found: list[Element] = []
        while style in self._rows and len(found) < _CHAIN:
            found.append(self._rows[style])
            style = value(found[-1], "w_basedOn")
        return found

    def is_title(self, paragraph: Element) -> bool:
        """Has it the style for a document's title?"""
        return any(name == "title" for name in self._names(paragraph))

    def is_heading(self, paragraph: Element) -> bool:
        """Has it a style for headings, or a place in the outline?"""
        if any(name.startswith("heading") or name == "subtitle" for name in self._names(paragraph)):
            return True
        levels = [value(paragraph, "w_pPr", "w_outlineLvl")]
        levels += [value(row, "w_pPr", "w_outlineLvl") for row in self._of(paragraph)]
        return next((level for level in levels if level is not None), "9") != "9"

    def list_of(self, paragraph: Element) -> tuple[str, int] | None:
        """(list, level from 0) that it is an item of; None for all else."""
        owners = [paragraph, *self._of(paragraph)]
        number = next((n for one in owners if (n := value(one, *_LIST, "w_numId"))), "0")
        level = next((n for one in owners if (n := value(one, *_LIST, "w_ilvl"))), "0")
        if number == "0":
            return None
        return number, min(small(level, 0), 8)

    def _of(self, paragraph: Element) -> list[Element]:
        return self._chain(value(paragraph, "w_pPr", "w_pStyle"))

    def _names(self, paragraph: Element) -> list[str]:
        return [(value(row, "w_name") or "").lower() for row in self._of(paragraph)]


_LIST = ("w_pPr", "w_numPr")
