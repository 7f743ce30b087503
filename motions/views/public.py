"""Reading: the published motions of a conference, one motion, a blank form for paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events import doors
from events.key_dates import next_change
from events.rules import bodies_drafting
from events.views.public import Page, public_page
from members.models import Organisation
from motions.committee.services import appeals
from motions.models import Call, Motion
from motions.services.appealing import closing_for
from motions.views import fetch


@public_page
def motion_list(request: HttpRequest, slug: str) -> Page:
    """What is published; for those who act for a body also what their bodies have in hand."""
    conference = fetch.conference_for(request, slug)
    bodies: list[Organisation] = []
    own = Motion.objects.none()
    if request.user.is_authenticated:
        bodies = list(bodies_drafting(request.user, conference, request.at))
    if bodies:
        of_bodies = conference.motions.filter(organisation__in=bodies)
        own = of_bodies.select_related("organisation", "call")
    begin_url = "" if bodies else reverse("motions:begin", args=[slug])
    calls = [
        {"call": call, "window": call.deadline.window, "begin_url": begin_url}
        for call in Call.objects.for_conference(conference)
    ]
    facts = {
        "conference": conference,
        "motions": conference.motions.published().with_titles(),
        "calls": calls,
        "own": own,
        "may_begin": bool(bodies),
    }
    windows = [row["window"] for row in calls]
    return Page("motions/list.html", facts, next_change(windows, [conference], request.at))


@public_page
def motion(request: HttpRequest, slug: str, pk: int) -> Page:
    """One motion: everybody reads it when published; its body sees state, history and what next."""
    motion, from_body = fetch.motion_to_read(request, slug, pk)
    sent = motion.current_version or motion
    facts = {
        "conference": motion.conference,
        "motion": motion,
        "version": motion.current_version,
        "blocks": motion.current_version.blocks.all() if motion.current_version else [],
        "is_own": from_body,
        "sent": sent,
        "shows_names": from_body or sent.names_consent,
    }
    if from_body:
        window = doors.window_for(motion.call.deadline, motion.organisation)
        if motion.created_by_id == request.user.pk:
            motion.created_by = request.user  # asked for already
        facts |= {
            **_history(motion),
            "can_edit": motion.is_editable,
            "can_withdraw": motion.may_move_to(Motion.State.WITHDRAWN),
            "appeal_until": _appeal_until(request, motion),
            "can_confirm": motion.state == Motion.State.AWAITING_CONFIRMATION
            and fetch.rules.is_submitting_officer(request.user, motion.organisation, request.at),
            "closes_at": window.closes_at,
            "is_open": window.is_open(request.at),
        }
    return Page("motions/motion.html", facts)


def _appeal_until(request: HttpRequest, motion: Motion) -> object:
    """Until when this person may appeal for the body; None when there is nothing to appeal."""
    ruling = appeals.against(motion, request.at)
    if ruling is None:
        return None
    is_officer = fetch.rules.is_submitting_officer(request.user, motion.organisation, request.at)
    return closing_for(ruling) if is_officer else None


def _history(motion: Motion) -> dict[str, object]:
    """What was ruled and receipted; a draft that was never sent has neither."""
    if motion.state == Motion.State.DRAFT and motion.current_version_id is None:
        return {"rulings": (), "receipts": ()}
    rulings = motion.rulings.select_related("reason", "second_reason", "appeal")
    return {
        "rulings": rulings.order_by("-ruled_at", "-pk"),
        "receipts": motion.receipts.order_by("number"),
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
