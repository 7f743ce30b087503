"""What the conference page says of its business: the motions that are published."""

from __future__ import annotations

import datetime as dt

from events.models import Conference
from events.panels import Panel
from motions.agendas.register import with_the_last
from motions.models import Decision, Motion, Outcome

MOST = 30


def panel(conference: Conference, at: dt.datetime) -> Panel | None:
    """The published motions by title, and what became of the decisions of the last conference of
    its kind; one query. Nothing is said while there is neither."""
    rows = with_the_last(conference).in_agenda_order().with_titles().select_related("decision")
    rows = list(rows[: 2 * MOST + 2])
    motions = [row for row in rows if row.conference_id == conference.pk]
    last = [row for row in rows if row.conference_id != conference.pk]
    if not rows:
        return None
    facts = {
        "motions": motions[:MOST],
        "has_more": len(motions) > MOST,
        "last": [_decided(row) for row in last[:MOST]],
        "last_title": last[0].conference_title if last else "",
        "last_slug": last[0].conference_slug if last else "",
    }
    return Panel("Motions", "motions/parts/panel.html", facts, anchor="motions")


def _decided(motion: Motion) -> dict[str, str]:
    """One decision of the last conference: what it was, and how it stands."""
    decision = getattr(motion, "decision", None)
    state = decision.get_state_display() if decision else Decision.State.OPEN.label
    return {
        "title": motion.current_version.title,
        "number": motion.number,
        "result": Outcome.Result(motion.decided_as).label,
        "state": state,
    }
