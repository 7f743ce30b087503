"""A person's bodies, and the page on which a body sees everything that is due, done and missing."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import clock
from members import body_page
from members.forms import EndOfficeForm, InvitationForm
from members.limits import require_few
from members.models import Officeholding, OfficeInvitation, Organisation
from members.rules import Deed, may_decide_claims, may_for_body, offices_in_force
from members.services.invitations import invite_officer, withdraw_invitation
from members.services.offices import end_office
from members.views import fetch
from members.views.answers import refuse


@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies this person acts for, and claims that wait."""
    on = clock.in_london(request.at).date()
    claims = Officeholding.objects.claims().filter(user=request.user)
    facts = {
        "offices": offices_in_force(request.user, on),
        "claims": claims.select_related("office", "organisation"),
    }
    return render(request, "members/bodies.html", facts)


@require_GET
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: its officers, what is due, done and missing, and its officers of before."""
    organisation = fetch.body(request.user, slug, request.at)
    return render(request, "members/body.html", _facts(request, organisation))


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """An officer invites a successor or colleague."""
    organisation = fetch.body_to_invite_for(request.user, slug, request.at)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            require_few(request, "invite_officer")
            invitation = invite_officer(
                by=request.user, organisation=organisation, at=request.at, **form.cleaned_data
            )
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"{invitation.email} is invited and gets a mail.")
            return redirect("members:body", slug)
    return render(request, "members/invite.html", {"form": form, "body": organisation})


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The link of an invitation stops working."""
    invitation = fetch.invitation_to_withdraw(request.user, slug, pk, request.at)
    try:
        withdraw_invitation(by=request.user, invitation=invitation, at=request.at)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"The invitation of {invitation.email} is withdrawn.")
    return redirect("members:body", slug)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks when and why, then ends an office."""
    holding = fetch.office_to_end(request.user, slug, pk, request.at)
    today = clock.in_london(request.at).date()
    form = EndOfficeForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid():
        try:
            end_office(by=request.user, holding=holding, at=request.at, **form.cleaned_data)
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, f"{holding.user} is no longer {holding.office}.")
            return redirect("members:bodies")
    return render(request, "members/end_office.html", {"form": form, "holding": holding})


def _facts(request: HttpRequest, organisation: Organisation) -> dict[str, object]:
    on = clock.in_london(request.at).date()
    held = organisation.officeholdings.filter(state=Officeholding.State.VERIFIED)
    held = held.select_related("office", "user").order_by()
    newest_first = sorted(held, key=lambda row: row.started_on, reverse=True)
    held = sorted(newest_first, key=lambda row: (row.office.position, row.office.name))
    current = [row for row in held if row.is_in_force(on)]
    former = [row for row in held if not row.is_in_force(on)]
    may_invite = may_for_body(request.user, organisation, Deed.INVITE, on)
    invitations = OfficeInvitation.objects.open(request.at).filter(organisation=organisation)
    return {
        "body": organisation,
        "officers": current,
        "former": sorted(former, key=lambda row: row.ended_on or dt.date.max, reverse=True),
        "invitations": invitations.prefetch_related("office") if may_invite else (),
        "may_invite": may_invite,
        "may_end_any": may_invite or may_decide_claims(request.user),
        "sections": body_page.sections_for(organisation, request.user, request.at),
    }
