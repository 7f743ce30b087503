"""Loading a conference and asking whether this person may see it; strangers get 404 for drafts."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from events import panels, rules
from events.models import Conference, ConferenceReport, Deadline
from events.publications.listing import with_publications
from events.services.public_pages import kept
from members.models import Organisation


def conference(request: HttpRequest, slug: str) -> Conference:
    """The conference of this slug, put on the request so that the page bears its imprint."""
    found = get_object_or_404(Conference.objects.for_pages(request.at), slug=slug)
    if not _may_see(request, found):
        raise Http404
    request.conference = found
    return found


def conference_and_deadlines(request: HttpRequest, slug: str) -> tuple[Conference, list[Deadline]]:
    """The same with its deadlines, publications and whether it has a report, in one query."""
    rows = with_publications(Conference.objects.for_pages(request.at), "conference", request.at)
    published = ConferenceReport.objects.filter(conference=OuterRef("pk"), is_published=True)
    rows = rows.annotate(has_report=Exists(published))
    rows = list(panels.bring_along(rows).with_deadlines().filter(slug=slug))
    if not rows or not _may_see(request, rows[0]):
        raise Http404
    found = request.conference = rows[0]
    columns = ("pk", "kind", "name", "audience", "opens_at", "closes_on", "closes_at")
    deadlines = [
        Deadline(conference=found, **{name: getattr(row, f"deadline_{name}") for name in columns})
        for row in rows
        if row.deadline_pk is not None and row.deadline_kind not in Deadline.PRIVATE
    ]
    return found, deadlines


def _may_see(request: HttpRequest, found: Conference) -> bool:
    return found.status != Conference.Status.DRAFT or rules.may_preview(request.user)


def body_to_authorise_for(request: HttpRequest, slug: str) -> Organisation:
    """A body for which this person may let others draft and submit."""
    found = get_object_or_404(Organisation.objects.active(), slug=slug)
    if not rules.may_authorise(request.user, found, request.at):
        raise Http404
    return found


def public_conference(request: HttpRequest, slug: str) -> Conference:
    """The same for what is kept and shown to everybody, calendars for one: never a draft."""
    found = get_object_or_404(Conference.objects.public().for_pages(request.at), slug=slug)
    request.conference = found
    return found


def conferences_going_on(at: dt.datetime) -> dict[int, Conference]:
    """By key, no more than is said on start pages: those that are coming, and those postponed."""

    def read() -> list[Conference]:
        states = (*Conference.DOORS_OPEN, Conference.Status.POSTPONED)
        return list(Conference.objects.filter(status__in=states).only("slug", "title", "status"))

    return {row.pk: row for row in kept("conferences going on", at, read)}


def named_conference(request: HttpRequest, slug: str) -> Conference:
    """The same for a page that only names it and leads to it: its row, no more.

    What is decided for the conference is decided by services, which read it again.
    """

    def read() -> Conference:
        return get_object_or_404(Conference.objects.public(), slug=slug)

    found = request.conference = kept(f"conference {slug}", request.at, read)
    return found
