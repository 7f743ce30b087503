"""Drafting for a body: begin, edit, preview and send."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from events import doors
from events.calendar import DoorState
from events.rules import bodies_drafting
from motions import requirements
from motions.amendments import drafted
from motions.amendments.forms import form_for
from motions.forms import (
    BeginForm,
    MotionForm,
    SendForm,
    add_errors,
    calls_for,
    with_version,
)
from motions.models import ModelMotion, Motion
from motions.services.drafting import save_draft, start_draft
from motions.services.sending import submit
from motions.texts import blocks, words
from motions.views import fetch
from motions.views.both import both_texts
from motions.views.kept import keeps_typing, take
from motions.views.taking_in import understood


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the body and the kind of motion."""
    conference = fetch.conference_for(request, slug)
    form = BeginForm(
        request.POST or None,
        bodies=bodies_drafting(request.user, conference, request.at),
        calls=calls_for(conference),
        models=ModelMotion.objects.offered(conference=conference, at=request.at),
        initial={"model": request.GET.get("model")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            motion = start_draft(
                by=request.user,
                call=form.cleaned_data["call"],
                organisation=form.cleaned_data["organisation"],
                at=request.at,
                key=form.posted_key,
                model=form.cleaned_data.get("model"),
            )
            return redirect("motions:edit", conference.slug, motion.pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return render(request, "motions/begin.html", {"conference": conference, "form": form})


@keeps_typing
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The editor. Saving never refuses a text; an older copy is shown beside the newer one."""
    motion = fetch.motion_to_work_on(request, slug, pk)
    if request.method == "GET":
        return _opened(request, motion)
    form = form_for(motion)(request.POST, request.FILES, motion=motion)
    if not form.is_valid():
        return _editor(request, motion, form)
    result = save_draft(
        by=request.user,
        motion=motion,
        version=form.cleaned_data["version"],
        wording=form.wording,
        at=request.at,
    )
    if result.kept is not None:
        return both_texts(request, result, form)
    if form.offers_files and ("upload" in request.POST or form.cleaned_data["document"]):
        return _taken_in(request, result.motion, form)
    for notice in result.notices:
        messages.info(request, notice)
    if "preview" in request.POST:
        return redirect("motions:preview", slug, pk)
    messages.success(request, "Your draft is saved.")
    return redirect("motions:edit", slug, pk)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The motion as it was understood; from here it is sent in."""
    motion = fetch.motion_to_work_on(request, slug, pk)
    form = SendForm(request.POST or None, initial={"version": motion.draft_version})
    if request.method == "POST" and form.is_valid():
        try:
            receipt = submit(
                by=request.user,
                motion=motion,
                version=form.cleaned_data["version"],
                at=request.at,
                key=form.posted_key,
            )
            return redirect("motions:receipt", slug, receipt.number)
        except ValidationError as refusal:
            add_errors(form, refusal)
            if refusal_code(refusal) == "stale":
                form.data = with_version(form.data, motion.draft_version)
    elif not motion.is_editable:
        return redirect(motion)
    return _previewed(request, motion, form)


def _opened(request: HttpRequest, motion: Motion) -> HttpResponse:
    kept = take(request)
    if not motion.is_editable and not kept:
        return redirect(motion)
    form = form_for(motion)(motion=motion, initial=kept)
    return _editor(request, motion, form, was_signed_out=bool(kept))


def refusal_code(refusal: ValidationError) -> str:
    """The code of a refusal of one sentence; '' for one that names fields."""
    return getattr(refusal, "code", "") or ""


def _previewed(request: HttpRequest, motion: Motion, form: SendForm) -> HttpResponse:
    window = doors.window_for(motion.call.deadline, motion.organisation)
    answers = motion.is_asked
    state = window.state(request.at)
    return render(
        request,
        "motions/amendments/preview.html" if motion.is_amendment else "motions/preview.html",
        {
            **(drafted.preview_facts(motion) if motion.is_amendment else {}),
            "conference": motion.conference,
            "motion": motion,
            "blocks": blocks.parse(motion.draft_text),
            "words": words.count(motion.draft_text),
            "long_words": words.long_words(motion.draft_text),
            "unmet": requirements.unmet(motion),
            "form": form,
            "can_send": answers or state is DoorState.OPEN,
            "is_closed": not answers and state is DoorState.CLOSED,
            "can_be_late": motion.call.takes_late
            and motion.state == Motion.State.DRAFT
            and motion.conference.has_open_doors,
            "window": window,
            "at": request.at,
            "steps": ["Write", "Check", "Receipt"],
        },
    )


def _editor(
    request: HttpRequest, motion: Motion, form: MotionForm, *, was_signed_out: bool = False
) -> HttpResponse:
    text = form["text"].value() or ""
    return render(
        request,
        "motions/amendments/edit.html" if motion.is_amendment else "motions/edit.html",
        {
            **(drafted.edit_facts(motion) if motion.is_amendment else {}),
            "conference": motion.conference,
            "motion": motion,
            "form": form,
            "words": words.count(text),
            "window": doors.window_for(motion.call.deadline, motion.organisation),
            "at": request.at,
            "was_signed_out": was_signed_out,
            "question": motion.rulings.filter(superseded_at=None).first()
            if motion.state == Motion.State.CLARIFICATION
            else None,
            "steps": ["Write", "Check", "Receipt"],
        },
    )


def _taken_in(request: HttpRequest, motion: Motion, form: MotionForm) -> HttpResponse:
    """What a Word file says; where it cannot be read the editor says why, with what was typed."""
    try:
        return understood(request, motion, form)
    except ValidationError as refusal:
        again = form_for(motion)(with_version(form.data, motion.draft_version), motion=motion)
        again.add_error("document", refusal.messages)
        return _editor(request, motion, again)
