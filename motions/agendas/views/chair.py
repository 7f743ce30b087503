"""The chair's desk: sessions, the script, and what became of each motion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from members.second_factor import second_factor_required
from motions.agendas import order, papers
from motions.agendas.chair_forms import CorrectionForm, OutcomeForm, TakeBackForm, WordingForm
from motions.agendas.services import outcomes, substantive
from motions.agendas.text_in_words import in_words
from motions.agendas.views import fetch
from motions.agendas.views.agenda import as_file
from motions.agendas.views.fetch import Task
from motions.agendas.wordings import printed_blocks
from motions.amendments import amending
from motions.amendments.showing import shown
from motions.forms import add_errors
from motions.models import Motion, OrderPaper, Outcome, Print, VotePart
from motions.services.versions import as_parsed
from motions.texts.blocks import render_text


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that has an outcome: the motion, an amendment to it, or a part of it."""

    key: str
    name: str
    motion: Motion
    part: VotePart | None
    outcome: Outcome | None
    is_next: bool
    falls: str = ""
    makes_fall: Sequence[str] = ()


@require_safe
@second_factor_required
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The business of each session with what became of it."""
    conference = fetch.conference_for(request, slug, Task.CHAIR)
    rows = OrderPaper.objects.filter(session__conference=conference)
    rows = rows.select_related("session__conference", "session__room")
    papers_here = sorted(
        rows, key=lambda paper: (paper.session.starts_at is None, paper.session.starts_at, paper.pk)
    )
    found = [{"paper": paper, "sheet": order.sheet(paper)} for paper in papers_here]
    return render(request, "motions/chair/desk.html", {"conference": conference, "rows": found})


@require_safe
@second_factor_required
def script(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The chair's script of a session as a PDF; the committee reads it as well."""
    session = fetch.session_for(request, slug, pk, Task.CHAIR, Task.CAC_MEMBER)
    paper = get_object_or_404(
        OrderPaper.objects.select_related("session__conference__imprint", "session__room"),
        session=session,
    )
    made = papers.chairs_script(paper, request.at)
    return as_file(made, Print.Form.PDF, slugify(f"chairs script {session.title} {slug}"))


