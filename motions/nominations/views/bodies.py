"""Pages of the bodies that nominate: the posts, one nomination, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Conference
from events.rules import bodies_drafting, may_draft_for
from members.limits import require_few
from motions.forms import KeyForm, add_errors
from motions.nominations import eligibility, showing
from motions.nominations.forms import NominationForm
from motions.nominations.models import Candidate, Nomination
from motions.nominations.services import nominating, withdrawing
from motions.nominations.views.fetch import posts_of
from motions.views.fetch import conference_for
from motions.views.kept import keeps_typing, take


@require_safe
@login_not_required
def posts(request: HttpRequest, slug: str) -> HttpResponse:
    """What conference fills, by which rules, until when; and what one's own bodies sent."""
    conference = conference_for(request, slug)
    own = []
    if request.user.is_authenticated:
        own = _own(request, conference)
    rows = [
        {
            "post": post,
            "window": post.deadline.window,
            "rules": eligibility.rules_in_words(post),
            "contest": getattr(post, "contest", None),
            "terms": showing.terms_in_words(post),
        }
        for post in posts_of(conference)
    ]
    return render(
        request,
        "motions/nominations/posts.html",
        {
            "conference": conference,
            "rows": rows,
            "own": own,
            "register_by": eligibility.registration_closing(conference) if own else None,
            "at": request.at,
        },
    )


@keeps_typing
@require_http_methods(["GET", "POST"])
def nominate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Nominate somebody; everything typed survives a refusal."""
    conference = conference_for(request, slug)
    post = get_object_or_404(posts_of(conference), pk=pk)
    bodies = bodies_drafting(request.user, conference, request.at)
    form = NominationForm(request.POST or None, bodies=bodies, initial=take(request))
    if request.method == "POST" and form.is_valid():
        try:
            require_few(request, "nominate")
            receipt = nominating.nominate(
                by=request.user,
                post=post,
                organisation=form.cleaned_data["organisation"],
                nominee=form.nominee,
                meeting_name=form.cleaned_data["meeting_name"],
                meeting_on=form.cleaned_data["meeting_on"],
                at=request.at,
                key=form.posted_key,
            )
            return redirect("motions:receipt", slug, receipt.number)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {"conference": conference, "post": post, "form": form, "at": request.at}
    facts["rules"] = eligibility.rules_in_words(post)
    return render(
        request, "motions/nominations/nominate.html", facts | {"window": post.deadline.window}
    )


@require_safe
@login_not_required
def blank_form(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form on paper."""
    conference = conference_for(request, slug)
    post = get_object_or_404(posts_of(conference), pk=pk)
    return render(
        request,
        "motions/nominations/blank_form.html",
        {
            "conference": conference,
            "post": post,
            "rules": eligibility.rules_in_words(post),
            "closes_at": post.deadline.closing,
        },
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once, then withdraw a nomination of one's own body."""
    nomination = get_object_or_404(
        Nomination.objects.select_related("candidate__post", "organisation"),
        pk=pk,
        candidate__post__deadline__conference=conference_for(request, slug),
    )
    conference = nomination.candidate.post.conference
    if not may_draft_for(request.user, nomination.organisation, conference, request.at):
        raise Http404
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = withdrawing.withdraw_nomination(
                by=request.user, nomination=nomination, at=request.at, key=form.posted_key
            )
            return redirect("motions:receipt", slug, receipt.number)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return render(
        request,
        "motions/nominations/withdraw.html",
        {"conference": conference, "nomination": nomination, "form": form},
    )


def _own(request: HttpRequest, conference: Conference) -> list[dict[str, Any]]:
    """What one's own bodies sent, and whether it still depends on a registration. Two queries."""
    rows = Nomination.objects.filter(
        candidate__post__deadline__conference=conference,
        organisation__in=bodies_drafting(request.user, conference, request.at),
    ).select_related("candidate__post__deadline", "organisation")
    rows = list(rows)
    people = Candidate.objects.filter(pk__in=[row.candidate_id for row in rows])
    waiting = set(eligibility.conditional(people).values_list("pk", flat=True)) if rows else set()
    return [
        {
            "nomination": row,
            "is_conditional": row.candidate_id in waiting and row.withdrawn_at is None,
        }
        for row in rows
    ]
