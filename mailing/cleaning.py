"""Takes out of typed text what has no business in a mail. Plain functions on strings.

Header lines: anything of Unicode category C and every line or paragraph separator. Django refuses
only CR and LF, while U+2028, \\x0b, \\x0c and \\x85 also end a line for some readers.
"""

from __future__ import annotations

import re
import unicodedata

_SPACED = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
#: Unicode categories Cc and Cs, but for the newline and the tab.
_NO_CHARACTERS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def header(value: str, *, longest: int = 200) -> str:
    """One safe line: separators become spaces, controls and invisible characters go."""
    kept = "".join(_in_header(character) for character in str(value))
    line = _SPACED.sub(" ", kept).strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def body(value: str) -> str:
    """Running text: every kind of line end becomes a newline; controls and lone surrogates go.

    Format characters (joiners, direction marks) stay: names and Welsh or Arabic text need them.
    """
    text = _NO_CHARACTERS.sub("", _LINE_ENDS.sub("\n", value))
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def address(value: str) -> str:
    """The one spelling of an address: no surrounding space, lower case as sign-ins keep it."""
    return str(value).strip().lower()


def _in_header(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zl", "Zp") or character in "\r\n\t\x0b\x0c\x85":
        return " "
    return "" if category.startswith("C") else character
