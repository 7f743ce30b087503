"""Loading and authorising for order papers and the chair's desk; strangers get 404."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from events.models import Conference, LayAppointment, Session
from events.rules import tasks_of
from motions.models import Motion

Task = LayAppointment.Task


def conference_for(request: HttpRequest, slug: str, *tasks: Task) -> Conference:
    """A conference at which this person has one of these tasks."""
    found = (
        row.conference
        for row in tasks_of(request.user, request.at)
        if row.task in tasks and row.conference.slug == slug
    )
    conference = next(found, None)
    if conference is None:
        raise Http404
    return conference


def session_for(request: HttpRequest, slug: str, pk: int, *tasks: Task) -> Session:
    """A business session of such a conference."""
    rows = Session.objects.select_related("conference", "room", "order_paper")
    conference = conference_for(request, slug, *tasks)
    return get_object_or_404(rows, pk=pk, conference=conference, kind=Session.Kind.BUSINESS)


def motion_for(request: HttpRequest, slug: str, pk: int, *tasks: Task) -> Motion:
    """A published motion of such a conference."""
    conference = conference_for(request, slug, *tasks)
    rows = Motion.objects.filter(conference=conference, state=Motion.State.PUBLISHED)
    rows = rows.select_related("current_version", "organisation", "call", "conference")
    return get_object_or_404(rows, pk=pk)
