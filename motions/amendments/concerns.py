"""What amendments say on start pages: those to one's own motions that wait for an answer."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef
from django.urls import reverse

import clock
from events.concerns import Concern
from events.models import Conference
from events.services.public_pages import kept
from members.models import User
from members.rules import Deed, bodies_acted_for
from motions.amendments import amending
from motions.models import Amendment, Motion, MoversAnswer


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """Published amendments to motions of one's bodies that the mover has not answered."""
    bodies = {body.pk for body in bodies_acted_for(user, Deed.SUBMIT, clock.in_london(at).date())}
    if not bodies:
        return []
    waiting = kept("amendments not answered", at, _not_answered)
    return [concern for mover, concern in waiting if mover in bodies]


def _not_answered() -> list[tuple[int, Concern]]:
    """The same of every body, in one query: what is published and what is answered is public."""
    answered = MoversAnswer.objects.filter(amendment=OuterRef("pk"), ended_at__isnull=True)
    rows = Amendment.objects.filter(
        ~Exists(answered),
        state=Motion.State.PUBLISHED,
        amends__state=Motion.State.PUBLISHED,
        conference__status__in=Conference.DOORS_OPEN,
    )
    rows = rows.select_related("amends__current_version", "organisation", "conference")
    return [
        (row.amends.organisation_id, _concern(row)) for row in rows.order_by("published_at", "pk")
    ]


def _concern(row: Amendment) -> Concern:
    return Concern(
        title=f"{amending.label(row)} to “{row.amends.current_version.title}”: do you accept it?",
        url=reverse("motions:answer-amendment", args=[row.conference.slug, row.pk]),
        action="Answer",
        conference=row.conference.title,
    )
