"""A composite ends without agreement: the motions stand, and everyone asked is told what happened."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from members import audit
from members.models import User
from motions.composites import emails
from motions.composites.models import Composite
from motions.composites.services.grouping import locked, open_for
from motions.composites.standings import Standing, is_past, standing_of
from motions.composites.wordings import wordings_of
from motions.texts.cleaning import clean


@transaction.atomic
def end(*, by: User, composite: Composite, words: str, at: dt.datetime) -> Composite:
    """End it, saying to the bodies what happened. Their motions stand as they were.

    Raises ValidationError: code `own_body`, `state`, or a dict of fields when nothing is said.
    """
    composite = open_for(by, composite)
    said = clean(words).text.strip()[:5000]
    if not said:
        raise ValidationError(
            {"words": "Say what happened: it goes to all bodies that were asked."}
        )
    return _ended(by, composite, standing_of(composite), said, at)


def end_overdue(*, at: dt.datetime) -> int:
    """End every open composite whose date has passed without agreement; how many there were.

    One on which enough bodies agree is left for the committee to publish. Safe to run at any time
    and twice at once. While a conference is halted its composites wait.
    """
    ended = 0
    for composite in Composite.objects.open().order_by("pk"):
        ended += _end_if_overdue(composite, at)
    return ended


@transaction.atomic
def _end_if_overdue(composite: Composite, at: dt.datetime) -> bool:
    doors.lock(composite.deadline)
    row = locked(composite)
    standing = standing_of(row)
    if not row.is_open or not row.conference.has_open_doors or not is_past(standing, at):
        return False
    obstacles = standing.obstacles(wordings_of(place.part for place in standing.places), at)
    if not obstacles:
        return False
    closing = doors.closing_in_words(row.deadline.closing)
    said = f"The date for answers was {closing}. {' '.join(obstacles)}"
    _ended(None, row, standing, said, at)
    return True


def _ended(
    by: User | None, composite: Composite, standing: Standing, words: str, at: dt.datetime
) -> Composite:
    composite.require_move(Composite.State.ENDED)
    before, composite.state = composite.state, Composite.State.ENDED
    composite.closed_by, composite.closed_at, composite.ending = by, at, words
    composite.save(update_fields=["state", "closed_by", "closed_at", "ending"])
    composite.parts.update(ended_at=at)
    audit.record(
        by=by,
        action="composite.ended",
        on=composite,
        at=at,
        before={"state": before},
        after={"state": composite.state},
        reason=words,
    )
    emails.ended(composite, standing, at)
    return composite
