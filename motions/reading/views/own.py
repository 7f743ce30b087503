"""What one person keeps: marks, notes and follows, on a motion's page and on a page of their own."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from motions.forms import add_errors
from motions.models import Motion, PrivateNote
from motions.reading import own
from motions.reading.forms import FollowForm, MarkForm, PrivateNoteForm
from motions.reading.services import following, marking
from motions.views import fetch
from motions.views.kept import keeps_typing, take


@require_POST
def keep(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Mark it or follow it; `act` says which."""
    motion = fetch.motion_for_everybody(request, slug, pk)
    act = request.POST.get("act")
    if act == "mark":
        form = MarkForm(request.POST)
        if form.is_valid():
            marking.mark(
                by=request.user, motion=motion, as_=form.cleaned_data["mark"], at=request.at
            )
    elif act == "follow":
        _follow(request, motion)
    elif act == "unfollow":
        following.unfollow_motion(by=request.user, motion=motion)
        messages.success(request, "You no longer follow this motion.")
    return redirect(motion)


def _follow(request: HttpRequest, motion: Motion) -> None:
    try:
        following.follow_motion(by=request.user, motion=motion, at=request.at)
        messages.success(request, "You follow this motion. Mail comes at most once a day.")
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])


@keeps_typing
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One's note on a motion, beside its text."""
    motion = fetch.motion_for_everybody(request, slug, pk)
    stands = PrivateNote.objects.filter(writer=request.user, motion=motion).first()
    initial = {"text": stands.text if stands else "", "seen": marking.state_seen(stands)}
    posted = request.POST if request.method == "POST" else None
    form = PrivateNoteForm(posted, initial={**initial, **take(request)})
    if request.method == "POST" and form.is_valid():
        try:
            marking.note(by=request.user, motion=motion, at=request.at, **form.cleaned_data)
            messages.success(request, "Your note is kept. Only you see it.")
            return redirect(motion)
        except ValidationError as refusal:
            add_errors(form, refusal)
            form.data = form.data.copy()
            form.data["seen"] = initial["seen"]
    facts = {"conference": motion.conference, "motion": motion, "form": form}
    blocks = motion.current_version.blocks.all()
    return render(request, "motions/note.html", facts | {"blocks": blocks})


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """One's reading list and notes, and what comes by mail."""
    conference = fetch.conference_for(request, slug)
    follows = list(own.follows(request.user, conference))
    initial = {
        "everything": any(row.motion_id is row.category_id is None for row in follows),
        "categories": [row.category_id for row in follows if row.category_id],
    }
    posted = request.POST if request.method == "POST" else None
    form = FollowForm(posted, conference=conference, initial=initial)
    if request.method == "POST" and form.is_valid():
        following.choose(
            by=request.user,
            conference=conference,
            everything=form.cleaned_data["everything"],
            categories=form.cleaned_data.get("categories", ()),
            at=request.at,
        )
        messages.success(request, "That is what we write to you about.")
        return redirect("motions:mine", slug)
    facts = own.page_facts(request.user, conference, follows)
    return render(request, "motions/mine.html", facts | {"conference": conference, "form": form})
