"""Calls for ideas as everybody meets them: no account, no cookie, no script.

What is sent here acts by no cookie: a link in a mail confirms it. So these forms carry no token of
a session (`csrf_exempt`), and set none; the one button for people who are signed in does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.calendar import DoorState
from members.limits import require_few
from members.personal_data import Person
from motions.forms import add_errors
from motions.ideas import services
from motions.ideas.forms import IdeaForm, SupportForm
from motions.ideas.showing import grouped, taken_up
from motions.models import CallForIdeas, Idea
from motions.texts import blocks

View = Callable[..., HttpResponse]


def without_a_cookie(view: View) -> View:
    """A page for strangers whose form acts by no cookie."""
    return login_not_required(csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(view)))


def _call(request: HttpRequest, slug: str) -> CallForIdeas:
    """A call whose campaign everybody may see."""
    rows = CallForIdeas.objects.select_related("campaign__imprint")
    call = get_object_or_404(rows, slug=slug, campaign__is_public=True)
    request.campaign = call.campaign
    return call


def _idea(request: HttpRequest, slug: str, pk: int) -> Idea:
    """A published idea; all others do not exist."""
    rows = Idea.objects.published().with_support()
    rows = rows.select_related("call__campaign__imprint", "question")
    idea = get_object_or_404(rows, pk=pk, call__slug=slug)
    request.campaign = idea.call.campaign
    return idea


def _door(call: CallForIdeas, request: HttpRequest) -> dict[str, Any]:
    """Whether it takes ideas now, and the sentence that says why not."""
    facts = {"is_open": call.state(request.at) is DoorState.OPEN, "why_not": ""}
    try:
        services.require_open(call, at=request.at)
    except ValidationError as refusal:
        facts["why_not"] = refusal.messages[0]
    return facts


@login_not_required
@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked, until when, and the ideas that are published."""
    found = _call(request, slug)
    facts = {"call": found, "groups": grouped(found), **_door(found, request)}
    return render(request, "motions/ideas/call.html", facts)


@without_a_cookie
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for an idea; the answer is the same whoever's address it is."""
    found = _call(request, slug)
    form = IdeaForm(request.POST if request.method == "POST" else None, call=found)
    if request.method == "POST" and form.is_valid():
        try:
            require_few(request, "send_idea")
            services.send(call=found, sent=form.sent, at=request.at, key=form.posted_key)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            facts = {"call": found, "address": form.cleaned_data["email"]}
            return render(request, "motions/ideas/sent.html", facts)
    facts = {"call": found, "form": form, **_door(found, request)}
    return render(request, "motions/ideas/send.html", facts)


@without_a_cookie
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a sender's link: confirm it, see what became of it, withdraw it."""
    idea = services.find(token)
    if idea is None:
        return render(request, "motions/ideas/no_link.html", status=404)
    request.campaign = idea.call.campaign
    if request.method == "POST":
        if request.POST.get("do") == "withdraw":
            services.withdraw(idea=idea)
        else:
            services.confirm(idea=idea, at=request.at)
        return redirect("ideas:confirm", token=token)
    facts = {"idea": idea, "call": idea.call, "state": idea.state}
    return _quiet(render(request, "motions/ideas/confirm.html", facts))


@without_a_cookie
def idea(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A published idea with its support, what takes it up, and how to support it."""
    found = _idea(request, slug, pk)
    form = SupportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            require_few(request, "support_idea")
            given = {"email": form.cleaned_data["email"], "key": form.posted_key}
            services.support(idea=found, at=request.at, **given)
        except ValidationError as refusal:
            form.add_error(None, ValidationError(refusal.messages))
        else:
            facts = {"idea": found, "call": found.call, "address": form.cleaned_data["email"]}
            return render(request, "motions/ideas/support_sent.html", facts)
    facts = {
        "idea": found,
        "call": found.call,
        "blocks": blocks.parse(found.text),
        "taken_up": taken_up(found),
        "form": form,
        "supports_it": _supports(request, found),
    }
    return render(request, "motions/ideas/idea.html", facts)


def _supports(request: HttpRequest, found: Idea) -> bool:
    if not request.user.is_authenticated:
        return False
    theirs = found.supports.filter(email__in=Person.of(request.user).addresses)
    return theirs.filter(confirmed_at__isnull=False).exists()


@require_POST
def support_signed_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One press for somebody who is signed in; another takes it back."""
    found = _idea(request, slug, pk)
    if request.POST.get("do") == "end":
        services.end_support_signed_in(by=request.user, idea=found)
    else:
        services.support_signed_in(by=request.user, idea=found, at=request.at)
    return redirect(found)


@without_a_cookie
def confirm_support(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a supporter's link: confirm it, or end it."""
    given = services.find_support(token)
    if given is None:
        return render(request, "motions/ideas/no_link.html", status=404)
    request.campaign = given.idea.call.campaign
    if given.idea.state != Idea.State.PUBLISHED:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "end":
        services.end_support(given=given)
        return render(request, "motions/ideas/support_ended.html", {"idea": given.idea})
    if request.method == "POST":
        services.confirm_support(given=given, at=request.at)
        return redirect("ideas:confirm-support", token=token)
    facts = {"given": given, "idea": given.idea, "call": given.idea.call}
    return _quiet(render(request, "motions/ideas/support.html", facts))


def _quiet(answer: HttpResponse) -> HttpResponse:
    """The token of the address goes to nobody else."""
    answer["Referrer-Policy"] = "no-referrer"
    return answer
