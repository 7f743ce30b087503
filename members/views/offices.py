"""Claiming an office, taking up an invitation, connecting a membership."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

import clock
from members.forms import ClaimForm, MembershipForm
from members.limits import require_few
from members.models import Member
from members.services import invitations
from members.services.membership import connect_membership
from members.services.offices import claim_office
from members.views.answers import refuse


@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """'I am the secretary of …', with how staff can check it."""
    form = ClaimForm(
        request.POST if request.method == "POST" else None, today=clock.in_london(request.at).date()
    )
    if form.is_valid():
        try:
            require_few(request, "claim_office")
            claimed = claim_office(by=request.user, at=request.at, **form.cleaned_data)
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request,
                f"Thank you. Staff check that you are {claimed.office} of {claimed.organisation} "
                "and write to you.",
            )
            return redirect("members:bodies")
    return render(request, "members/claim.html", {"form": form})


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation is about, and a button that takes the office up."""
    found = invitations.find(token)
    if found is None:
        raise Http404
    errors: list[str] = []
    if request.method == "POST":
        try:
            invitations.accept_invitation(by=request.user, invitation=found, at=request.at)
        except ValidationError as refusal:
            errors = refusal.messages
        else:
            messages.success(request, f"You are now {found.office} of {found.organisation}.")
            return redirect("members:body", found.organisation.slug)
    facts = {
        "invitation": found,
        "is_open": invitations.is_open(found, request.at),
        "is_theirs": found.email == request.user.email,
        "errors": errors,
    }
    return render(request, "members/invitation.html", facts)


@require_http_methods(["GET", "POST"])
def membership(request: HttpRequest) -> HttpResponse:
    """Connects this sign-in with a membership record."""
    form = MembershipForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            require_few(request, "connect_membership")
            connect_membership(by=request.user, at=request.at, **form.cleaned_data)
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, "Your membership is connected.")
            return redirect("members:membership")
    member = Member.objects.filter(user=request.user).select_related("organisation").first()
    return render(request, "members/membership.html", {"form": form, "member": member})
