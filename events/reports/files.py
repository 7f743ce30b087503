"""The section `report` of a conference's file: a report that came on paper, or from another system.

Notes are recognised by their session's title, or by their heading; what a file does not mention
stays, and notes that somebody wrote here are not written over.
"""

from __future__ import annotations

from typing import Any

from events.files.node import Node
from events.models import Conference, ConferenceReport, Notes, Session

FIELDS = ("session", "heading", "speakers", "points", "links", "actions")


def load_report(conference: Conference, node: Node) -> bool:
    """Make the report say what the file says; whether anything changed."""
    node.only("introduction", "source", "published", "notes")
    facts = {
        "introduction": node.text("introduction"),
        "source": node.text("source", longest=300),
        "is_published": node.flag("published"),
    }
    report, changed = ConferenceReport.objects.get_or_create(conference=conference)
    if any(getattr(report, name) != value for name, value in facts.items()):
        ConferenceReport.objects.filter(pk=report.pk).update(**facts)
        changed = True
    sessions = {session.title: session for session in conference.sessions.all()}
    for place, item in enumerate(node.items("notes"), start=1):
        changed = _load_notes(report, item, place, sessions) or changed
    return changed


def _load_notes(
    report: ConferenceReport, item: Node, place: int, sessions: dict[str, Session]
) -> bool:
    item.only(*FIELDS)
    title, heading = item.text("session"), item.text("heading", longest=200)
    session = sessions.get(title)
    if title and session is None:
        item.problem(f"The programme has no session ‘{title}’.", "session")
    if not title and not heading:
        item.problem("Notes belong to a session or have a heading.")
    if item.problems:
        return False
    known = {"session": session} if session else {"session": None, "heading": heading}
    facts = {
        "heading": heading,
        "position": place,
        "is_ready": True,
        **{name: "\n".join(item.texts(name)) for name in ("speakers", "links", "actions")},
        "points": item.text("points"),
    }
    row = report.notes.filter(**known).first() or Notes(report=report, session=session)
    if row.saved_by_id or all(getattr(row, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    return True


def dump_report(conference: Conference) -> dict[str, Any] | None:
    """What loading makes again, of a published report; None otherwise."""
    report = ConferenceReport.objects.filter(conference=conference).first()
    if report is None or not report.is_published:
        return None
    content: dict[str, Any] = {
        "introduction": report.introduction,
        "source": report.source,
        "published": True,
        "notes": [_dumped(row) for row in report.notes.select_related("session")],
    }
    return {name: value for name, value in content.items() if value}


def _dumped(row: Notes) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "session": row.session.title if row.session else "",
        "heading": row.heading,
        "speakers": row.speakers_listed,
        "points": row.points,
        "links": row.links.splitlines(),
        "actions": row.actions.splitlines(),
    }
    return {name: value for name, value in fields.items() if value}
