"""What the conference page says of its business: the motions that are published."""

from __future__ import annotations

import datetime as dt

from events.models import Conference
from events.panels import Panel

MOST = 30


def panel(conference: Conference, at: dt.datetime) -> Panel | None:
    """The published motions by title; one query. Nothing is said while there is none."""
    motions = conference.motions.published().with_titles()[: MOST + 1]
    if not motions:
        return None
    facts = {"motions": motions[:MOST], "has_more": len(motions) > MOST}
    return Panel("Motions", "motions/parts/panel.html", facts, anchor="motions")
