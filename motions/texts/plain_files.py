"""A text as a file holds it: bytes from whatever program, made blocks.

Blocks are paragraphs parted by empty lines; a line that begins with '- ' is a block of its own. The
lines of one paragraph are joined. A line indented under a bullet goes on with it, and a bullet sign
as Word writes it ('•', or a dash and a tab) is read as '- '.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from motions.texts.blocks import Block, parse
from motions.texts.characters import INVISIBLE, LINE_BREAKS, visible
from motions.texts.cleaning import MAX_BYTES

MAX_FILES = 500
"""Amendments to one text; the longest agendas known have some dozens."""

_WORD_BULLET = re.compile(
    r"^[ \t]*(?:[\u2022\u25cf\u25cb\u25e6\u25aa\u25ab\u25a0\u25a1\u2023\u2043\u2219][ \t]*"
    r"|[-\u2013\u2014*\u00b7]\t[ \t]*)(?=\S)",
    re.MULTILINE,
)
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


class FileUnreadable(ValueError):
    """The file is not a text that can be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class PlainFile:
    """The blocks of a file, and what of reading it a person should know: sentences."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def read(data: bytes, *, max_bytes: int = MAX_BYTES) -> PlainFile:
    """The file whose content is ``data``. Raises ``FileUnreadable``."""
    if len(data) > max_bytes:
        raise FileUnreadable(
            f"it is longer than {max_bytes // 1024} kB (about {max_bytes // 6500 * 1000:,} words); "
            "merge it in parts."
        )
    raw, notes = _decoded(data)
    hidden = len(INVISIBLE.findall(LINE_BREAKS.sub("\n", raw)))
    if hidden:
        notes.append(f"{hidden} character{'s' * (hidden != 1)} that cannot be seen left out")
    text, bullets = _WORD_BULLET.subn("- ", visible(LINE_BREAKS.sub("\n", raw)))
    if bullets:
        notes.append(f"{bullets} bullet sign{'s' * (bullets != 1)} read as '- '")
    return PlainFile(tuple(parse(_with_hanging_lines(text))), tuple(notes))


def _decoded(data: bytes) -> tuple[str, list[str]]:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                break
            return text, [] if encoding == "utf-8" else ["read as UTF-16"]
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        raise FileUnreadable("it is a document, not plain text; save it as 'plain text' (.txt).")
    if b"\0" in data:
        raise FileUnreadable("it is not plain text; save it as 'plain text' (.txt), in UTF-8.")
    try:
        return data.decode(), []
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), ["not UTF-8; read as Windows-1252"]


def _with_hanging_lines(text: str) -> str:
    """``text`` with each line that is indented under a bullet joined to it."""
    lines: list[str] = []
    in_bullet = False
    for line in text.split("\n"):
        words = line.strip()
        is_bullet = words == "-" or words.startswith("- ")
        if in_bullet and words and not is_bullet and line.startswith(("  ", "\t")):
            lines[-1] += f" {words}"
        else:
            lines.append(line)
            in_bullet = is_bullet
    return "\n".join(lines)


def names(paths: Sequence[str]) -> list[str]:
    """What to call each file: its own name, with as much of its folders as tells it apart."""
    parts = [PurePath(path).parts for path in paths]
    found = []
    for own in parts:
        length = 1
        while length < len(own) and sum(p[-length:] == own[-length:] for p in parts) > 1:
            length += 1
        found.append("/".join(own[-length:]).replace("//", "/"))
    return found
