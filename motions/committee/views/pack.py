"""The committee's reading pack, to print or to read on the train."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from members.second_factor import second_factor_required
from motions.committee import documents
from motions.committee.queue import queue
from motions.views import fetch
from registrations.views.papers import as_pdf


@require_safe
@second_factor_required
def pack(request: HttpRequest, slug: str) -> HttpResponse:
    """Every motion that waits to be ruled on, as a tagged PDF."""
    conference = fetch.conference_for_cac(request, slug)
    rows = queue(request.user, conference).waiting()
    made = documents.pack(conference, rows, at=request.at)
    return as_pdf(made, f"reading-pack-{conference.slug}")
