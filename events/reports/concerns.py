"""On the start page: the notes a person is to write, the report they are to join."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from events.concerns import Concern
from events.models import LayAppointment, Rapporteur
from events.rules import tasks_of
from members.models import User


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """One for each session whose notes are theirs, and one for each report they join."""
    rows = Rapporteur.objects.filter(user=user, ended_at__isnull=True)
    rows = rows.select_related("notes__report__conference", "notes__session")
    found = [_of_notes(row) for row in rows.filter(notes__report__is_published=False)]
    return found + [
        Concern(
            title="Join the report",
            url=reverse("events:report-desk", args=[task.conference.slug]),
            action="Open the desk",
            conference=task.conference.title,
        )
        for task in tasks_of(user, at)
        if task.task == LayAppointment.Task.REPORT_EDITOR
    ]


def _of_notes(row: Rapporteur) -> Concern:
    conference = row.notes.report.conference
    return Concern(
        title=f"Write the notes: {row.notes.title}",
        url=reverse("events:report-notes", args=[conference.slug, row.notes.pk]),
        action="Change them" if row.notes.is_ready else "Write",
        conference=conference.title,
        is_done=row.notes.is_ready,
    )
