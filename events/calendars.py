"""Calendars to subscribe to (RFC 5545): key dates and programmes, in Europe/London.

The UID of an entry never changes and its SEQUENCE rises with every change, so that a subscribed
calendar moves the entry rather than showing it twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from icalendar import Calendar, Event, vDuration

import clock
from events.calendar import last_day
from events.models import Conference, Deadline
from events.programme import ProgrammeDay, ProgrammeItem
from mailing import cleaning

REFRESH = dt.timedelta(hours=6)
NOTICE = dt.timedelta(minutes=30)  # an exact closing is shown as the half hour before it


@dataclass(frozen=True, slots=True)
class Subscription:
    """The two addresses of a calendar: to open in a calendar program and to download."""

    webcal: str
    https: str


def subscription(url_name: str, *args: str) -> Subscription:
    """Where a calendar is found, from the site's own address."""
    url = settings.SITE_URL.rstrip("/") + reverse(url_name, args=args)
    return Subscription(webcal="webcal" + url[url.index("://") :], https=url)


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Co-operative Party//Conferences//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", cleaning.header(name))
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return calendar


def _finished(calendar: Calendar) -> bytes:
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(uid: str, title: str, sequence: int, conference: Conference, at: dt.datetime) -> Event:
    """An entry; the stamp is the day's first instant, so that a day's copies are identical."""
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("summary", cleaning.header(title, longest=400))
    event.add("sequence", sequence)
    midnight = clock.in_london(at).replace(hour=0, minute=0, second=0, microsecond=0)
    event.add("dtstamp", midnight.astimezone(dt.UTC))
    cancelled = conference.status == Conference.Status.CANCELLED
    tentative = conference.status in {Conference.Status.POSTPONED, Conference.Status.PROVISIONAL}
    event.add("status", "CANCELLED" if cancelled else "TENTATIVE" if tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _all_day(event: Event, first: dt.date, last: dt.date) -> Event:
    """The end of a whole day is exclusive in calendars."""
    event.add("dtstart", first)
    event.add("dtend", last + dt.timedelta(days=1))
    return event


def _timed(event: Event, starts_at: dt.datetime, ends_at: dt.datetime) -> Event:
    event.add("dtstart", clock.in_london(starts_at))
    event.add("dtend", clock.in_london(ends_at))
    return event


def _conference_days(conference: Conference, at: dt.datetime) -> list[Event]:
    if conference.starts_on is None:
        return []
    sequence = 1 if conference.is_halted else 0
    event = _event(f"conference-{conference.pk}", conference.title, sequence, conference, at)
    event.add("url", settings.SITE_URL.rstrip("/") + conference.get_absolute_url())
    if conference.venue is not None and conference.venue_is_public(at):
        event.add("location", cleaning.header(str(conference.venue), longest=400))
    return [_all_day(event, conference.starts_on, conference.ends_on)]


def _deadline_events(deadline: Deadline, at: dt.datetime) -> list[Event]:
    conference, closing = deadline.conference, deadline.closing
    sequence = deadline.times_moved + (1 if conference.is_halted else 0)
    events = []
    if deadline.opens_at is not None:
        title = f"Opens: {deadline.label} ({conference})"
        opening = _event(f"deadline-{deadline.pk}-opens", title, sequence, conference, at)
        if clock.in_london(deadline.opens_at).time() == dt.time(0, 0):
            date = clock.in_london(deadline.opens_at).date()
            events.append(_all_day(opening, date, date))
        else:
            events.append(_timed(opening, deadline.opens_at, deadline.opens_at + NOTICE))
    if closing is not None:
        what = deadline.label if deadline.is_a_day else f"Last day: {deadline.label}"
        title = f"{what} ({conference})"
        event = _event(f"deadline-{deadline.pk}", title, sequence, conference, at)
        page = reverse("events:dates", args=[conference.slug])
        event.add("url", settings.SITE_URL.rstrip("/") + page)
        if clock.in_london(closing).time() == dt.time(0, 0):
            events.append(_all_day(event, last_day(closing), last_day(closing)))
        else:
            events.append(_timed(event, closing - NOTICE, closing))
    return events


def dates_calendar(name: str, conferences: Iterable[Conference], at: dt.datetime) -> bytes:
    """The days of these conferences and every opening and closing. One query besides theirs."""
    calendar = _calendar(name)
    conferences = list(conferences)
    for conference in conferences:
        for event in _conference_days(conference, at):
            calendar.add_component(event)
    deadlines = (
        Deadline.objects.told()
        .filter(conference__in=conferences)
        .select_related("conference")
        .annotate(times_moved=Count("changes", filter=Q(changes__organisation__isnull=True)))
    )
    for deadline in deadlines.order_by("pk"):
        for event in _deadline_events(deadline, at):
            calendar.add_component(event)
    return _finished(calendar)


def _session_event(
    conference: Conference,
    day: ProgrammeDay,
    item: ProgrammeItem,
    at: dt.datetime,
) -> Event | None:
    sequence = item.revision + (1 if conference.is_halted else 0)
    event = _event(f"session-{item.pk}", item.title, sequence, conference, at)
    lines = [item.description]
    lines += [" – ".join(filter(None, (part.name, part.description))) for part in item.parts]
    if item.starts_at is not None:
        _timed(event, item.starts_at, item.ends_at or item.starts_at + NOTICE)
        lines += [] if item.ends_at else ["The end is to be announced."]
    elif day.date is not None:
        _all_day(event, day.date, day.date)
        lines.append("The time is to be announced.")
    else:
        return None
    event.add("description", cleaning.body("\n".join(line for line in lines if line)).strip())
    return event


def programme_calendar(conference: Conference, days: list[ProgrammeDay], at: dt.datetime) -> bytes:
    """The sessions that have at least a day; rooms are given only with the venue."""
    calendar = _calendar(conference.title)
    shows_venue = conference.venue is not None and conference.venue_is_public(at)
    venue = str(conference.venue) if shows_venue else ""
    for day in days:
        for item in day.items:
            event = _session_event(conference, day, item, at)
            if event is None:
                continue
            if place := ", ".join(filter(None, (item.room, venue))):
                event.add("location", cleaning.header(place, longest=400))
            calendar.add_component(event)
    return _finished(calendar)
