"""What a steward finds on their start page: the door, on the days of their task."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from events.concerns import Concern
from events.models import Conference, LayAppointment
from events.rules import appointments
from members.models import User


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """One entry a conference whose doors the person keeps now. One query."""
    tasks = appointments(user, at).filter(
        task=LayAppointment.Task.STEWARD, conference__status__in=Conference.DOORS_OPEN
    )
    return [
        Concern(
            title="You are a steward",
            url=reverse("registrations:door", args=[task.conference.slug]),
            action="Go to the door",
            conference=task.conference.title,
        )
        for task in tasks.select_related("conference")
    ]
