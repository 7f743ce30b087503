"""What the chair, and those who report on decisions, find on their start pages."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from events.concerns import Concern
from events.models import Conference, LayAppointment
from events.rules import tasks_of
from members.models import User
from motions.models import Decision

SETTLED = (Decision.State.DONE, Decision.State.DROPPED)


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """The chair's desk, and decisions of conferences to report on. Two queries."""
    seats = [
        row.conference
        for row in tasks_of(user, at)
        if row.task == LayAppointment.Task.CHAIR and row.conference.status != Conference.Status.OVER
    ]
    found = [
        Concern(
            title="You are a chair",
            url=reverse("motions:chair", args=[conference.slug]),
            action="To the chair’s desk",
            conference=conference.title,
        )
        for conference in seats
    ]
    kept = Decision.objects.filter(keeper=user).exclude(state__in=SETTLED).order_by("pk")
    # few people keep one: what is wide is asked for when there is any
    for row in kept.prefetch_related("motion__conference", "motion__current_version"):
        conference = row.motion.conference
        found.append(
            Concern(
                title=f"Report on “{row.motion.current_version.title}”",
                url=reverse("motions:decision", args=[conference.slug, row.motion_id]),
                action="Report",
                conference=conference.title,
            )
        )
    return found
