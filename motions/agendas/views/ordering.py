"""The committee builds the order paper of a session; everybody reads it once it is published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Session
from events.views.public import Page, public_page
from members.second_factor import second_factor_required
from motions.agendas import order, papers
from motions.agendas.forms import AddMotionsForm, AddWordsForm, ItemForm, PartsForm, PublishForm
from motions.agendas.services import ordering
from motions.agendas.views import fetch
from motions.agendas.views.agenda import as_file
from motions.agendas.views.fetch import Task
from motions.forms import add_errors
from motions.models import Motion, OrderItem, OrderPaper
from motions.views.fetch import conference_for as public_conference

ERROR = "This item is no longer on the paper."


@require_safe
@second_factor_required
def sessions(request: HttpRequest, slug: str) -> HttpResponse:
    """The business sessions, each with how full it is."""
    conference = fetch.conference_for(request, slug, Task.CAC_MEMBER)
    rows = [
        {"session": session, "paper": paper, "sheet": order.sheet(paper) if paper else None}
        for session in order.sessions_of(conference)
        for paper in [getattr(session, "order_paper", None)]
    ]
    return render(request, "motions/cac/sessions.html", {"conference": conference, "rows": rows})


@second_factor_required
@require_http_methods(["GET", "POST"])
def build(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One session's paper; `act` says what is done to it."""
    session = fetch.session_for(request, slug, pk, Task.CAC_MEMBER)
    act = request.POST.get("act", "motions")
    if act not in ACTS:
        raise Http404
    sheet = _forms(request, session, act)
    form = sheet["item_form" if act in ("up", "down", "off") else f"{act}_form"]
    if request.method == "POST" and form.is_valid():
        try:
            if said := ACTS[act](request, session, form):
                messages.success(request, said)
            return redirect("motions:cac-order", slug, pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    paper = OrderPaper.objects.filter(session=session).first()
    facts = {
        "conference": session.conference,
        "session": session,
        "paper": paper,
        "sheet": order.sheet(paper) if paper else None,
        "sent": form,
    }
    return render(request, "motions/cac/order.html", facts | sheet)


def _motions(request: HttpRequest, session: Session, form: AddMotionsForm) -> str:
    chosen = form.cleaned_data["motions"]
    for motion in chosen:
        ordering.add_motion(by=request.user, session=session, motion=motion, at=request.at)
    return f"{len(chosen)} motion{'' if len(chosen) == 1 else 's'} added."


def _words(request: HttpRequest, session: Session, form: AddWordsForm) -> str:
    ordering.add_words(by=request.user, session=session, at=request.at, **form.cleaned_data)
    return "Added."


def _moved(*, up: bool) -> Callable[..., str]:
    def act(request: HttpRequest, session: Session, form: ItemForm) -> str:
        ordering.move(by=request.user, item=_item(session, form), up=up, at=request.at)
        return ""

    return act


def _off(request: HttpRequest, session: Session, form: ItemForm) -> str:
    ordering.take_off(by=request.user, item=_item(session, form), at=request.at)
    return "Taken off the paper."


def _publish(request: HttpRequest, session: Session, form: forms.Form) -> str:
    ordering.publish(by=request.user, session=session, at=request.at)
    return "Published. Everybody can read the order paper now."


def _item(session: Session, form: ItemForm) -> OrderItem:
    rows = OrderItem.objects.select_related("paper__session__conference")
    found = rows.filter(paper=session.pk, pk=form.cleaned_data["item"]).first()
    if found is None:
        raise ValidationError(ERROR, code="gone")
    return found


ACTS: dict[str, Callable[..., str]] = {
    "motions": _motions,
    "words": _words,
    "up": _moved(up=True),
    "down": _moved(up=False),
    "off": _off,
    "publish": _publish,
}


def _forms(request: HttpRequest, session: Session, act: str) -> dict[str, Any]:
    posted = request.POST if request.method == "POST" else None
    offered = Motion.objects.for_conference(session.conference).published().with_titles()
    offered = offered.filter(order_item__isnull=True).exclude(number="")
    return {
        "motions_form": AddMotionsForm(posted if act == "motions" else None, offered=offered),
        "words_form": AddWordsForm(posted if act == "words" else None),
        "item_form": ItemForm(posted if act in ("up", "down", "off") else None),
        "publish_form": PublishForm(posted if act == "publish" else None),
    }


@second_factor_required
@require_http_methods(["GET", "POST"])
def parts(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Which paragraphs are voted on separately; the committee before, the chair in the debate."""
    motion = fetch.motion_for(request, slug, pk, Task.CAC_MEMBER, Task.CHAIR)
    blocks = list(motion.current_version.blocks.all())
    standing = motion.vote_parts.order_by("position")
    chosen = {key: part.position for part in standing for key in part.keys}
    form = PartsForm(request.POST or None, blocks=blocks, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            made = ordering.vote_in_parts(
                by=request.user, motion=motion, parts=form.parts, at=request.at
            )
            said = f"{len(made)} part{'' if len(made) == 1 else 's'} voted on separately."
            messages.success(request, said if made else "It is voted on as a whole.")
            return redirect("motions:parts", slug, pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {"conference": motion.conference, "motion": motion, "form": form, "parts": standing}
    return render(request, "motions/agendas/parts.html", facts)


@public_page
def order_paper(request: HttpRequest, slug: str, pk: int) -> Page:
    """The order paper of a session, once it is published."""
    conference = public_conference(request, slug)
    paper = _published(conference, pk)
    facts = {"conference": conference, "paper": paper, "sheet": order.sheet(paper)}
    return Page("motions/agendas/order.html", facts)


@login_not_required
@require_safe
def order_file(request: HttpRequest, slug: str, pk: int, form: str) -> HttpResponse:
    """The same on paper: PDF, large print or plain text."""
    paper = _published(public_conference(request, slug), pk)
    if form not in papers.ERRATA_FORMS:
        raise Http404
    made = papers.order(paper, form, request.at)
    return as_file(made, form, slugify(f"order paper {paper.session.title} {slug}"))


def _published(conference: object, pk: int) -> OrderPaper:
    rows = OrderPaper.objects.select_related("session__conference__imprint", "session__room")
    return get_object_or_404(
        rows, pk=pk, session__conference=conference, published_at__isnull=False
    )
