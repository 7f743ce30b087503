"""Composites at the committee's desk: the list, grouping, one composite and what is done with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from events.models import Conference
from members.second_factor import second_factor_required
from motions import rules
from motions.composites import telling
from motions.composites.forms import EndForm, GroupForm, MoveDateForm, VersionForm
from motions.composites.models import Composite, CompositePart
from motions.composites.services import amendments, ending, grouping, laying, publishing
from motions.composites.services.drafting import newest_of
from motions.composites.standings import IN_QUESTION, Standing, is_past, standings_of
from motions.composites.views import fetch
from motions.composites.wordings import wordings_of
from motions.forms import add_errors
from motions.models import Motion
from motions.views.fetch import conference_for_cac
from motions.views.kept import keeps_typing, take


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def composites(request: HttpRequest, slug: str) -> HttpResponse:
    """The composites of a conference, and a form to group motions."""
    conference = conference_for_cac(request, slug)
    offered = _free_for(request, conference)
    form = GroupForm(request.POST or None, motions=offered, initial=take(request))
    if request.method == "POST" and form.is_valid():
        try:
            facts = {name: form.cleaned_data[name] for name in ("motions", "theme", "answer_by")}
            made = grouping.group(
                by=request.user, conference=conference, at=request.at, key=form.posted_key, **facts
            )
            messages.success(request, "Grouped. The bodies are invited by mail.")
            return redirect("motions:composite-desk", slug, made.pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    rows = conference.composites.with_its_door()
    facts = {"conference": conference, "form": form, "standings": standings_of(rows)}
    return render(request, "motions/composites/list.html", facts | {"has_any": offered.exists()})


def _free_for(request: HttpRequest, conference: Conference) -> Any:
    """The motions this member may group: in order or published, in no composite, not kept away."""
    taken = CompositePart.objects.filter(ended_at__isnull=True).values("motion")
    rows = Motion.objects.for_conference(conference).filter(
        state__in=IN_QUESTION, composited_from__isnull=True
    )
    kept = rules.kept_from(request.user, conference)
    rows = rows.exclude(pk__in=taken).exclude(organisation__in=kept.bodies | kept.interest_bodies)
    rows = rows.exclude(pk__in=kept.worked_on | kept.interests)
    return rows.with_words().order_by("call", "current_version__title", "pk")


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def composite(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One composite: who says what, the text; `act` says what is done with it."""
    standing = fetch.for_cac(request, slug, pk)
    act = request.POST.get("act", "lay")
    if act not in ACTS:
        raise Http404
    sheet = _forms(request, act)
    form = sheet[f"{act}_form"]
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, ACTS[act](request, standing.composite, form))
            return redirect("motions:composite-desk", slug, pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = _facts(request, standing) | sheet | {"form": form}
    return render(request, "motions/composites/desk.html", facts)


def _lay(request: HttpRequest, composite: Composite, form: forms.Form) -> str:
    version = form.cleaned_data["version"]
    laying.lay(by=request.user, composite=composite, version=version, at=request.at)
    return "It is before the bodies. Each was told what became of its own wording."


def _publish(request: HttpRequest, composite: Composite, form: forms.Form) -> str:
    motion = publishing.publish(by=request.user, composite=composite, at=request.at)
    return f"Published as {motion.number}. Everybody can read it now."


def _move(request: HttpRequest, composite: Composite, form: forms.Form) -> str:
    grouping.move_date(by=request.user, composite=composite, at=request.at, **form.cleaned_data)
    return "The date is moved. The bodies that have not answered are told."


def _end(request: HttpRequest, composite: Composite, form: forms.Form) -> str:
    words = form.cleaned_data["words"]
    ending.end(by=request.user, composite=composite, words=words, at=request.at)
    return "It has ended. The bodies are told, and their motions stand."


ACTS = {"lay": _lay, "publish": _publish, "move": _move, "end": _end}
FORMS = {"lay": VersionForm, "publish": forms.Form, "move": MoveDateForm, "end": EndForm}


def _forms(request: HttpRequest, act: str) -> dict[str, forms.Form]:
    """Every form of the page; the one that was sent holds what was typed."""
    kept = take(request)
    return {
        f"{name}_form": kind(
            request.POST if request.method == "POST" and name == act else None,
            initial={"answer_by": kept.get("answer_by"), "words": kept.get("words", "")},
        )
        for name, kind in FORMS.items()
    }


def _facts(request: HttpRequest, standing: Standing) -> dict[str, object]:
    composite = standing.composite
    parts = [place.part for place in standing.places]
    kept = grouping.why_kept(request.user, [part.motion for part in parts])
    facts = {
        "conference": composite.conference,
        "composite": composite,
        "standing": standing,
        "closes_at": composite.deadline.closing,
        "kept": kept,
    }
    return facts if kept else facts | _desk(request, standing, parts)


def _desk(
    request: HttpRequest, standing: Standing, parts: list[CompositePart]
) -> dict[str, object]:
    """What only members who are not kept from it see: the draft, and what may be done."""
    composite, wordings = standing.composite, wordings_of(parts)
    newest = newest_of(composite)
    shown = newest if composite.is_open else composite.laid or newest
    facts = {
        "version": shown,
        "lines": telling.lines(wordings.clauses(shown), wordings) if shown else [],
        "versions": composite.versions.select_related("saved_by").order_by("-number"),
        "is_past": is_past(standing, request.at),
    }
    if not composite.is_open:
        return facts | {"undecided": amendments.undecided(composite).count()}
    is_new = newest is not None and newest.pk != composite.laid_id
    return facts | {
        "missing": laying.missing(composite, newest) if is_new else [],
        "is_new": is_new,
        "obstacles": standing.obstacles(wordings, request.at),
        "codes": wordings.codes(),
    }
