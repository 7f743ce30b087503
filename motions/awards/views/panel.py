"""The panel's desk: every award at a glance, one nominee to score, one award to decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.second_factor import second_factor_required
from motions.awards import embargo, rules
from motions.awards.models import AwardHonour, AwardInterest, AwardNominee, AwardRules, AwardScore
from motions.awards.panel import desk as desk_of
from motions.awards.panel_forms import (
    DecisionForm,
    HourForm,
    JudgeInterestForm,
    MergeForm,
    ScoreForm,
)
from motions.awards.rules import Kept
from motions.awards.services import deciding, hour, interests, judging, merging, scoring
from motions.awards.views import fetch
from motions.forms import add_errors
from motions.uploads import as_attachment
from motions.views.kept import keeps_typing, take


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Every award and nominee, and what waits for this judge; the chair moves the hour here."""
    conference = fetch.conference_for_panel(request, slug)
    found = desk_of(request.user, conference, request.at)
    form = HourForm(request.POST or None, initial={"presented_at": found.rules.presented_at})
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data["presented_at"]
            hour.move(by=request.user, conference=conference, to=given, at=request.at)
            messages.success(request, "The hour is moved.")
            return redirect("awards:panel", slug)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {"conference": conference, "desk": found, "form": form}
    facts["moves_the_hour"] = found.rules.chair == request.user and not found.is_presented
    return render(request, "motions/awards/panel.html", facts)


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def nominee(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Read every citation, then act: `act` says which form was sent."""
    row, kept = fetch.nominee_for_panel(request, slug, pk)
    if row.merged_into_id is not None:
        return redirect("awards:nominee", slug, row.merged_into_id)
    act = request.POST.get("act", "score")
    if act not in ACTS:
        raise Http404
    sheet = _forms(request, row, act)
    form = sheet.get(f"{act}_form", forms.Form(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, ACTS[act](request, row, form))
            return redirect("awards:panel", slug)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return render(
        request,
        "motions/awards/nominee.html",
        _facts(request, row, kept) | sheet | {"sent": form},
    )


def _score(request: HttpRequest, row: AwardNominee, form: ScoreForm) -> str:
    words = form.cleaned_data["words"]
    scoring.score(by=request.user, nominee=row, points=form.points, words=words, at=request.at)
    return "Your score is kept. Nobody sees it until enough judges have scored."


def _declare(request: HttpRequest, row: AwardNominee, form: JudgeInterestForm) -> str:
    words = form.cleaned_data["words"]
    interests.declare(by=request.user, nominee=row, words=words, body=form.body, at=request.at)
    return "Your interest is declared. The other judges score here."


def _withdraw(request: HttpRequest, row: AwardNominee, form: forms.Form) -> str:
    number = request.POST.get("interest", "")
    mine = _interests(row).filter(judge=request.user)
    found = mine.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
    if found is None:
        raise Http404
    interests.withdraw(by=request.user, interest=found, nominee=row, at=request.at)
    return "Your interest is withdrawn; that it was declared stays in the record."


def _merge(request: HttpRequest, row: AwardNominee, form: MergeForm) -> str:
    into = form.cleaned_data["into"]
    merging.merge(by=request.user, nominee=row, into=into, at=request.at)
    return "The two are one nominee now. Every citation is kept."


ACTS = {"score": _score, "declare": _declare, "withdraw": _withdraw, "merge": _merge}


def _forms(request: HttpRequest, row: AwardNominee, act: str) -> dict[str, forms.Form]:
    """Every form of the page; the one that was sent holds what was typed."""
    kept, posted = take(request), request.POST if request.method == "POST" else None

    def given(name: str) -> Any:
        return posted if act == name else None

    conference = row.category.conference
    mine = AwardScore.objects.filter(nominee=row, judge=request.user, ended_at__isnull=True)
    own = rules.kept_from(request.user, conference)
    others = [
        one
        for one in judging.before_the_panel(row.category)
        if one.pk != row.pk and not own.is_self(one)
    ]
    return {
        "score_form": ScoreForm(
            given("score"),
            criteria=scoring.criteria_of(conference),
            most=AwardRules.of(conference).most_points,
            mine=mine.prefetch_related("points").first(),
            initial=kept,
        ),
        "declare_form": JudgeInterestForm(given("declare"), bodies=_bodies(row), prefix="interest"),
        "merge_form": MergeForm(given("merge"), others=others, prefix="merge"),
    }


def _bodies(row: AwardNominee) -> list[Any]:
    """The bodies that propose a nominee, and the nominee itself where it is one."""
    sent = row.standing.select_related("organisation").order_by("organisation__name")
    found = {one.organisation_id: one.organisation for one in sent}
    if row.body is not None:
        found.setdefault(row.body_id, row.body)
    return list(found.values())


def _interests(row: AwardNominee) -> Any:
    """What judges have declared that touches this nominee, withdrawn ones included."""
    conference = row.category.conference
    in_nominee = AwardInterest.objects.filter(nominee=row)
    in_body = AwardInterest.objects.filter(conference=conference, organisation__in=_bodies(row))
    return (in_nominee | in_body).select_related("judge", "organisation")


def _facts(request: HttpRequest, row: AwardNominee, kept: Kept) -> dict[str, object]:
    category, conference = row.category, row.category.conference
    why = kept.why(row)
    closes_at = category.deadline.closing
    mine = AwardScore.objects.filter(nominee=row, judge=request.user, ended_at__isnull=True).first()
    is_decided = judging.standing_decision(category) is not None
    is_over = embargo.has_ended(conference, request.at)
    may_judge = not (why or is_decided or is_over or closes_at is None or request.at < closes_at)
    facts = {
        "conference": conference,
        "category": category,
        "nominee": row,
        "kept": why,
        "closes_at": closes_at,
        "is_open": closes_at is None or request.at < closes_at,
        "is_decided": is_decided,
        "may_judge": may_judge,
        "interests": _interests(row),
        "mine": mine,
        "is_over": is_over,
    }
    if why:
        return facts
    sent = row.standing.select_related("organisation", "submitted_by", "nominee_body")
    return facts | {"citations": sent.prefetch_related("files").order_by("submitted_at", "pk")}


@require_POST
@second_factor_required
def separate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """This nomination is about somebody else."""
    row = fetch.nomination_for_panel(request, slug, pk)
    try:
        made = merging.separate(by=request.user, nomination=row, at=request.at)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("awards:nominee", slug, row.nominee_id)
    messages.success(request, "It is a nominee of its own now.")
    return redirect("awards:nominee", slug, made.pk)


@require_safe
@second_factor_required
def evidence(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One file that a body sent, as a download."""
    row = fetch.evidence_for_panel(request, slug, pk)
    return as_attachment(row.file, row.file.name.rsplit("/", 1)[-1])


@require_safe
@second_factor_required
def scan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The letter by which a nomination came, as a download."""
    row = fetch.nomination_for_panel(request, slug, pk)
    if not row.scan:
        raise Http404
    return as_attachment(row.scan, row.scan.name.rsplit("/", 1)[-1])


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The scores of an award, when enough are in, and the decision; for whoever decides."""
    category = fetch.category_for_panel(request, slug, pk)
    found = AwardRules.of(category.conference)
    seats = rules.bench(category.conference, request.at)
    tallies = scoring.tallies_of_each([category], found, seats)[category.pk]
    if not rules.may_decide(request.user, found, [one.nominee for one in tallies], seats):
        raise Http404
    standing = judging.standing_decision(category)
    start = _as_decided(standing) if standing else {}
    form = DecisionForm(request.POST or None, tallies=tallies, initial=start | take(request))
    if request.method == "POST" and form.is_valid():
        try:
            deciding.decide(
                by=request.user,
                category=category,
                choices=form.choices,
                reason=form.cleaned_data["reason"],
                at=request.at,
            )
            messages.success(request, "The decision is kept, and sealed until the presentation.")
            return redirect("awards:panel", slug)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {
        "conference": category.conference,
        "category": category,
        "tallies": tallies,
        "criteria": scoring.criteria_of(category.conference),
        "decision": standing,
        "honours": standing.honours.select_related("nominee") if standing else (),
        "form": form,
        "rules": found,
        "is_over": embargo.is_over(found, request.at),
    }
    return render(request, "motions/awards/decide.html", facts)


def _as_decided(decision: Any) -> dict[str, str]:
    """What stands, to be changed."""
    given = {"reason": decision.reason}
    for honour in AwardHonour.objects.filter(decision=decision):
        given[f"result-{honour.nominee_id}"] = honour.result
        given[f"words-{honour.nominee_id}"] = honour.words
    return given
