"""The start page: what is coming, and the next dates that concern this person."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

import clock
from events import concerns
from events.key_dates import KeyDate, coming_dates, next_change
from events.models import Conference, Deadline
from events.views.public import Page, shared_page
from members.rules import holds_an_office

MOST_CONFERENCES = 6
MOST_DATES = 5


def _next_step(conferences: list[Conference], dates: list[KeyDate]) -> KeyDate | None:
    """The one thing to do at the next conference: its soonest open door that leads somewhere."""
    if not conferences:
        return None
    here = (date for date in dates if date.conference == conferences[0] and date.url)
    return next(here, None)


def _concerns(request: HttpRequest) -> str:
    """What concerns the person who looks; never kept."""
    found = concerns.concerns_of(request.user, request.at)
    return render_to_string("events/parts/concerns.html", {"concerns": found, "at": request.at})


def _whose_dates(request: HttpRequest) -> str:
    """Strangers, staff and officers read every date; others not those that are for bodies alone."""
    person, today = request.user, clock.in_london(request.at).date()
    request.for_bodies_too = (
        not person.is_authenticated or person.is_staff or holds_an_office(person, today)
    )
    return "" if request.for_bodies_too else "no-body"


def _is_shown(date: KeyDate, *, for_bodies_too: bool) -> bool:
    is_for_bodies = date.deadline.audience == Deadline.Audience.BODIES
    return date.closes_at is not None and (for_bodies_too or not is_for_bodies)


@shared_page(personal=_concerns, varies=_whose_dates)
def home(request: HttpRequest) -> Page:
    """What is coming. For somebody signed in: first what concerns them."""
    today = clock.in_london(request.at).date()
    coming = list(Conference.objects.coming(today).for_pages(request.at)[:MOST_CONFERENCES])
    dates = coming_dates((c for c in coming if not c.is_halted), request.at)
    known = [date for date in dates if _is_shown(date, for_bodies_too=request.for_bodies_too)]
    held = [conference for conference in coming if not conference.is_a_consultation]
    facts = {
        "next_conference": held[0] if held else None,
        "others": held[1:],
        "dates": known[:MOST_DATES],
        "has_more_dates": len(dates) > MOST_DATES,
        "next_step": _next_step(held, dates),
    }
    return Page("events/home.html", facts, next_change(dates, coming, request.at))
