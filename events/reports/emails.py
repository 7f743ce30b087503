"""The mail to somebody who is asked to write the notes of a session."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from events.models import Rapporteur
from mailing import links, outbox


def assigned(rapporteur: Rapporteur, *, at: dt.datetime) -> None:
    """Once an assignment."""
    notes = rapporteur.notes
    conference = notes.report.conference
    path = reverse("events:report-notes", args=[conference.slug, notes.pk])
    outbox.put(
        key=f"rapporteur:{rapporteur.pk}",
        to=rapporteur.user.email,
        to_name=rapporteur.user.name,
        subject=f"Please write the notes: {notes.title}",
        template="events/rapporteur",
        context={
            "name": rapporteur.user.name,
            "notes": notes,
            "conference_title": conference.title,
            "link": links.site(path),
        },
        kind="notice",
        conference=conference.slug,
        at=at,
    )
