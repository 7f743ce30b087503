"""What a body does with a motion once it is written: confirm, send back, withdraw, late list."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from events import doors
from motions.forms import KeyForm, LateForm, SendBackForm, add_errors
from motions.models import Motion, Receipt
from motions.services.late import put_on_late_list
from motions.services.sending import confirm_submission, send_back
from motions.services.withdrawing import withdraw as withdraw_motion
from motions.views import fetch
from motions.views.kept import keeps_typing, take


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once, then withdraw."""
    motion = fetch.motion_to_work_on(request, slug, pk)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = withdraw_motion(
                by=request.user, motion=motion, at=request.at, key=form.posted_key
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            if receipt is None:
                messages.success(request, "The draft is put away. Its wording stays in the record.")
                return redirect("motions:list", slug)
            return redirect("motions:receipt", slug, receipt.number)
    return render(
        request,
        "motions/withdraw.html",
        {"conference": motion.conference, "motion": motion, "form": form},
    )


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An officer reads what was sent in the body's name and confirms it."""
    motion = fetch.motion_to_confirm(request, slug, pk)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = confirm_submission(
                by=request.user, motion=motion, at=request.at, key=form.posted_key
            )
            return redirect("motions:receipt", slug, receipt.number)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return render(
        request,
        "motions/confirm.html",
        {
            "conference": motion.conference,
            "motion": motion,
            "version": motion.current_version,
            "blocks": motion.current_version.blocks.all() if motion.current_version else [],
            "form": form,
        },
    )


@keeps_typing
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An officer gives it back to its author with a reason."""
    motion = fetch.motion_to_confirm(request, slug, pk)
    form = SendBackForm(request.POST or None, initial=take(request))
    if request.method == "POST" and form.is_valid():
        try:
            send_back(
                by=request.user, motion=motion, reason=form.cleaned_data["reason"], at=request.at
            )
            messages.success(request, "It is given back, and its author has been told why.")
            return redirect(motion)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return render(
        request,
        "motions/give_back.html",
        {"conference": motion.conference, "motion": motion, "form": form},
    )


@keeps_typing
@require_http_methods(["GET", "POST"])
def late(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A draft that missed the deadline: ask the committee to take it."""
    motion = fetch.motion_to_work_on(request, slug, pk)
    window = doors.window_for(motion.call.deadline, motion.organisation)
    if request.method == "GET" and (
        window.is_open(request.at) or motion.state != Motion.State.DRAFT
    ):
        return redirect(motion)
    initial = {"version": motion.draft_version, **take(request)}
    form = LateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = put_on_late_list(
                by=request.user,
                motion=motion,
                version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
                at=request.at,
                key=form.posted_key,
            )
            return redirect("motions:receipt", slug, receipt.number)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {"conference": motion.conference, "motion": motion, "form": form}
    return render(request, "motions/late.html", {**facts, "closes_at": window.closes_at})


@require_safe
def receipt(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A receipt, to read and to print: for whoever was given it and whoever acts for the body."""
    receipt = get_object_or_404(
        Receipt.objects.select_related("conference", "organisation", "motion", "given_to"),
        conference__slug=slug,
        number=number,
    )
    if not fetch.may_see_receipt(request, receipt):
        raise Http404
    return render(
        request,
        "motions/receipt.html",
        {"conference": receipt.conference, "receipt": receipt, "motion": receipt.motion},
    )
