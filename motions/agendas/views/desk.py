"""The committee's desk for the agenda: numbers, printing, errata slips."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from events.models import Conference
from members.second_factor import second_factor_required
from motions.agendas import papers
from motions.agendas.forms import CorrectionForm, NumberForm, ReleaseForm, SlipsForm
from motions.agendas.services import numbering, releasing
from motions.forms import add_errors
from motions.models import CommitteeRules, Motion, Release
from motions.views import fetch
from motions.views.kept import keeps_typing, take
from papers.typesetting import Faulty

logger = logging.getLogger(__name__)


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def agenda_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What is on the agenda, and acts: `act` says whether numbers, a release or slips are sent."""
    conference = fetch.conference_for_cac(request, slug)
    act = request.POST.get("act", "number")
    if act not in ACTS:
        raise Http404
    latest = Release.objects.filter(conference=conference).first()
    motions = _in_order(numbering.on_the_agenda(conference))
    sheet = _forms(request, motions, act)
    form = sheet[f"{act}_form"]
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, ACTS[act](request, conference, latest, form))
            return redirect("motions:cac-agenda", slug)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = _facts(conference, motions, latest, sheet["number_form"])
    return render(request, "motions/cac/agenda.html", facts | sheet | {"sent": form})


def _number(
    request: HttpRequest, conference: Conference, latest: Release | None, form: NumberForm
) -> str:
    by, at = request.user, request.at
    changed = numbering.number(by=by, conference=conference, order=form.order, at=at)
    noun = "motion has" if len(changed) == 1 else "motions have"
    return f"{len(changed)} {noun} a new number." if changed else "The numbers stay as they were."


def _release(
    request: HttpRequest, conference: Conference, latest: Release | None, form: ReleaseForm
) -> str:
    by, at, kind = request.user, request.at, form.cleaned_data["kind"]
    made = releasing.release(by=by, conference=conference, kind=kind, at=at)
    try:
        releasing.keep_prints(made, papers.every_form(made), at)
    except Faulty:  # the agenda stands; its papers are made again when somebody asks for them
        logger.exception("The papers of agenda %s could not be typeset.", made.pk)
        return f"{made.name} is kept, but its papers could not be made. Tell the office."
    return f"{made.name} is printed, and everybody can read it. Its numbers stand from now on."


def _slips(
    request: HttpRequest, conference: Conference, latest: Release | None, form: forms.Form
) -> str:
    issued = releasing.issue_slips(by=request.user, release=_printed(latest), at=request.at)
    noun = "slip" if len(issued) == 1 else "slips"
    return f"{len(issued)} errata {noun} issued." if issued else "Nothing has changed since."


def _correct(
    request: HttpRequest, conference: Conference, latest: Release | None, form: CorrectionForm
) -> str:
    text = form.cleaned_data["text"]
    slip = releasing.correct(by=request.user, release=_printed(latest), text=text, at=request.at)
    return f"Errata slip {slip.number} is issued."


def _printed(latest: Release | None) -> Release:
    if latest is None:
        raise Http404
    return latest


ACTS: dict[str, Callable[..., str]] = {
    "number": _number,
    "release": _release,
    "slips": _slips,
    "correct": _correct,
}


def _in_order(motions: list[Motion]) -> list[Motion]:
    """Each motion with its amendments after it."""
    amendments = numbering.amendments_on_the_agenda(motions)
    return [one for motion in motions for one in (motion, *amendments.get(motion.pk, ()))]


def _forms(request: HttpRequest, motions: list, act: str) -> dict[str, Any]:
    """Every form of the page; the one that was sent, or typed before a sign-in, is filled."""
    posted = request.POST if request.method == "POST" else None
    moving = [motion for motion in motions if not numbering.stands(motion)]
    typed = take(request) if posted is None else {}
    return {
        "number_form": NumberForm(posted if act == "number" else None, motions=moving),
        "release_form": ReleaseForm(posted if act == "release" else None),
        "slips_form": SlipsForm(posted if act == "slips" else None),
        "correct_form": CorrectionForm(posted if act == "correct" else None, initial=typed),
    }


def _facts(
    conference: Conference, motions: list, latest: Release | None, form: NumberForm
) -> dict[str, Any]:
    moving = {motion.pk for motion in form.motions}
    return {
        "conference": conference,
        "rows": [
            {"motion": motion, "field": form.field_of(motion) if motion.pk in moving else None}
            for motion in motions
        ],
        "rules": CommitteeRules.of(conference),
        "unnumbered": sum(not motion.number for motion in motions),
        "latest": latest,
        "pending": releasing.pending(latest) if latest else [],
        "releases": Release.objects.filter(conference=conference).select_related("released_by"),
    }
