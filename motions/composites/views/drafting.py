"""The committee's pen: clauses of all motions, picked, put in order and reworded."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from members.second_factor import second_factor_required
from motions.committee.models import CommitteeRules
from motions.composites import telling
from motions.composites.forms import ClauseFormSet, DraftForm, clause_rows, draft_of
from motions.composites.models import CompositeVersion
from motions.composites.services import grouping
from motions.composites.services.drafting import Saved, newest_of, save
from motions.composites.standings import Standing
from motions.composites.views import fetch
from motions.composites.wordings import Wordings, wordings_of
from motions.forms import add_errors, with_version
from motions.views.kept import keeps_typing


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The editor. An older copy never overwrites a newer one: both are shown."""
    standing = fetch.for_cac(request, slug, pk)
    parts = [place.part for place in standing.places]
    if grouping.why_kept(request.user, [part.motion for part in parts]):
        raise Http404
    if request.method == "GET" and not standing.composite.is_open:
        return redirect("motions:composite-desk", slug, pk)
    wordings, newest = wordings_of(parts), newest_of(standing.composite)
    form, clauses = _forms(request, standing, wordings, newest)
    if request.method == "POST" and form.is_valid() and clauses.is_valid():
        try:
            saved = save(
                by=request.user,
                composite=standing.composite,
                base=form.cleaned_data["version"],
                draft=draft_of(form, clauses.forms),
                at=request.at,
            )
            if saved.is_aside:
                return _kept_aside(request, standing, wordings, saved)
            messages.success(request, "The draft is saved.")
            return redirect("motions:composite-desk", slug, pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return _editor(request, standing, wordings, form, clauses)


def _forms(
    request: HttpRequest, standing: Standing, wordings: Wordings, newest: CompositeVersion | None
) -> tuple[DraftForm, ClauseFormSet]:
    """The form and its clauses: as posted, or as the newest draft has them."""
    given = request.POST if request.method == "POST" else None
    initial = {"version": newest.number if newest else 0, "title": standing.composite.theme}
    if newest is not None:
        initial |= {
            "title": newest.title,
            "moved_by": newest.moved_by_id,
            "seconded_by": newest.seconded_by_id,
        }
    rows = clause_rows(newest, wordings) if given is None else None
    return DraftForm(given, composite=standing.composite, initial=initial), ClauseFormSet(
        given, initial=rows, prefix="clause", form_kwargs={"codes": wordings.codes()}
    )


def _editor(
    request: HttpRequest,
    standing: Standing,
    wordings: Wordings,
    form: DraftForm,
    clauses: ClauseFormSet,
    *,
    saved: Saved | None = None,
) -> HttpResponse:
    composite = standing.composite
    rules = CommitteeRules.of(composite.conference)
    facts = {
        "conference": composite.conference,
        "composite": composite,
        "form": form,
        "clauses": clauses,
        "max_words": rules.composite_max_words,
        "sheets": [
            {"part": part, "blocks": list(enumerate(wordings.texts[part.label], 1))}
            for part in wordings.parts
        ],
    }
    if saved is not None:
        newer = saved.newer
        facts |= {"saved": saved, "newer": newer, "newer_text": telling.blocks_of(newer)}
    status = 409 if saved is not None else 200
    return render(request, "motions/composites/draft.html", facts, status=status)


def _kept_aside(
    request: HttpRequest, standing: Standing, wordings: Wordings, saved: Saved
) -> HttpResponse:
    """What was typed stays in the form, now based on the newer draft, which is shown beside it."""
    data = with_version(request.POST, saved.newer.number)
    form = DraftForm(data, composite=standing.composite)
    codes = {"codes": wordings.codes()}
    clauses = ClauseFormSet(data, prefix="clause", form_kwargs=codes)
    return _editor(request, standing, wordings, form, clauses, saved=saved)
