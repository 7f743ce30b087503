"""The committee decides, one by one, what becomes of amendments to motions of a composite."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from members.second_factor import second_factor_required
from motions import rules
from motions.amendments import showing
from motions.composites.forms import DecisionForm
from motions.composites.services.amendments import decide, undecided
from motions.composites.views import fetch
from motions.forms import add_errors
from motions.models import Amendment
from motions.views.kept import keeps_typing


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def amendments(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Every amendment that waits, with its sentence, and what was decided already."""
    composite = fetch.for_cac(request, slug, pk).composite
    rows = list(undecided(composite).select_related("current_version__base"))
    posted = _posted(request, rows)
    form = DecisionForm(request.POST, prefix=str(posted.pk)) if posted else None
    if form is not None and form.is_valid():
        try:
            made = decide(
                by=request.user,
                composite=composite,
                amendment=posted,
                at=request.at,
                **form.cleaned_data,
            )
            messages.success(request, f"Decided: {made.get_outcome_display()}. Its body is told.")
            return redirect("motions:composite-amendments", slug, pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    kept = rules.kept_from(request.user, composite.conference)
    facts = {
        "conference": composite.conference,
        "composite": composite,
        "form": form,
        "decided": composite.amendment_decisions.select_related(
            "amendment__organisation", "amendment__current_version", "decided_by"
        ),
        "rows": [
            {
                "amendment": row,
                "shown": showing.of_version(row.current_version),
                "kept": kept.why(row),
                "form": form if row == posted else DecisionForm(prefix=str(row.pk)),
            }
            for row in rows
        ],
    }
    return render(request, "motions/composites/amendments.html", facts)


def _posted(request: HttpRequest, rows: list[Amendment]) -> Amendment | None:
    """The amendment that is decided on; one that waits no more is not there."""
    if request.method != "POST":
        return None
    named = request.POST.get("amendment", "")
    found = next((row for row in rows if str(row.pk) == named), None)
    if found is None and named:
        raise Http404
    return found
