"""The model motions that may be taken for a conference, to read before one begins."""

from __future__ import annotations

from django.http import HttpRequest

import clock
from events.calendar import end_of_day
from events.views.public import Page, public_page
from motions.models import ModelMotion
from motions.views import fetch


@public_page
def model_motions(request: HttpRequest, slug: str) -> Page:
    """Every wording that campaigns offer, with the way to begin from it."""
    conference = fetch.conference_for(request, slug)
    offered = list(ModelMotion.objects.offered(conference=conference, at=request.at))
    facts = {"conference": conference, "models": offered}
    return Page("motions/model_motions.html", facts, end_of_day(clock.in_london(request.at).date()))
