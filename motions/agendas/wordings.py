"""A wording as it is printed: blocks with their numbers, lines with theirs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from motions.texts import lines
from motions.texts.blocks import Block


def printed_blocks(blocks: Sequence[Block], algorithm: int) -> list[dict[str, Any]]:
    """Each block with its number and its numbered lines, by the rule the version was numbered with."""
    numbered = lines.number(blocks, algorithm=algorithm)
    return [
        {
            "key": block.key,
            "number": place,
            "kind": str(block.kind),
            "text": block.text,
            "lines": [[line.number, line.text] for line in numbered if line.key == block.key],
        }
        for place, block in enumerate(blocks, start=1)
    ]
