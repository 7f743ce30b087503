"""The pages of a conference: itself, its record; lists of those coming and past."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest

import clock
from events import fetch, panels
from events.key_dates import key_dates, next_change
from events.models import Conference, ConferenceReport
from events.views.public import Page, page_number, shared_page

A_PAGE = 30


@shared_page()
def coming(request: HttpRequest) -> Page:
    """Conferences that are coming, soonest first."""
    today = clock.in_london(request.at).date()
    conferences = list(Conference.objects.held().coming(today).for_pages(request.at))
    facts = {"conferences": conferences}
    return Page("events/conferences.html", facts, next_change([], conferences, request.at))


@shared_page()
def past(request: HttpRequest) -> Page:
    """Conferences that are over, latest first, each with its record."""
    today = clock.in_london(request.at).date()
    conferences = Conference.objects.held().past(today).for_pages(request.at)
    page = Paginator(conferences, A_PAGE).get_page(page_number(request))
    changes_at = next_change([], page.object_list, request.at)
    return Page("events/past.html", {"page_obj": page}, changes_at)


def _earliest(*instants: dt.datetime | None) -> dt.datetime | None:
    return min((instant for instant in instants if instant), default=None)


@shared_page()
def conference(request: HttpRequest, slug: str) -> Page:
    """Everything about one conference: status, when, where, dates and the panels of lower apps."""
    found, deadlines = fetch.conference_and_deadlines(request, slug)
    is_over = found.is_over(clock.in_london(request.at).date())
    dates = key_dates(found, deadlines, request.at)
    coming = [date for date in dates if not date.is_over]
    shown = panels.panels_for(found, request.at)
    facts = {
        "conference": found,
        "dates": dates if is_over else coming,
        "closed_dates": 0 if is_over else len(dates) - len(coming),
        "next_step": next((date for date in dates if date.url), None),
        "panels": shown,
        "is_over": is_over,
        "is_preview": found.status == Conference.Status.DRAFT,
    }
    changes_at = _earliest(
        next_change(dates, [found], request.at),
        found.publications_next_at,
        *(panel.changes_at for panel in shown),
    )
    return Page("events/conference.html", facts, changes_at)


@shared_page()
def record(request: HttpRequest, slug: str) -> Page:
    """What is known of a conference afterwards."""
    found = fetch.conference(request, slug)
    published = ConferenceReport.objects.filter(conference=found, is_published=True)
    facts = {"conference": found, "has_report": published.exists()}
    return Page("events/record.html", facts, next_change([], [found], request.at))
