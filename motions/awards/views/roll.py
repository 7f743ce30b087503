"""The public roll of honour, and the page of whoever was honoured. Before the hour neither exists."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motions.awards import documents
from motions.awards.models import AwardCategory, AwardHonour, AwardRules
from motions.awards.panel_forms import ConsentForm
from motions.awards.services import consenting
from motions.awards.views import fetch
from motions.awards.views.evening import as_pdf
from motions.forms import add_errors


@require_safe
@login_not_required
def roll(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was honoured and agreed to be named."""
    conference = fetch.presented_conference(request, slug)
    honours = AwardHonour.objects.standing(conference).on_the_roll()
    named: dict[int, list[AwardHonour]] = {}
    for honour in honours.select_related("decision"):
        named.setdefault(honour.decision.category_id, []).append(honour)
    categories = AwardCategory.objects.filter(deadline__conference=conference)
    facts = {
        "conference": conference,
        "rules": AwardRules.of(conference),
        "rows": [{"category": one, "honours": named.get(one.pk, [])} for one in categories],
    }
    return render(request, "motions/awards/roll.html", facts)


@require_safe
@login_not_required
def honour(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One who was honoured, with what was said of them."""
    found = fetch.honour_on_the_roll(request, slug, pk)
    facts = {"conference": found.decision.category.conference, "honour": found}
    facts["rules"] = AwardRules.of(facts["conference"])
    return render(request, "motions/awards/honour.html", facts)


@login_not_required
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """Their own page, by the link that is theirs: their certificate, and may we name you?"""
    found = fetch.honour_of_link(request, token)
    form = ConsentForm(request.POST or None, honour=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            consenting.answer(
                honour=found,
                agrees=data["answer"] == "yes",
                public_name=data["public_name"],
                is_adult=data.get("is_adult", False),
                at=request.at,
            )
            messages.success(request, "Thank you. You can change your answer here at any time.")
            return redirect(request.path)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {
        "conference": request.conference,
        "honour": found,
        "form": form,
        "is_listable": consenting.is_listable(found),
        "token": token,
    }
    return _unlisted(render(request, "motions/awards/own.html", facts))


@login_not_required
@require_safe
def own_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """Their certificate."""
    found = fetch.honour_of_link(request, token)
    made = documents.certificates(request.conference, [found], at=request.at)
    return _unlisted(as_pdf(made, "certificate.pdf"))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine lists it, should the address ever get about; nothing keeps it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response
