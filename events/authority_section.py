"""On a body's page: at which conferences it may let others act, and who does already."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse

import clock
from events import rules
from events.models import Conference
from members.body_page import Row, Section
from members.models import Organisation, User


def section(organisation: Organisation, user: User, at: dt.datetime) -> Section | None:
    """One row a conference that is coming; for officers who may authorise."""
    if not rules.may_authorise(user, organisation, at):
        return None
    given = Q(authorisations__organisation=organisation, authorisations__withdrawn_at__isnull=True)
    today = clock.in_london(at).date()
    coming = Conference.objects.coming(today).filter(status__in=Conference.DOORS_OPEN)
    rows = [
        Row(
            text="Who may draft and submit",
            state=None,
            conference=title,
            note=f"{acting} besides the officers" if acting else "Only the officers",
            url=reverse("events:acting-for", args=[slug, organisation.slug]),
            action="See or change",
        )
        for title, slug, acting in coming.annotate(
            acting=Count("authorisations", filter=given)
        ).values_list("title", "slug", "acting")
    ]
    return Section("Acting for the body", tuple(rows)) if rows else None
