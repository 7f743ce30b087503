"""Key dates: of one conference and of all, as a page and as a calendar to subscribe to."""

from __future__ import annotations

from django.http import HttpRequest

import clock
from events import calendars, fetch
from events.key_dates import coming_dates, key_dates, next_change
from events.models import Conference
from events.views.public import Feed, Page, public_feed, shared_page


@shared_page()
def all_dates(request: HttpRequest) -> Page:
    """What has not closed yet at every conference that is coming."""
    today = clock.in_london(request.at).date()
    conferences = list(Conference.objects.coming(today).for_pages(request.at))
    dates = coming_dates((c for c in conferences if not c.is_halted), request.at)
    facts = {"dates": dates, "feed": calendars.subscription("events:all-dates-ics")}
    return Page("events/all_dates.html", facts, next_change(dates, [], request.at))


@shared_page()
def conference_dates(request: HttpRequest, slug: str) -> Page:
    """Every date of one conference, open, to come and closed."""
    found, deadlines = fetch.conference_and_deadlines(request, slug)
    dates = key_dates(found, deadlines, request.at)
    facts = {
        "conference": found,
        "is_over": found.is_over(clock.in_london(request.at).date()),
        "dates": [date for date in dates if not date.is_over],
        "closed": [date for date in dates if date.is_over],
        "feed": calendars.subscription("events:dates-ics", found.slug),
    }
    return Page("events/dates.html", facts, next_change(dates, [], request.at))


@public_feed
def all_dates_ics(request: HttpRequest) -> Feed:
    """The calendar of every date of every conference that is coming."""
    today = clock.in_london(request.at).date()
    conferences = list(Conference.objects.coming(today).for_pages(request.at))
    content = calendars.dates_calendar("Co-operative Party key dates", conferences, request.at)
    return Feed(content, next_change([], conferences, request.at))


@public_feed
def conference_dates_ics(request: HttpRequest, slug: str) -> Feed:
    """The calendar of one conference's dates."""
    found = fetch.public_conference(request, slug)
    content = calendars.dates_calendar(f"{found}: key dates", [found], request.at)
    return Feed(content, next_change([], [found], request.at))
