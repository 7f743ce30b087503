"""The section `publications` of a conference's or campaign's file. Files themselves are uploaded.

A publication is recognised by its slug and never removed: what a file does not mention stays.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import clock
from events.calendar import london_instant
from events.files.node import Node
from events.models import Campaign, Conference, Publication

FIELDS = ("slug", "title", "kind", "summary", "for_whom", "out", "draft")


def load_publications(conference: Conference, node: Node) -> bool:
    """Make the conference's publications those of the file; whether anything changed."""
    return load_for(node, conference=conference)


def dump_publications(conference: Conference) -> list[dict[str, Any]] | None:
    """What loading makes again; None where there are none."""
    return dump(conference.publications.all())


def load_for(node: Node, **owner: Conference | Campaign) -> bool:
    """The same for whatever they belong to."""
    changed = False
    for position, item in enumerate(node.elements()):
        item.only(*FIELDS)
        for field in ("slug", "title"):
            item.require(field)
        facts = _facts(item) | owner | {"position": position}
        row = Publication.objects.filter(slug=item.text("slug", longest=100)).first()
        if row is not None and any(getattr(row, name) != value for name, value in owner.items()):
            item.problem(f"{row.home} has a publication of this slug. Choose another.", "slug")
        if "campaign" in owner and facts["access"] == Publication.Access.REGISTRANTS:
            item.problem("Only a conference has people who are registered.", "for_whom")
        if node.problems:
            continue
        row = row or Publication(slug=item.text("slug"))
        if row.pk is None or any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            row.save()
            changed = True
    return changed


def _facts(item: Node) -> dict[str, Any]:
    access = item.choice("for_whom", Publication.Access, Publication.Access.PUBLIC)
    return {
        "title": item.text("title", longest=200),
        "kind": item.choice("kind", Publication.Kind, Publication.Kind.REPORT),
        "summary": item.text("summary"),
        "access": access,
        "publish_at": _out(item),
        "is_draft": item.flag("draft"),
    }


def _out(item: Node) -> dt.datetime | None:
    """A date alone is the beginning of that day."""
    if len(item.text("out")) == len("2016-11-12"):
        day = item.date("out")
        return london_instant(day, dt.time(0, 0)) if day else None
    return item.instant("out")


def dump(rows: Any) -> list[dict[str, Any]] | None:
    """The section as plain values."""
    found = [_dumped(row) for row in rows.order_by("position", "pk")]
    return found or None


def _dumped(row: Publication) -> dict[str, Any]:
    fields = {
        "slug": row.slug,
        "title": row.title,
        "kind": "" if row.kind == Publication.Kind.REPORT else str(row.kind),
        "summary": row.summary,
        "for_whom": "" if row.access == Publication.Access.PUBLIC else str(row.access),
        "out": _told(row.publish_at),
        "draft": row.is_draft,
    }
    return {name: value for name, value in fields.items() if value}


def _told(at: dt.datetime | None) -> dt.date | dt.datetime | None:
    if at is None:
        return None
    local = clock.in_london(at)
    return local.date() if local.time() == dt.time(0, 0) else at
