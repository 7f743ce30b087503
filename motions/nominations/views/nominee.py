"""The nominee's own pages, on a phone from the mailed link: answer, statement, photo, withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from events.calendar import Window
from members.limits import require_few
from motions.forms import add_errors, with_values
from motions.nominations import eligibility
from motions.nominations.forms import AnswerForm, StatementForm
from motions.nominations.models import Candidate
from motions.nominations.services import answering
from motions.nominations.services.answering import Overtaken
from motions.nominations.views import fetch
from motions.nominations.views.public import as_picture
from motions.texts import words

State = Candidate.State


@require_http_methods(["GET", "POST"])
@login_not_required
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Agree to stand, or not; afterwards what is kept of them, and what can still be done."""
    candidate = fetch.candidate_by(request, token)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            candidate = answering.answer(
                candidate=candidate, accepts=form.cleaned_data["answer"] == "yes", at=request.at
            )
            if candidate.state == State.CONSENTED:
                return redirect("nominations:statement", token)
            return redirect(request.path)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = _facts(request, candidate, token)
    return render(
        request,
        "motions/nominations/answer.html",
        {
            **facts,
            "form": form,
            "bodies": [row.organisation for row in eligibility.standing(candidate)],
            "rules": eligibility.rules_in_words(candidate.post),
            "can_answer": facts["is_open"] and candidate.state in (State.ASKED, State.DECLINED),
        },
    )


@require_http_methods(["GET", "POST"])
@login_not_required
def statement(request: HttpRequest, token: str) -> HttpResponse:
    """Write the statement; everything typed survives a refusal."""
    candidate = fetch.candidate_by(request, token)
    if candidate.state != State.CONSENTED:
        return redirect("nominations:answer", token)
    form = StatementForm(request.POST or None, request.FILES or None, candidate=candidate)
    stored = None
    if request.method == "POST" and form.is_valid():
        try:
            require_few(request, "nominee")
            answering.save_statement(
                candidate=candidate,
                version=form.cleaned_data["version"],
                wording=form.wording,
                at=request.at,
            )
            messages.success(request, "Saved. A copy is on its way to you by mail.")
            return redirect("nominations:answer", token)
        except Overtaken as refusal:
            stored = refusal.stored
            again = with_values(request.POST, {"version": stored.wording_version})
            form = StatementForm(again, candidate=stored)
            form.is_valid()
            add_errors(form, refusal)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = _facts(request, candidate, token)
    facts |= {"form": form, "stored": stored, "words": words.count(candidate.statement)}
    return render(request, "motions/nominations/statement.html", facts)


@require_http_methods(["GET", "POST"])
@login_not_required
def stand_down(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then withdraw."""
    candidate = fetch.candidate_by(request, token)
    if candidate.state != State.CONSENTED:
        return redirect("nominations:answer", token)
    errors: list[str] = []
    if request.method == "POST":
        try:
            answering.withdraw(candidate=candidate, at=request.at)
            return redirect("nominations:answer", token)
        except ValidationError as refusal:
            errors = refusal.messages
    facts = _facts(request, candidate, token) | {"errors": errors}
    return render(request, "motions/nominations/stand_down.html", facts)


@require_safe
@login_not_required
def own_photo(request: HttpRequest, token: str) -> HttpResponse:
    """The photo as it was drawn anew, for the nominee to look at."""
    candidate = fetch.candidate_by(request, token)
    if not candidate.photo:
        raise Http404
    return as_picture(candidate)


def _facts(request: HttpRequest, candidate: Candidate, token: str) -> dict[str, Any]:
    """What every page of the nominee says: the post, the doors, the condition."""
    post = candidate.post
    is_settled = hasattr(post, "contest")
    is_declared = is_settled and post.contest.declared_at is not None
    return {
        "conference": post.conference,
        "candidate": candidate,
        "post": post,
        "token": token,
        "at": request.at,
        "is_settled": is_settled,
        "is_declared": is_declared,
        "answers_until": post.answers_until,
        "withdrawal_until": post.withdrawal_until,
        "is_open": not is_settled and _is_open(post.answers_deadline, request),
        "may_withdraw": not is_declared
        and (
            _is_open(post.withdrawal_deadline, request)
            if post.withdrawal_deadline
            else not is_settled
        ),
        "is_conditional": candidate.is_in_play and eligibility.is_conditional(candidate),
        "register_by": eligibility.registration_closes(candidate),
    }


def _is_open(deadline: Any, request: HttpRequest) -> bool:
    if deadline is None:
        return True
    window: Window = deadline.window
    return window.is_open(request.at)
