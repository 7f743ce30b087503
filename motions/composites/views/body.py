"""A body's page of a composite: the text, what became of its own, and its answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from events import doors
from motions import rules
from motions.composites import telling
from motions.composites.forms import AnswerForm
from motions.composites.models import Answer
from motions.composites.services import answering
from motions.composites.standings import IN_QUESTION, Place, Says, Standing
from motions.composites.views import fetch
from motions.composites.wordings import Wordings, wordings_of
from motions.forms import add_errors
from motions.views.kept import keeps_typing


@keeps_typing
@require_http_methods(["GET", "POST"])
def composite(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Read it and answer; of a body with two motions in it, for each."""
    standing, own = fetch.for_body(request, slug, pk)
    posted = _posted(request, own)
    form = None
    if posted is not None and request.POST.get("act") == "confirm":
        return _confirm(request, standing, posted)
    if posted is not None:
        form = _form(request, standing, posted, request.POST)
        if form.is_valid():
            try:
                given = answering.answer(
                    by=request.user,
                    part=posted.part,
                    reply=form.reply,
                    at=request.at,
                    key=form.posted_key,
                )
                messages.success(request, _done(given))
                return redirect("motions:composite", slug, pk)
            except ValidationError as refusal:
                add_errors(form, refusal)
                form.data = _with_laid(form, standing)
    return render(request, "motions/composites/body.html", _facts(request, standing, own, form))


def _posted(request: HttpRequest, own: list[Place]) -> Place | None:
    """The place that is answered for; the only one when the form does not say."""
    if request.method != "POST":
        return None
    named = request.POST.get("part") or str(own[0].part.pk)
    place = next((place for place in own if str(place.part.pk) == named), None)
    if place is None:
        raise Http404
    return place


def _form(
    request: HttpRequest, standing: Standing, place: Place, data: QueryDict | None = None
) -> AnswerForm:
    form = AnswerForm(data, part=place.part, laid=standing.composite.laid)
    form.part = place.part
    return form


def _with_laid(form: AnswerForm, standing: Standing) -> QueryDict:
    """What was typed, under the text that is shown now: the next post may succeed."""
    again = form.data.copy()
    again["laid"] = str(standing.composite.laid_id or "")
    return again


def _confirm(request: HttpRequest, standing: Standing, place: Place) -> HttpResponse:
    """An officer confirms what an authorised person answered."""
    motion = place.part.motion
    if not rules.is_submitting_officer(request.user, motion.organisation, request.at):
        raise Http404
    slug, pk = standing.composite.conference.slug, standing.composite.pk
    if place.answer is None:
        raise Http404
    try:
        given = answering.confirm(by=request.user, given=place.answer, at=request.at)
        messages.success(request, _done(given))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("motions:composite", slug, pk)


def _done(given: Answer) -> str:
    if not given.counts:
        return "Your answer is kept. It counts once an officer of your body has confirmed it."
    return {
        Answer.Choice.SIGNS: "Your body signs it. You have the text by mail.",
        Answer.Choice.STAYS_OUT: "Your body stays out. Your motion stands alone.",
        Answer.Choice.WITHDRAWS: "Your motion is withdrawn. You have a receipt by mail.",
    }[Answer.Choice(given.choice)]


def _facts(
    request: HttpRequest, standing: Standing, own: list[Place], form: AnswerForm | None
) -> dict[str, object]:
    composite = standing.composite
    wordings = wordings_of(place.part for place in standing.places)
    laid = composite.laid
    return {
        "conference": composite.conference,
        "composite": composite,
        "standing": standing,
        "laid": laid,
        "lines": telling.lines(wordings.clauses(laid), wordings) if laid else [],
        "own": [_own(request, standing, place, wordings, form) for place in own],
        "others": [
            {"part": place.part, "blocks": wordings.texts[place.part.label]}
            for place in standing.places
            if place not in own
        ],
        "form": form,
        "at": request.at,
    }


def _own(
    request: HttpRequest,
    standing: Standing,
    place: Place,
    wordings: Wordings,
    form: AnswerForm | None,
) -> dict[str, object]:
    """What a body sees of one of its motions: what became of it, and the form to answer."""
    composite, part = standing.composite, place.part
    window = doors.window_for(composite.deadline, part.motion.organisation)
    is_asked = composite.is_open and part.motion.state in IN_QUESTION and window.is_open(request.at)
    signed = place.answer.version if place.says is Says.SIGNED_EARLIER else None
    is_unconfirmed = place.says is Says.UNCONFIRMED
    is_posted = form is not None and form.part == part
    return {
        "place": place,
        "part": part,
        "fates": telling.fates(part, composite.laid, wordings) if composite.laid else [],
        "blocks": wordings.texts[part.label],
        "changes": telling.changes(signed, composite.laid) if signed else [],
        "changed": telling.changes_in_words(signed, composite.laid) if signed else [],
        "closes_at": window.closes_at,
        "is_asked": is_asked,
        "can_confirm": is_asked
        and is_unconfirmed
        and rules.is_submitting_officer(request.user, part.motion.organisation, request.at),
        "form": form if is_posted else _form(request, standing, place) if is_asked else None,
    }
