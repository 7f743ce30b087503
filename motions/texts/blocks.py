"""A text as blocks with stable keys: what a version of a motion is, and amendments refer to.

Blocks are plain text. In a text they are parted by empty lines; a line that begins with '- ' is
a bullet, a block of its own; '# ' begins a heading. ``parse`` and ``render_text`` are inverse on
texts in that form, which ``cleaning.clean`` makes of anything. ``alignment.carry_keys`` gives the
blocks of a new version the keys they had.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from motions.texts import words
from motions.texts.pasting import NUMBERED, is_clause, join

FORMAT = 1
"""Version of the JSON below. A reader of a new format keeps reading the old ones."""

_KEY = re.compile(r"[0-9a-f]{12}(?:-[0-9]{1,6})?")


class Kind(StrEnum):
    """What a block is in print. The values are those of ``motions.models.Block.Kind``."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    HEADING = "heading"
    CLAUSE = "clause"


class BlocksUnreadable(ValueError):
    """Stored blocks are not what ``to_json`` writes; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, bullet, heading or opening of a clause. ``text`` is one line, never empty."""

    key: str
    kind: Kind
    text: str

    @property
    def marker(self) -> str:
        """The number of a numbered item as typed ('1.', '(a)'), or '' for all else."""
        found = NUMBERED.match(self.text) if self.kind is Kind.BULLET else None
        return found.group().strip() if found else ""

    @property
    def body(self) -> str:
        """The text without the ``marker``."""
        return NUMBERED.sub("", self.text, count=1) if self.marker else self.text


def with_keys(blocks: Iterable[Block], *, taken: Iterable[str] = ()) -> list[Block]:
    """``blocks`` in order, each that has no key given one neither used among them nor ``taken``.

    A key is made from the wording, so that parsing is a pure function: two reads of one text
    agree. Repeats get '-2', '-3' …
    """
    used = {block.key for block in blocks if block.key} | set(taken)
    keyed: list[Block] = []
    copies: dict[str, int] = {}
    for block in blocks:
        if not block.key:
            wording = f"{block.kind}\n{block.text}".encode("utf-8", "surrogatepass")
            stem = key = hashlib.blake2b(wording, digest_size=6).hexdigest()
            while key in used:
                copies[stem] = copies.get(stem, 1) + 1
                key = f"{stem}-{copies[stem]}"
            used.add(key)
            block = replace(block, key=key)
        keyed.append(block)
    return keyed


def _classified(text: str) -> Block:
    """A paragraph's kind by its wording, and its text without the heading's sign."""
    if text.startswith("# "):
        return Block("", Kind.HEADING, text[2:])
    if NUMBERED.match(text):
        return Block("", Kind.BULLET, text)
    return Block("", Kind.CLAUSE if is_clause(text) else Kind.PARAGRAPH, text)


def parse(text: str) -> list[Block]:
    """The blocks of ``text``, with fresh keys.

    Lines of one paragraph are joined by spaces. Bullets without text are nothing.
    """
    blocks: list[Block] = []
    paragraph: list[str] = []
    for raw in [*text.split("\n"), ""]:
        line = " ".join(raw.split())
        is_bullet = line == "-" or line.startswith("- ")
        if paragraph and (is_bullet or not line):
            blocks.append(_classified(" ".join(paragraph)))
            paragraph = []
        if is_bullet and line != "-":
            blocks.append(Block("", Kind.BULLET, line[2:]))
        elif line and not is_bullet:
            paragraph.append(line)
    return with_keys(blocks)


def rendered(block: Block) -> str:
    """One block as it is written in a text: with '- ' or '# ' where its kind has it."""
    if block.kind is Kind.HEADING:
        return f"# {block.text}"
    if block.kind is Kind.BULLET and not NUMBERED.match(block.text):
        return f"- {block.text}"
    return block.text


def render_text(blocks: Iterable[Block]) -> str:
    """The text whose blocks these are."""
    return join([rendered(block) for block in blocks])


def count(blocks: Iterable[Block]) -> int:
    """How many words the blocks have: as many as their text."""
    return words.count(render_text(blocks))


def block_row(block: Block) -> dict[str, str]:
    """Plain data of one block."""
    return {"key": block.key, "kind": block.kind.value, "text": block.text}


def to_json(blocks: Iterable[Block]) -> dict[str, Any]:
    """Plain data for a JSON column."""
    return {
        "format": FORMAT,
        "blocks": [block_row(block) for block in blocks],
    }


def block_from(row: Any) -> Block:
    """The block that ``block_row`` wrote. Raises ``BlocksUnreadable`` for anything else."""
    try:
        block = Block(row["key"], Kind(row["kind"]), row["text"])
    except (KeyError, TypeError, ValueError) as error:
        raise BlocksUnreadable(f"This is not a block: {row!r:.80}.") from error
    if not (isinstance(block.key, str) and _KEY.fullmatch(block.key)):
        raise BlocksUnreadable(f"This is not the key of a block: {block.key!r:.80}.")
    if not isinstance(block.text, str) or not block.text or "\n" in block.text:
        raise BlocksUnreadable(f"Block {block.key} is not one line of text.")
    return block


def from_json(data: Any) -> list[Block]:
    """The blocks that ``to_json`` wrote. Raises ``BlocksUnreadable`` for anything else."""
    if not isinstance(data, dict) or not isinstance(data.get("blocks"), list):
        raise BlocksUnreadable("These are not stored blocks.")
    if data.get("format") != FORMAT:
        raise BlocksUnreadable(f"Blocks of format {data.get('format')!r:.20} cannot be read.")
    blocks = [block_from(row) for row in data["blocks"]]
    if len({block.key for block in blocks}) < len(blocks):
        raise BlocksUnreadable("Two blocks have the same key.")
    return blocks
