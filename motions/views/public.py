"""Reading: the published motions of a conference, one motion, a blank form for paper."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.key_dates import next_change
from events.rules import bodies_drafting
from events.services.public_pages import kept
from events.views.public import Page, public_page
from members.models import Organisation
from motions.agendas import outcomes
from motions.amendments import on_the_page
from motions.campaigns import showing as campaigns
from motions.composites import showing
from motions.models import Call, Motion
from motions.reading import own as keeping
from motions.reading.finding import find
from motions.reading.wording import numbered
from motions.views import fetch
from motions.views.own import own_facts


@public_page
def motion_list(request: HttpRequest, slug: str) -> Page:
    """What is published; for those who act for a body also what their bodies have in hand."""
    conference = fetch.conference_for(request, slug)
    bodies: list[Organisation] = []
    own = Motion.objects.none()
    if request.user.is_authenticated:
        bodies = list(bodies_drafting(request.user, conference, request.at))
    if bodies:
        of_bodies = Motion.and_amendments.filter(conference=conference, organisation__in=bodies)
        own = of_bodies.select_related("organisation", "call", "conference", "composited_into")
    public = list(find(conference))
    begin_url = "" if bodies else reverse("motions:begin", args=[slug])
    calls = [_door(call, begin_url) for call in Call.objects.for_conference(conference)]
    facts = {
        "conference": conference,
        "motions": [row for row in public if row.state == Motion.State.PUBLISHED],
        "composited": [row for row in public if row.state == Motion.State.COMPOSITED],
        "withdrawn": [row for row in public if row.was_withdrawn],
        "calls": calls,
        "own": own,
        "may_begin": bool(bodies),
    }
    windows = [row["window"] for row in calls]
    return Page("motions/list.html", facts, next_change(windows, [conference], request.at))


def _door(call: Call, begin_url: str) -> dict[str, object]:
    """A call with its window, and where one begins: an amendment on the page of its motion."""
    where = {"begin_url": begin_url, "note": ""}
    if call.is_for_amendments:
        where = {"begin_url": "", "note": "Open the motion that you want to amend."}
    return {"call": call, "window": call.deadline.window, **where}


@public_page
def motion(request: HttpRequest, slug: str, pk: int) -> Page:
    """One motion: everybody reads it when published; its body sees state, history and what next."""
    motion, from_body = fetch.motion_to_read(request, slug, pk)
    read = partial(_wording, motion)
    # what everybody reads is the same for all; of a draft nothing is kept
    wording = kept(f"motion {motion.pk}", request.at, read) if motion.is_public else read()
    motion.current_version = wording["version"]
    sent = motion.current_version or motion
    facts = {
        "conference": motion.conference,
        "motion": motion,
        "is_own": from_body,
        "sent": sent,
        "shows_names": from_body or (sent.names_consent and not motion.was_withdrawn),
        **wording,
        **keeping.on_the_page(request.user, motion),
    }
    if from_body:
        facts |= own_facts(request, motion)
    changes_at = on_the_page.changes_at(wording, motion, request.at)
    return Page("motions/motion.html", facts, changes_at)


def _wording(motion: Motion) -> dict[str, object]:
    """The text, what it comes from, its amendments, and what conference made of it."""
    version = motion.current_version
    if version is not None:
        prefetch_related_objects([version], "blocks")  # several parts of the page read them
    return {
        "version": version,
        "numbered": numbered(version) if version else [],
        "outcomes": list(outcomes.of(motion)) if motion.is_public else [],
        **showing.facts(motion),
        **campaigns.facts(motion, version),
        **on_the_page.facts(motion),
    }


@require_safe
@login_not_required
def blank_form(request: HttpRequest, slug: str, call_pk: int) -> HttpResponse:
    """The form on paper, to print and fill in by hand."""
    conference = fetch.conference_for(request, slug)
    call = get_object_or_404(Call.objects.for_conference(conference), pk=call_pk)
    return render(
        request,
        "motions/blank_form.html",
        {"conference": conference, "call": call, "closes_at": call.deadline.closing},
    )
