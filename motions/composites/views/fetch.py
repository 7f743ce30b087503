"""Loading a composite and authorising in one step: it is there for its bodies and the committee."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from events.models import Conference
from motions import rules
from motions.composites.models import Composite
from motions.composites.standings import Place, Standing, standing_of
from motions.views.fetch import conference_for_cac


def for_cac(request: HttpRequest, slug: str, pk: int) -> Standing:
    """A composite for a member of the committee to read. Who is kept from it acts nowhere."""
    conference = conference_for_cac(request, slug)
    rows = Composite.objects.with_its_door().select_related("laid", "grouped_by", "closed_by")
    return standing_of(get_object_or_404(rows, pk=pk, conference=conference))


def for_body(request: HttpRequest, slug: str, pk: int) -> tuple[Standing, list[Place]]:
    """A composite with the places of the bodies this person acts for; 404 when there is none."""
    rows = Composite.objects.with_its_door().select_related(
        "laid__moved_by__motion__organisation", "laid__seconded_by__motion__organisation"
    )
    rows = rows.exclude(conference__status=Conference.Status.DRAFT)
    standing = standing_of(get_object_or_404(rows, pk=pk, conference__slug=slug))
    own = [
        place
        for place in standing.places
        if rules.may_work_on(request.user, place.part.motion, request.at)
    ]
    if not own:
        raise Http404
    request.conference = standing.composite.conference
    return standing, own
