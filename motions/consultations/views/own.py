"""One's own submissions behind the sign-in: begun, written, sent, withdrawn; late notices."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from events.rules import bodies_drafting
from motions.consultations import fetch, rules
from motions.consultations.forms import BeginSubmissionForm, LateForm, consultations_of
from motions.consultations.services import drafting, late
from motions.consultations.views import answering
from motions.forms import KeyForm, add_errors
from motions.views.fetch import conference_for
from motions.views.kept import keeps_typing


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the body and the consultation."""
    conference = conference_for(request, slug)
    asked = request.GET.get("consultation", "")
    form = BeginSubmissionForm(
        request.POST or None,
        bodies=bodies_drafting(request.user, conference, request.at),
        consultations=consultations_of(conference),
        initial={"consultation": int(asked)} if asked.isdecimal() and len(asked) < 10 else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            submission = drafting.start_submission(
                by=request.user,
                consultation=form.cleaned_data["consultation"],
                organisation=form.cleaned_data["organisation"],
                at=request.at,
                key=form.posted_key,
            )
            return redirect("consultations:submission", slug, submission.pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return render(
        request, "motions/consultations/begin.html", {"conference": conference, "form": form}
    )


@require_http_methods(["GET", "POST"])
def begin_own(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer for oneself: asked once, so that looking makes nothing."""
    consultation = fetch.consultation_to_read(request, slug, pk)
    if not (consultation.from_members or consultation.from_public):
        raise Http404
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            submission = drafting.start_own(
                by=request.user, consultation=consultation, at=request.at, key=form.posted_key
            )
            return redirect("consultations:submission", slug, submission.pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {
        "conference": consultation.conference,
        "consultation": consultation,
        "form": form,
        "kind": rules.kind_of(request.user, consultation),
        "window": consultation.deadline.window,
        "at": request.at,
    }
    return render(request, "motions/consultations/begin_own.html", facts)


@keeps_typing
@require_http_methods(["GET", "POST"])
def submission(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The draft with its form; read-only when it was sent in."""
    return answering.submission(request, fetch.own_seat(request, slug, pk))


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The saved draft as it will be sent; from here it is sent in."""
    return answering.send(request, fetch.own_seat(request, slug, pk))


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once, then withdraw."""
    return answering.withdraw(request, fetch.own_seat(request, slug, pk))


@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The document, as a download."""
    return answering.document(request, fetch.own_seat(request, slug, pk))


@require_safe
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the document says."""
    return answering.preview(request, fetch.own_seat(request, slug, pk))


@require_http_methods(["GET", "POST"])
def late_notice(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A body announces that it will be late."""
    consultation = fetch.consultation_to_read(request, slug, pk)
    if not consultation.takes_late:
        raise Http404
    bodies = bodies_drafting(request.user, consultation.conference, request.at)
    form = LateForm(request.POST or None, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        try:
            late.announce(
                by=request.user, consultation=consultation, at=request.at, **form.cleaned_data
            )
            messages.success(
                request,
                "Noted. When your body sends its submission after the close, it counts, and is "
                "marked as late.",
            )
            return redirect(consultation.get_absolute_url())
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {
        "conference": consultation.conference,
        "consultation": consultation,
        "form": form,
        "window": consultation.deadline.window,
        "at": request.at,
    }
    return render(request, "motions/consultations/late.html", facts)
