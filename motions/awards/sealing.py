"""Notes what the panel does, and lets it into the audit trail once the hour has come."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from members import audit
from members.models import User
from motions.awards import embargo
from motions.awards.models import AwardCategory, SealedEntry


def note(
    *, by: User, action: str, category: AwardCategory, at: dt.datetime, **facts: object
) -> SealedEntry:
    """Leave one entry for an act of the panel, inside the act's own transaction.

    It names nominees by number, and says nothing of points or results.
    """
    return SealedEntry.objects.create(
        conference=category.conference, category=category, by=by, at=at, action=action, facts=facts
    )


def enter_trail(*, at: dt.datetime) -> int:
    """Let the entries of presented awards into the trail, each with its own time; how many.

    Safe to run twice and by two at once: an entry that is in the trail is passed over.
    """
    return sum(_enter(rules.conference_id, at) for rules in embargo.ended(at))


@transaction.atomic
def _enter(conference: int, at: dt.datetime) -> int:
    rows = SealedEntry.objects.select_for_update(of=("self",)).filter(
        conference=conference, entered_at__isnull=True
    )
    waiting = list(rows.select_related("category__deadline__conference", "by").order_by("at", "pk"))
    for entry in waiting:
        audit.record(
            by=entry.by, action=entry.action, on=entry.category, at=entry.at, after=entry.facts
        )
    SealedEntry.objects.filter(pk__in=[entry.pk for entry in waiting]).update(entered_at=at)
    return len(waiting)
