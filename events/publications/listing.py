"""Publications on the page of what they belong to: read within the one query of that page.

A public page has few queries to spend, so a conference brings its list along as JSON: what is out
at the instant, and when the next one comes out (the page reads otherwise from then on).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Min, OuterRef, Subquery
from django.db.models.functions import JSONObject

from events.models import Publication
from events.panels import Panel


class RowsAsJson(models.Aggregate):
    """The rows as one JSON list, in no order of its own."""

    template = "%(function)s(%(expressions)s)"
    function = "JSON_GROUP_ARRAY"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def with_publications(rows: models.QuerySet, owner: str, at: dt.datetime) -> models.QuerySet:
    """Conferences or campaigns (`owner` names which) with `publications_out` and `…_next_at`."""
    theirs = Publication.objects.filter(**{owner: OuterRef("pk")}, is_draft=False).order_by()
    shown = JSONObject(
        slug="slug", title="title", kind="kind", access="access", position="position"
    )
    listed = theirs.out(at).values(owner).annotate(rows=RowsAsJson(shown)).values("rows")
    coming = theirs.filter(publish_at__gt=at).values(owner).annotate(first=Min("publish_at"))
    return rows.annotate(
        publications_out=Subquery(listed, output_field=models.JSONField()),
        publications_next_at=Subquery(coming.values("first")),
    )


def panel(owner: Any, at: dt.datetime) -> Panel | None:
    """The publications that are out, for a conference or campaign fetched `with_publications`."""
    rows = getattr(owner, "publications_out", None)
    if not rows:
        return None
    rows = sorted(rows, key=lambda row: (row["position"], row["title"]))
    facts = {"publications": [_shown(row) for row in rows]}
    title = "Publication" if len(rows) == 1 else "Publications"
    changes_at = owner.publications_next_at
    return Panel(title, "events/parts/publications.html", facts, changes_at, anchor="publications")


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    access = Publication.Access(row["access"])
    return {
        "slug": row["slug"],
        "title": row["title"],
        "kind": Publication.Kind(row["kind"]).label,
        "how": HOW[access],
    }


#: How one comes by it, in a few words beside the title.
HOW = {
    Publication.Access.PUBLIC: "",
    Publication.Access.REGISTRANTS: "for those registered for the conference",
    Publication.Access.FORM: "by a short form",
}
