"""Loading and authorising in one step, for the panel, the evening and the roll of honour.

Whatever may not be seen is not there: nobody outside the panel can tell an honour that is sealed
from one that does not exist.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from events.models import Conference, LayAppointment
from events.rules import tasks_of
from motions.awards import embargo, rules
from motions.awards.models import (
    AwardCategory,
    AwardEvidence,
    AwardHonour,
    AwardNomination,
    AwardNominee,
)
from motions.awards.rules import Kept
from motions.awards.services import consenting
from motions.views.fetch import conference_for

Task = LayAppointment.Task


def conference_for_panel(request: HttpRequest, slug: str) -> Conference:
    """A conference on whose panel this person sits."""
    return _with_task(request, slug, {Task.JUDGE})


def conference_for_evening(request: HttpRequest, slug: str) -> Conference:
    """A conference whose awards this person judges or presents."""
    return _with_task(request, slug, {Task.JUDGE, Task.PRESENTER})


def _with_task(request: HttpRequest, slug: str, tasks: set[str]) -> Conference:
    for row in tasks_of(request.user, request.at):
        if row.task in tasks and row.conference.slug == slug:
            return row.conference
    raise Http404


def category_for_panel(request: HttpRequest, slug: str, pk: int) -> AwardCategory:
    """An award of a conference on whose panel this person sits."""
    conference = conference_for_panel(request, slug)
    return get_object_or_404(
        AwardCategory.objects.select_related("deadline__conference"),
        pk=pk,
        deadline__conference=conference,
    )


def nominee_for_panel(request: HttpRequest, slug: str, pk: int) -> tuple[AwardNominee, Kept]:
    """A nominee, merged ones too, and what this judge is kept from; never oneself."""
    conference = conference_for_panel(request, slug)
    rows = AwardNominee.objects.select_related("category__deadline__conference", "body")
    nominee = get_object_or_404(rows, pk=pk, category__deadline__conference=conference)
    kept = rules.kept_from(request.user, conference)
    if kept.is_self(nominee):
        raise Http404
    return nominee, kept


def nomination_for_panel(request: HttpRequest, slug: str, pk: int) -> AwardNomination:
    """A nomination whose nominee this judge may judge."""
    conference = conference_for_panel(request, slug)
    rows = AwardNomination.objects.select_related("category__deadline__conference", "nominee")
    row = get_object_or_404(rows, pk=pk, category__deadline__conference=conference)
    nominee, kept = nominee_for_panel(request, slug, row.nominee_id)
    if kept.why(nominee):
        raise Http404
    return row


def evidence_for_panel(request: HttpRequest, slug: str, pk: int) -> AwardEvidence:
    """A file of a nomination whose nominee this judge may judge."""
    row = get_object_or_404(AwardEvidence, pk=pk)
    nomination_for_panel(request, slug, row.nomination_id)
    return row


def presented_conference(request: HttpRequest, slug: str) -> Conference:
    """A conference whose awards have been presented."""
    conference = conference_for(request, slug)
    if not embargo.has_ended(conference, request.at):
        raise Http404
    return conference


def honour_on_the_roll(request: HttpRequest, slug: str, pk: int) -> AwardHonour:
    """An honour that everybody may see: presented, and whoever is honoured has agreed."""
    conference = presented_conference(request, slug)
    rows = AwardHonour.objects.standing(conference).on_the_roll()
    return get_object_or_404(rows.select_related("decision__category", "nominee"), pk=pk)


def honour_of_link(request: HttpRequest, token: str) -> AwardHonour:
    """The honour whose personal link this is, once it has been presented."""
    honour = get_object_or_404(
        AwardHonour.objects.select_related(
            "nominee__category", "decision__category__deadline__conference"
        ),
        token_hash=consenting.hash_of(token),
        decision__ended_at__isnull=True,
    )
    conference = honour.decision.category.conference
    if not embargo.has_ended(conference, request.at):
        raise Http404
    request.conference = conference
    return honour
