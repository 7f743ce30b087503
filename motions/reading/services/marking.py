"""One person's reading list and private notes. Nobody else's pages change by them."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import User
from motions.models import Motion, PrivateNote, ReadingMark
from motions.texts.cleaning import TextTooLong, clean

LONGEST_NOTE = 5000


@transaction.atomic
def mark(*, by: User, motion: Motion, as_: str, at: dt.datetime) -> ReadingMark | None:
    """Put the motion on the list as 'to_read' or 'read'; '' takes it off the list."""
    if not as_:
        ReadingMark.objects.filter(reader=by, motion=motion).delete()
        return None
    made, _ = ReadingMark.objects.update_or_create(
        reader=by, motion=motion, defaults={"mark": ReadingMark.Mark(as_), "marked_at": at}
    )
    return made


@transaction.atomic
def note(*, by: User, motion: Motion, text: str, seen: str, at: dt.datetime) -> PrivateNote | None:
    """Write one's note on a motion anew; an empty one is deleted.

    `seen` is `PrivateNote.state_seen` of the note that was on the page, '' for none. Raises
    ValidationError (a dict of fields; code `stale`) when another window has changed it since, and
    for a text that is too long.
    """
    try:
        words = clean(text).text.strip()
    except TextTooLong as error:
        raise ValidationError({"text": str(error)}) from error
    if len(words) > LONGEST_NOTE:
        raise ValidationError({"text": f"A note has at most {LONGEST_NOTE:,} characters."})
    row = PrivateNote.objects.select_for_update().filter(writer=by, motion=motion).first()
    stands = row.text if row else ""
    if words == stands:
        return row
    if seen != state_seen(row):
        raise ValidationError(
            {
                "text": f"You changed this note in another window. There it says: {stands or 'nothing'}"
            },
            code="stale",
        )
    if not words:
        row.delete()
        return None
    made, _ = PrivateNote.objects.update_or_create(
        writer=by, motion=motion, defaults={"text": words, "written_at": at}
    )
    return made


def state_seen(row: PrivateNote | None) -> str:
    """Which note was on the page: its instant, '' for none."""
    return row.written_at.isoformat() if row else ""
