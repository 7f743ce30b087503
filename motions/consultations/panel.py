"""What a conference's page says of its consultations, and of those discussed at its sessions."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from events.models import Conference
from events.panels import Panel
from motions.consultations.models import Consultation, Discussion


def panel(conference: Conference, at: dt.datetime) -> Panel | None:
    """The consultations by title; one query. Nothing where there is none."""
    discussed = Discussion.objects.filter(
        consultation=OuterRef("pk"), session__conference=conference
    )
    rows = list(
        Consultation.objects.public()
        .select_related("report")
        .filter(Q(deadline__conference=conference) | Q(Exists(discussed)))
    )
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
