"""On a body's page: at which conferences it may let others act, and who does already."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.urls import reverse

import clock
from events import rules
from events.models import Conference
from events.services.public_pages import kept
from members.body_page import Row, Section
from members.models import Organisation, User


def section(organisation: Organisation, user: User, at: dt.datetime) -> Section | None:
    """One row a conference that is coming; for officers who may authorise."""
    if not rules.may_authorise(user, organisation, at):
        return None
    given = organisation.authorisations.filter(withdrawn_at__isnull=True).order_by()
    acting = Counter(given.values_list("conference", flat=True))
    rows = [
        Row(
            text="Who may draft and submit",
            state=None,
            conference=title,
            note=f"{acting[pk]} besides the officers" if acting[pk] else "Only the officers",
            url=reverse("events:acting-for", args=[slug, organisation.slug]),
            action="See or change",
        )
        for pk, title, slug in _coming(at)
    ]
    return Section("Acting for the body", tuple(rows)) if rows else None


def _coming(at: dt.datetime) -> list[tuple[int, str, str]]:
    today = clock.in_london(at).date()

    def read() -> list[tuple[int, str, str]]:
        rows = Conference.objects.coming(today).filter(status__in=Conference.DOORS_OPEN)
        return list(rows.values_list("pk", "title", "slug"))

    return kept(f"coming on {today}", at, read)
