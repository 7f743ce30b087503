"""A Word file as an amendment: the whole text of the motion, as the body wants it to read.

What the file says is compared with the motion before anything is taken. A file that is probably
something else (the changed paragraph alone, an older text of the motion) is told as such.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from motions.amendments import showing
from motions.models import Motion, MotionVersion
from motions.services.versions import as_parsed, words_inserted
from motions.texts import blocks, operations, words
from motions.texts.blocks import Block
from motions.texts.comparing import State, compare
from motions.texts.docx.reading import Understood

TRACKED = (
    "The file has tracked changes. It is read as it is with all of them accepted; what it says now "
    "is compared with the motion."
)
LITTLE = (
    "Less than half of the motion’s words are in this file. It is read as the whole text, so what "
    "is not in it would be deleted. If it holds only the part you want to change, leave it and "
    "change the text on the page."
)


def text_of(found: Understood, base: MotionVersion) -> tuple[str, list[str]]:
    """The text to compare, and what to tell: an amendment changes the text, never the title."""
    text, told = found.text, []
    if found.is_tracked:
        told.append(TRACKED)
    if found.is_heading and not _is_same(found.title, base.title):
        return f"# {found.title}\n\n{text}", told
    if found.title and not _is_same(found.title, base.title):
        told.append(
            f"The title of the file, “{found.title}”, is left out: an amendment changes the text of "
            "the motion, not its title."
        )
    first, _, rest = text.partition("\n\n")
    is_title = not found.title and _is_same(first, base.title)
    if rest and is_title and not _begins_with_its_title(base):
        told.append("The title of the motion at the top of the file is not part of its text.")
        return rest, told
    return text, told


def facts(amendment: Motion, text: str) -> dict[str, object]:
    """What the text does to the motion, for the page on which it is read before it is taken.

    Raises ValidationError where it does nothing, or would leave nothing.
    """
    base, proposal = as_parsed(amendment.base), blocks.parse(text)
    if not operations.derive(base, proposal):
        raise ValidationError(
            "This file says word for word what the motion says: nothing is changed. Change the text "
            "in Word until it reads as your body wants it, save it, and upload it again."
        )
    return {
        "shown": showing.shown(base, proposal),
        "blocks": proposal,
        "words": words_inserted(base, proposal),
        "warnings": [*_little(base, proposal), *_older(amendment, base, proposal)],
        "before": blocks.parse(amendment.draft_text),
        "is_changed_already": bool(operations.derive(base, blocks.parse(amendment.draft_text))),
    }


def _little(base: Sequence[Block], proposal: Sequence[Block]) -> list[str]:
    """Is it likely that the file is not the whole text?"""
    every = sum(words.count(block.text) for block in base)
    return [LITTLE] if 2 * _kept(base, proposal) < every else []


def _older(amendment: Motion, base: Sequence[Block], proposal: Sequence[Block]) -> list[str]:
    """Was the file made from a text that the motion no longer has?"""
    kept = _kept(base, proposal)
    older = amendment.amends.versions.filter(number__lt=amendment.base.number)
    for version in older.prefetch_related("blocks"):
        if _kept(as_parsed(version), proposal) > kept:
            return [
                "The file seems to be made from an earlier text of the motion: it would undo what has "
                "changed since. Read below what it would do."
            ]
    return []


def _kept(base: Sequence[Block], proposal: Sequence[Block]) -> int:
    """How many words of the text stay as they are."""
    return sum(
        words.count(segment.text)
        for row in compare(base, proposal)
        for segment in row.segments
        if segment.state is State.KEPT
    )


def _is_same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _begins_with_its_title(base: MotionVersion) -> bool:
    first = base.blocks.first()
    return first is not None and _is_same(first.text, base.title)
