"""Reading an amendment; for its own body also what next, for the mover's body the answer."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from events.views.public import Page, public_page
from motions import rules
from motions.amendments import amending, became, drafted, showing
from motions.amendments import beside as besides
from motions.amendments.forms import AnswerForm
from motions.amendments.services.answering import answer as give_answer
from motions.forms import add_errors
from motions.models import Amendment
from motions.views import fetch
from motions.views.kept import keeps_typing
from motions.views.own import own_facts


@public_page
def amendment(request: HttpRequest, slug: str, pk: int) -> Page:
    """One amendment: the sentence, the diff, where it meets others, what the mover says."""
    row, is_own = fetch.amendment_to_read(request, slug, pk)
    version, amended = row.current_version, row.amends
    sent = version or row
    ended = became.sentence(row)
    facts = {
        "conference": row.conference,
        "motion": row,
        "amended": amended,
        "label": amending.label(row),
        "version": version,
        "shown": showing.of_version(version) if version else None,
        "is_own": is_own,
        "sent": sent,
        "shows_names": is_own or (sent.names_consent and not ended),
        "became": ended,
        "kept_number": amending.kept_number(row),
        "stale": version is not None and row.is_stale,
        **_beside(row),
        **(own_facts(request, row) if is_own else {}),
        "sent_back": drafted.waiting(row) if is_own else None,
        "may_answer": row.is_published
        and amended.is_published
        and rules.is_submitting_officer(request.user, amended.organisation, request.at),
    }
    return Page("motions/amendments/amendment.html", facts)


def _beside(row: Amendment) -> dict[str, object]:
    """What is known of a published one among the others."""
    if not row.is_shown or row.amends.was_withdrawn:
        return {}
    found = besides.beside(row.amends)
    mine = next((one for one in found.rows if one.amendment.pk == row.pk), None)
    meetings = [one for one in found.meetings if row in one.amendments]
    return {
        "answer": mine.answer if mine else None,
        "falls": mine.falls if mine else [],
        "meetings": meetings,
    }


@keeps_typing
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An officer of the mover's body accepts the amendment, or does not."""
    row = fetch.amendment_to_answer(request, slug, pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            says = form.cleaned_data["answer"]
            give_answer(by=request.user, amendment=row, says=says, at=request.at)
            return redirect(row)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {
        "conference": row.conference,
        "motion": row,
        "amended": row.amends,
        "label": amending.label(row),
        "shown": showing.of_version(row.current_version),
        "form": form,
    }
    return render(request, "motions/amendments/answer.html", facts)
