"""The committee's page of one motion's amendments: where they meet, their order, what falls with what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from members.second_factor import second_factor_required
from motions import rules
from motions.amendments import amending, beside
from motions.amendments.forms import FallsForm, HourForm, OrderForm, RelationForm
from motions.amendments.models import FallsIf
from motions.amendments.services import moving, relations
from motions.forms import add_errors
from motions.models import Amendment, Motion
from motions.views import fetch

#: What is laid beside each other: what may still come before conference.
LAID_OUT = (
    Motion.State.SUBMITTED,
    Motion.State.LATE,
    Motion.State.CLARIFICATION,
    Motion.State.REFERRED,
    Motion.State.IN_ORDER,
    Motion.State.PUBLISHED,
    Motion.State.REWORDING,
)


@second_factor_required
@require_http_methods(["GET", "POST"])
def amendments(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Every amendment to a motion that may still come before conference, and the acts on them."""
    motion = fetch.motion_for_cac(request, slug, pk)
    if motion.is_amendment:
        return redirect("motions:cac-motion", slug, pk)
    act = request.POST.get("act", "falls")
    if act not in ACTS:
        raise Http404
    form = _form(act, request.POST if request.method == "POST" else None, motion)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, ACTS[act](request, motion, form))
            return redirect("motions:cac-amendments", slug, pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return render(request, "motions/cac/amendments.html", _facts(request, motion, act, form))


@require_POST
@second_factor_required
def catch_up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Carry an amendment that was left behind over to the present text."""
    row = fetch.motion_for_cac(request, slug, pk)
    if not row.is_amendment:
        raise Http404
    try:
        messages.success(
            request, moving.catch_up(by=request.user, amendment=row, at=request.at).note
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("motions:cac-motion", slug, pk)


def _order(request: HttpRequest, motion: Motion, form: OrderForm) -> str:
    first, second = (_of(motion, form.cleaned_data[name]) for name in ("first", "second"))
    relations.decide_order(by=request.user, first=first, second=second, at=request.at)
    return f"{amending.label(first)} comes first."


def _falls(request: HttpRequest, motion: Motion, form: FallsForm) -> str:
    relations.set_falls_if(by=request.user, at=request.at, **form.cleaned_data)
    return "It is set, and shown beside the text."


def _keep(request: HttpRequest, motion: Motion, form: RelationForm) -> str:
    here = FallsIf.objects.filter(item__conference=motion.conference)
    row = get_object_or_404(here, pk=form.cleaned_data["relation"])
    relations.take_back(by=request.user, relation=row, at=request.at)
    return "It is taken back; that it was set stays in the record."


def _hour(request: HttpRequest, motion: Motion, form: HourForm) -> str:
    row = _of(motion, form.cleaned_data["amendment"])
    mend_by = form.cleaned_data["mend_by"]
    moving.set_hour(by=request.user, amendment=row, mend_by=mend_by, at=request.at)
    return "The hour is set, and its body is told by mail."


ACTS = {"order": _order, "falls": _falls, "keep": _keep, "hour": _hour}


def _of(motion: Motion, pk: int) -> Amendment:
    return get_object_or_404(Amendment.objects.to(motion).with_the_cac(), pk=pk)


def _form(act: str, posted: Any, motion: Motion) -> forms.Form:
    if act == "falls":
        return FallsForm(posted, items=_items(motion), names=amending.label)
    return {"order": OrderForm, "keep": RelationForm, "hour": HourForm}[act](posted)


def _items(motion: Motion) -> Any:
    """What is before conference: it may fall, or make another fall."""
    rows = Motion.and_amendments.for_conference(motion.conference).published()
    return rows.select_related("current_version", "organisation")


def _facts(request: HttpRequest, motion: Motion, act: str, sent: forms.Form) -> dict[str, object]:
    rows = Amendment.objects.to(motion).filter(state__in=LAID_OUT).with_wording()
    found = beside.beside(motion, rows.order_by("submitted_at", "pk"))
    keys = [motion.pk, *(row.amendment.pk for row in found.rows)]
    standing = FallsIf.objects.standing().filter(item__in=keys)
    return {
        "conference": motion.conference,
        "motion": motion,
        "beside": found,
        "pairs": beside.undecided_pairs(found),
        "relations": standing.select_related(
            "item__organisation", "item__current_version", "carried__organisation"
        ),
        "falls_form": sent if act == "falls" else _form("falls", None, motion),
        "hour_forms": [
            (row.label, _hour_form(row.amendment, act, sent))
            for row in found.rows
            if row.amendment.state == Motion.State.REWORDING
        ],
        "kept": rules.kept_from(request.user, motion.conference).why(motion),
        "sent": sent,
    }


def _hour_form(row: Amendment, act: str, sent: forms.Form) -> HourForm:
    if act == "hour" and sent.data.get("amendment") == str(row.pk):
        return sent
    return HourForm(initial={"amendment": row.pk})
