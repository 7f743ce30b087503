"""An amendment as people see it: what is inserted and deleted, word by word, and the spoken sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motions.models import Motion, MotionVersion
from motions.services.versions import as_parsed
from motions.texts import blocks as parsing
from motions.texts import spoken
from motions.texts.blocks import Block
from motions.texts.comparing import Segment, State, compare

_IN_WORDS = {
    State.KEPT: "",
    State.CHANGED: "Changed",
    State.INSERTED: "Inserted",
    State.DELETED: "Deleted",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the diff. `number` counts the paragraphs of the text that is amended."""

    number: int | None
    kind: str
    what: str
    segments: tuple[Segment, ...]

    @property
    def is_changed(self) -> bool:
        """Does the amendment do anything to it?"""
        return bool(self.what)


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole diff, and what a chair reads out."""

    paragraphs: list[Paragraph]
    sentences: list[str]

    @property
    def changed(self) -> list[Paragraph]:
        """The paragraphs that are changed, inserted or deleted."""
        return [one for one in self.paragraphs if one.is_changed]


def shown(base: Sequence[Block], proposal: Sequence[Block]) -> Shown:
    """What makes one text of the other, for a page."""
    paragraphs = [
        Paragraph(row.number, str((row.new or row.old).kind), _IN_WORDS[row.state], row.segments)
        for row in compare(base, proposal)
    ]
    return Shown(paragraphs, spoken.sentences(base, proposal))


def of_version(version: MotionVersion) -> Shown:
    """What a wording that was sent in does to its text."""
    return shown(as_parsed(version.base), as_parsed(version))


def of_draft(amendment: Motion) -> Shown:
    """What the working copy does to its text, as it was understood."""
    return shown(as_parsed(amendment.base), parsing.parse(amendment.draft_text))
