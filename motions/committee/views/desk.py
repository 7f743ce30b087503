"""The queue of the Conference Arrangements Committee, and publishing what is in order."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.second_factor import second_factor_required
from motions.committee.queue import FILTERS, queue
from motions.models import Motion
from motions.services import ruling
from motions.views import fetch


@require_safe
@second_factor_required
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The queue: what waits for this member, or what was asked for, oldest first."""
    conference = fetch.conference_for_cac(request, slug)
    found = queue(request.user, conference)
    show = request.GET.get("show", "")
    show = show if show in FILTERS else found.first()
    page = Paginator(found.shown(show), 50).get_page(request.GET.get("page"))
    states = [row.motion.state for row in found.rows if not row.kept]
    facts = {
        "conference": conference,
        "page_obj": page,
        "filters": found.filters(),
        "show": show,
        "heading": FILTERS[show],
        "in_order": states.count(Motion.State.IN_ORDER),
    }
    return render(request, "motions/cac/desk.html", facts)


@require_POST
@second_factor_required
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Publish one motion that is in order."""
    motion = fetch.motion_for_cac(request, slug, pk)
    try:
        ruling.publish(by=request.user, motion=motion, at=request.at)
        messages.success(request, "Published. Everybody can read it now.")
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("motions:cac-motion", slug, pk)


@require_POST
@second_factor_required
def publish_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish everything that is in order."""
    conference = fetch.conference_for_cac(request, slug)
    count = ruling.publish_all(by=request.user, conference=conference, at=request.at)
    noun = "motion is" if count == 1 else "motions are"
    messages.success(request, f"{count} {noun} published.")
    return redirect("motions:cac", slug)
