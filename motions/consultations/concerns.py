"""What consultations say on start pages: drafts not sent in, the committee's desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

import clock
from events.concerns import Concern
from events.models import Conference, LayAppointment
from events.rules import tasks_of
from members.models import User
from members.rules import Deed, body_ids_for
from motions.consultations.models import Consultation, PolicySubmission, ReadBy


def concerns(user: User, at: dt.datetime) -> list[Concern]:
    """Drafts of one's own and of one's bodies, and the desk with what is unread. Two queries."""
    return [*_drafts(user, at), *_desks(user, at)]


def _drafts(user: User, at: dt.datetime) -> Iterator[Concern]:
    bodies = body_ids_for(user, Deed.SUBMIT, clock.in_london(at).date())
    rows = PolicySubmission.objects.filter(
        Q(organisation__in=bodies) | Q(created_by=user),
        state=PolicySubmission.State.DRAFT,
        consultation__deadline__conference__status__in=Conference.DOORS_OPEN,
    ).select_related("consultation__deadline__conference", "organisation")
    for row in rows:
        window = row.consultation.deadline.window
        if not window.is_open(at):
            continue
        conference = row.consultation.conference
        yield Concern(
            title=f"{row.consultation.title}: your draft has not been sent in",
            url=reverse("consultations:submission", args=[conference.slug, row.pk]),
            action="Go on writing",
            conference=conference.title,
            closes_at=window.closes_at,
            body=row.organisation.name if row.organisation else "",
        )


def _desks(user: User, at: dt.datetime) -> Iterator[Concern]:
    seats = [
        row.conference.pk
        for row in tasks_of(user, at)
        if row.task == LayAppointment.Task.POLICY and row.conference.has_open_doors
    ]
    if not seats:
        return
    read = ReadBy.objects.filter(submission=OuterRef("submissions"), reader=user)
    rows = (
        Consultation.objects.with_their_door()
        .filter(deadline__conference__in=seats)
        .filter(Q(report=None) | Q(report__published_at=None))
        .annotate(
            unread=Count("submissions", filter=Q(submissions__state="submitted") & ~Exists(read))
        )
    )
    for row in rows:
        noun = "submission" if row.unread == 1 else "submissions"
        yield Concern(
            title=f"{row.title}: {row.unread} {noun} you have not read",
            url=reverse("consultations:desk", args=[row.conference.slug, row.pk]),
            action="To the desk",
            conference=row.conference.title,
            is_done=row.unread == 0,
        )
