"""The programme by day: on a phone, on paper, in a calendar."""

from __future__ import annotations

from django.http import HttpRequest

import clock
from events import calendars, fetch
from events.models import Conference
from events.programme import hide_rooms, programme_of
from events.views.public import Feed, Page, public_feed, shared_page


@shared_page()
def programme(request: HttpRequest, slug: str) -> Page:
    """Every day with its sessions; what is not known is 'to be announced'."""
    found = fetch.conference(request, slug)
    days = programme_of(found)
    if not found.shows_venue:
        hide_rooms(days)
    facts = {
        "conference": found,
        "is_over": found.is_over(clock.in_london(request.at).date()),
        "days": days,
        "is_provisional": found.status == Conference.Status.PROVISIONAL,
        "is_preview": found.status == Conference.Status.DRAFT,
        "has_times": any(item.starts_at for day in days for item in day.items),
        "feed": calendars.subscription("events:programme-ics", found.slug),
    }
    changes_at = None if found.shows_venue else found.venue_public_from
    return Page("events/programme.html", facts, changes_at)


@public_feed
def programme_ics(request: HttpRequest, slug: str) -> Feed:
    """The programme as a calendar, rooms and venue only once they may be known."""
    found = fetch.public_conference(request, slug)
    days = programme_of(found)
    if not found.shows_venue:
        hide_rooms(days)
    content = calendars.programme_calendar(found, days, request.at)
    return Feed(content, None if found.shows_venue else found.venue_public_from)
