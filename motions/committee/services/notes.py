"""Notes of the committee on a motion: added to, never changed, never shown to a body."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import User
from motions import rules
from motions.committee.models import CommitteeNote
from motions.models import Motion
from motions.texts.cleaning import clean


@transaction.atomic
def add(*, by: User, motion: Motion, text: str, at: dt.datetime) -> CommitteeNote:
    """Add a note. The same words of the same member again, one after the other, are one note.

    Raises ValidationError: code `own_body` for a member kept from the motion, or a dict of fields.
    """
    if rules.is_kept_from(by, motion):
        raise ValidationError(
            f"You are kept from this {motion.noun}, and so from the committee's notes on it.",
            code="own_body",
        )
    words = clean(text).text.strip()
    if not words:
        raise ValidationError({"text": "Write the note first."})
    last = motion.committee_notes.order_by("written_at", "pk").last()
    if last and (last.written_by_id, last.text) == (by.pk, words):
        return last
    return CommitteeNote.objects.create(motion=motion, text=words, written_by=by, written_at=at)
