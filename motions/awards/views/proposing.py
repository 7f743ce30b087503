"""Pages of recognition awards. A person sees what they sent themself, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Conference
from events.rules import bodies_drafting
from motions.awards import embargo
from motions.awards.forms import ProposalForm
from motions.awards.models import AwardCategory, AwardDecision, AwardHonour, AwardNomination
from motions.awards.services import proposing
from motions.forms import KeyForm, add_errors
from motions.views.fetch import conference_for
from motions.views.kept import keeps_typing, take


@require_safe
@login_not_required
def categories(request: HttpRequest, slug: str) -> HttpResponse:
    """The awards and until when; for the sender also what they sent."""
    conference = conference_for(request, slug)
    own = (
        AwardNomination.objects.filter(
            category__deadline__conference=conference, submitted_by=request.user
        ).select_related("category", "organisation")
        if request.user.is_authenticated
        else []
    )
    rows = [
        {"category": category, "window": category.deadline.window}
        for category in _categories(conference)
    ]
    is_presented = embargo.has_ended(conference, request.at)
    facts = {"conference": conference, "rows": rows, "at": request.at}
    facts |= {
        "own": _with_outcomes(own, conference) if is_presented else [(row, "") for row in own],
        "is_presented": is_presented,
    }
    return render(request, "motions/awards/categories.html", facts)


def _with_outcomes(
    own: Iterable[AwardNomination], conference: Conference
) -> list[tuple[AwardNomination, str]]:
    """What became of each nomination. Asked only once the awards have been presented."""
    honours = dict(
        AwardHonour.objects.standing(conference).order_by().values_list("nominee", "result")
    )
    decided = set(
        AwardDecision.objects.filter(
            category__deadline__conference=conference, ended_at__isnull=True
        ).values_list("category", flat=True)
    )
    words = {"winner": "Winner", "commended": "Commended", "": "Not honoured this time"}
    return [
        (row, words[honours.get(row.nominee_id, "")] if row.category_id in decided else "")
        for row in own
    ]


@keeps_typing
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Propose somebody; everything typed survives a refusal."""
    conference = conference_for(request, slug)
    category = get_object_or_404(_categories(conference), pk=pk)
    bodies = bodies_drafting(request.user, conference, request.at)
    form = ProposalForm(
        request.POST or None,
        request.FILES or None,
        bodies=bodies,
        category=category,
        initial=take(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            receipt = proposing.propose(
                by=request.user,
                category=category,
                organisation=form.cleaned_data["organisation"],
                proposal=form.proposal,
                at=request.at,
                key=form.posted_key,
            )
            return redirect("motions:receipt", slug, receipt.number)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {"conference": conference, "category": category, "form": form, "at": request.at}
    return render(
        request, "motions/awards/propose.html", facts | {"window": category.deadline.window}
    )


@require_safe
@login_not_required
def blank_form(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form on paper."""
    conference = conference_for(request, slug)
    category = get_object_or_404(_categories(conference), pk=pk)
    return render(
        request,
        "motions/awards/blank_form.html",
        {
            "conference": conference,
            "category": category,
            "closes_at": category.deadline.closing,
        },
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once, then take back what one sent oneself."""
    conference = conference_for(request, slug)
    nomination = get_object_or_404(
        AwardNomination.objects.select_related("category", "organisation"),
        pk=pk,
        category__deadline__conference=conference,
        submitted_by=request.user,
    )
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = proposing.withdraw_proposal(
                by=request.user, nomination=nomination, at=request.at, key=form.posted_key
            )
            return redirect("motions:receipt", slug, receipt.number)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return render(
        request,
        "motions/awards/withdraw.html",
        {"conference": conference, "nomination": nomination, "form": form},
    )


def _categories(conference: Conference) -> QuerySet[AwardCategory]:
    return AwardCategory.objects.filter(deadline__conference=conference).select_related(
        "deadline__conference"
    )
