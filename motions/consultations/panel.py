"""What a conference's page says of its consultations, and of those discussed at its sessions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from events.models import Conference
from events.panels import Panel
from motions.consultations.models import Consultation, Discussion


def brings(rows: QuerySet[Conference]) -> QuerySet[Conference]:
    """Conferences with `has_consultations`: most have none, and are asked no further."""
    found = _of(OuterRef("pk"), OuterRef(OuterRef("pk")))
    return rows.annotate(has_consultations=Exists(found))


def _of(conference: Any, within: Any) -> QuerySet[Consultation]:
    """The public ones of a conference, or discussed there; `within` is the same one query deeper."""
    discussed = Discussion.objects.filter(consultation=OuterRef("pk"), session__conference=within)
    return Consultation.objects.public().filter(
        Q(deadline__conference=conference) | Q(Exists(discussed))
    )


def panel(conference: Conference, at: dt.datetime) -> Panel | None:
    """The consultations by title; one query. Nothing where there is none."""
    if not getattr(conference, "has_consultations", True):
        return None
    rows = list(_of(conference, conference).select_related("report"))
    if not rows:
        return None
    changes = [row.deadline.closing for row in rows if row.deadline.closing]
    changes_at = min((instant for instant in changes if instant > at), default=None)
    facts = {"consultations": rows}
    return Panel(
        "Consultations",
        "motions/consultations/parts/panel.html",
        facts,
        changes_at=changes_at,
        anchor="consultations",
    )