@second_factor_required
@require_http_methods(["GET", "POST"])
def motion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One motion in debate: amendments, parts, the motion; `act` and `about` say what is sent."""
    motion = fetch.motion_for(request, slug, pk, Task.CHAIR)
    found = substantive.Standing(motion)
    known = order.Surroundings.of([motion])
    targets = _targets(found, known)
    act = request.POST.get("act", "enter")
    about = request.POST.get("about") or _waiting(targets)
    target = next((one for one in targets if one.key == about), None)
    if request.method == "POST" and (act not in ACTS or (target is None and act != "wording")):
        raise Http404
    form = _form(request, act, target) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            messages.success(request, ACTS[act](request, motion, target, form))
            return redirect("motions:chair-motion", slug, pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = _facts(found, known, targets, sent=form, sent_about=about, act=act)
    return render(request, "motions/chair/motion.html", facts)


def _waiting(targets: list[Target]) -> str:
    """What is put next; the motion itself when everything is decided."""
    return next((one.key for one in targets if one.is_next), targets[-1].key)


def _enter(request: HttpRequest, motion: Motion, target: Target, form: OutcomeForm) -> str:
    by, at = request.user, request.at
    made = outcomes.enter(by=by, about=target.motion, part=target.part, entry=form.entry, at=at)
    return f"{target.name}: {made.get_result_display()}."


def _correct(request: HttpRequest, motion: Motion, target: Target, form: CorrectionForm) -> str:
    made = outcomes.enter(
        by=request.user,
        about=target.motion,
        part=target.part,
        entry=form.entry,
        correction=form.cleaned_data["correction"],
        at=request.at,
    )
    return f"Corrected. {target.name}: {made.get_result_display()}."


def _take_back(request: HttpRequest, motion: Motion, target: Target, form: TakeBackForm) -> str:
    if target.outcome is None:
        raise ValidationError("There is no outcome to take back.", code="gone")
    reason = form.cleaned_data["reason"]
    outcomes.take_back(by=request.user, outcome=target.outcome, reason=reason, at=request.at)
    return f"The outcome of {target.name.lower()} is taken back."


def _wording(request: HttpRequest, motion: Motion, target: Target | None, form: WordingForm) -> str:
    text = form.cleaned_data["text"]
    substantive.say(by=request.user, motion=motion, text=text, at=request.at)
    return "The text as amended is kept."


ACTS: dict[str, Callable[..., str]] = {
    "enter": _enter,
    "correct": _correct,
    "take_back": _take_back,
    "wording": _wording,
}


def _form(request: HttpRequest, act: str, target: Target | None) -> forms.Form:
    kinds = {"enter": OutcomeForm, "correct": CorrectionForm, "take_back": TakeBackForm}
    about = target.key if target else "text"
    return kinds.get(act, WordingForm)(request.POST, auto_id=_ids(about, act))


def _ids(about: str, act: str) -> str:
    """Several forms of one kind stand on the page: each control has an id of its own."""
    return f"{about}-{act}-%s"


def _targets(found: substantive.Standing, known: order.Surroundings) -> list[Target]:
    """Everything of the motion that is decided, in the order in which it is put."""
    rows: list[tuple[str, str, Motion, VotePart | None, Outcome | None]] = [
        (f"motion-{one.pk}", amending.label(one), one, None, found.outcomes.get(one.pk))
        for one in found.amendments
        if not order.is_accepted(one)
    ]
    rows += [
        (
            f"part-{part.pk}",
            part.words.capitalize(),
            found.motion,
            part,
            found.part_outcomes.get(part.pk),
        )
        for part in found.parts
    ]
    whole = outcomes.standing(found.motion)
    rows.append(
        (f"motion-{found.motion.pk}", f"Motion {found.motion.number}", found.motion, None, whole)
    )
    waiting = next((key for key, *_, outcome in rows if outcome is None), "")
    return [
        Target(*row, is_next=row[0] == waiting, **({} if row[3] else _falls(row[2], known)))
        for row in rows
    ]


def _falls(about: Motion, known: order.Surroundings) -> dict[str, object]:
    """What it falls with, and what falls with it."""
    makes_fall = known.makes_fall.get(about.pk, [])
    return {"falls": known.falls_in_words(about.pk), "makes_fall": makes_fall}


def _facts(
    found: substantive.Standing,
    known: order.Surroundings,
    targets: list[Target],
    *,
    sent: forms.Form | None,
    sent_about: str,
    act: str,
) -> dict[str, Any]:
    motion = found.motion
    rows = [
        {"target": target, **_forms_of(target, sent if target.key == sent_about else None, act)}
        for target in targets
    ]
    reads = substantive.reading(found)
    wording = sent if act == "wording" and sent else None
    return {
        "conference": motion.conference,
        "motion": motion,
        "item": order.motion_item(motion, order.minutes_of(motion.conference), known),
        "rows": rows,
        "sent": sent,
        "reads": printed_blocks(reads.blocks, motion.current_version.line_algorithm),
        "text": reads,
        "state_of_text": in_words(found),
        "changed": shown(as_parsed(found.base), reads.blocks).changed if reads.is_amended else [],
        "wording_form": wording or WordingForm(initial={"text": render_text(reads.blocks)}),
        "trail": Outcome.objects.filter(motion__in=[motion.pk, *(a.pk for a in found.amendments)])
        .select_related("motion", "part", "entered_by", "corrects")
        .order_by("-entered_at", "-pk"),
        "order_item": getattr(motion, "order_item", None),
    }


def _forms_of(target: Target, sent: forms.Form | None, act: str) -> dict[str, Any]:
    """The forms of one thing; the one that was refused shows what was typed."""
    return {
        "enter_form": OutcomeForm(auto_id=_ids(target.key, "enter")),
        "correct_form": CorrectionForm(outcome=target.outcome, auto_id=_ids(target.key, "correct")),
        "take_back_form": TakeBackForm(auto_id=_ids(target.key, "take_back")),
        "is_sent": sent is not None,
        **({f"{act}_form": sent} if sent else {}),
    }
