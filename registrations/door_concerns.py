"""What people find on their start pages for the days of a conference: the door, who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

import clock
from events.concerns import Concern
from events.models import Conference, LayAppointment
from events.rules import tasks_of
from members.attention import Item
from members.models import User
from registrations import rules
from registrations.models import PassType

Task = LayAppointment.Task
#: The credentials report is prepared in the week before and handed in within the month after.
BEFORE, AFTER = dt.timedelta(days=7), dt.timedelta(days=28)


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """The door for stewards, the credentials report for the committee. One query."""
    return [found for task in tasks_of(user, at) if (found := _concern(task, at)) is not None]


def _concern(task: LayAppointment, at: dt.datetime) -> Concern | None:
    here, title = [task.conference.slug], task.conference.title
    if task.task == Task.STEWARD and task.conference.has_open_doors:
        return Concern(
            title="You are a steward",
            url=reverse("registrations:door", args=here),
            action="Go to the door",
            conference=title,
        )
    if task.task == Task.CAC_MEMBER and _is_about_now(task.conference, at):
        return Concern(
            title="The credentials report",
            url=reverse("registrations:credentials", args=here),
            action="See who came, in numbers",
            conference=title,
        )
    return None


def attention(user: User, at: dt.datetime) -> Iterator[Item]:
    """For staff: the credentials report of each conference about now, with its delegates."""
    if not rules.may_replace_badges(user):
        return
    delegates = Count(
        "bookings__places",
        Q(
            bookings__state="submitted",
            bookings__organisation__isnull=False,
            bookings__places__cancelled_at__isnull=True,
            bookings__places__pass_type__role__in=PassType.DELEGATION,
        ),
    )
    for row in _about_now(at).annotate(delegates=delegates):
        url = reverse("registrations:credentials", args=[row.slug])
        yield Item(f"delegates in the credentials report of {row.title}", row.delegates, url)


def _about_now(at: dt.datetime) -> QuerySet[Conference]:
    today = clock.in_london(at).date()
    return Conference.objects.filter(starts_on__lte=today + BEFORE, ends_on__gte=today - AFTER)


def _is_about_now(conference: Conference, at: dt.datetime) -> bool:
    today = clock.in_london(at).date()
    starts, ends = conference.starts_on, conference.ends_on
    return bool(starts and ends) and starts <= today + BEFORE and ends >= today - AFTER
