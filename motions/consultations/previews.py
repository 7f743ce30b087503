"""A document that was sent, as text on a page: the words of a .docx, or why it is not shown."""

from __future__ import annotations

from dataclasses import dataclass

from motions.consultations.models import PolicySubmission
from motions.texts import blocks
from motions.texts.cleaning import TextTooLong, clean
from motions.texts.docx.archive import WordFileRefused
from motions.texts.docx.reading import read


@dataclass(frozen=True, slots=True)
class Preview:
    """What the document says, in blocks; or `refusal`, a sentence."""

    title: str = ""
    blocks: tuple = ()
    notices: tuple[str, ...] = ()
    refusal: str = ""


def preview(submission: PolicySubmission) -> Preview | None:
    """The words of the document; None where there is none."""
    if not submission.document:
        return None
    if not submission.document.name.lower().endswith(".docx"):
        return Preview(refusal="Only Word documents (.docx) are shown here. Download this one.")
    try:
        with submission.document.open("rb") as stored:
            found = read(stored.read())
        cleaned = clean(found.text)
    except (WordFileRefused, TextTooLong) as error:
        return Preview(refusal=f"This document cannot be shown here. {error}")
    except FileNotFoundError:
        return Preview(refusal="The file is not there any more.")
    return Preview(found.title, tuple(blocks.parse(cleaned.text)), found.notices)
