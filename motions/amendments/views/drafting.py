"""A body begins an amendment on the page of its motion; editing and sending is as for a motion."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from events.rules import bodies_drafting
from motions.amendments import amending
from motions.amendments.forms import AmendForm
from motions.amendments.services.drafting import start_amendment
from motions.forms import add_errors
from motions.models import Motion
from motions.views import fetch


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Choose the body, if there are several; why the motion cannot be amended, if it cannot."""
    motion = fetch.motion_to_amend(request, slug, pk)
    bodies = bodies_drafting(request.user, motion.conference, request.at)
    form = AmendForm(request.POST or None, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        try:
            amendment = start_amendment(
                by=request.user,
                motion=motion,
                organisation=form.cleaned_data["organisation"],
                at=request.at,
                key=form.posted_key,
            )
            return redirect("motions:edit", slug, amendment.pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {"conference": motion.conference, "motion": motion, "form": form, "at": request.at}
    return render(request, "motions/amendments/begin.html", facts | _door(motion))


def _door(motion: Motion) -> dict[str, object]:
    """The call for amendments with its window, and why the motion cannot be amended."""
    call = amending.call_for(motion)
    return {
        "call": call,
        "window": call.deadline.window if call else None,
        "cannot": amending.why_not(motion),
    }
