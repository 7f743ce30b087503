"""Moving a conference from one status to another."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events import announcements
from events.models import Conference
from events.services.public_pages import mark_changed
from members import audit
from members.models import User

Status = Conference.Status
NEEDS_A_NOTE = (Status.POSTPONED, Status.CANCELLED)


@transaction.atomic
def change_status(
    *, by: User, conference: Conference, status: str, at: dt.datetime, note: str = ""
) -> Conference:
    """Announce, open, postpone, cancel … a conference, by the table of allowed moves.

    The note is shown to everybody; postponing and cancelling need one. Raises ValidationError when
    the move is not allowed, the note is missing, or what strangers must know is missing.
    """
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    before = locked.status
    if status == before and note.strip() == locked.status_note:
        return locked
    label = Status(before).label
    if status != before and status not in Conference.MOVES[Status(before)]:
        raise ValidationError(
            f"A conference that is {label} cannot become {Status(status).label}.", code="move"
        )
    if status in NEEDS_A_NOTE and not note.strip():
        raise ValidationError(
            {
                "note": ValidationError(
                    "Say why, and what happens next: people who booked will read it.", code="note"
                )
            }
        )
    audit.record(
        by=by,
        action="conference.status-changed",
        on=locked,
        at=at,
        before={"status": before, "note": locked.status_note},
        after={"status": status, "note": note.strip()},
    )
    locked.status, locked.status_note = status, note.strip()
    locked.save(update_fields=["status", "status_note"])
    if status != before:
        announcements.status_changed(locked, before, at)
    mark_changed()
    return locked
