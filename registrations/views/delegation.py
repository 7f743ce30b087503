"""A body's delegation at a conference: what is missing, more places, the lead delegate.

Officers of the body see states and counts, never what a delegate answered.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

import clock
from events.models import Conference
from members.models import Organisation
from registrations import certificates, checklist, delegations
from registrations.delegation_forms import LeadForm, MoreForm
from registrations.delegations import Standing
from registrations.forms import explain
from registrations.models import Delegation, Place, PlaceRequest
from registrations.services import delegations as services
from registrations.services import entitlement
from registrations.views import fetch

TONES = {
    checklist.Level.OK: "good",
    checklist.Level.WITH_US: "info",
    checklist.Level.OPEN: "soon",
    checklist.Level.WARNING: "soon",
    checklist.Level.BLOCKING: "bad",
}
STATES = {
    checklist.State.EMPTY: "quiet",
    checklist.State.IN_ORDER: "good",
    checklist.State.WAIVED: "good",
    checklist.State.OPEN: "soon",
    checklist.State.BLOCKED: "bad",
}


def delegation(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """The checklist, the people, and where the number of places comes from."""
    conference, organisation, standing, places = _load(request, slug, body)
    row = standing.delegation
    context = {
        "conference": conference,
        "organisation": organisation,
        "standing": standing,
        "tone": STATES[standing.state],
        "findings": [_finding(one, standing, places) for one in standing.findings],
        "people": [_person(place, row) for place in places],
        "allocations": list(row.allocations.all()) if row.pk else [],
        "requests": list(row.requests.all()) if row.pk else [],
        "has_certificates": certificates.are_ready(conference, at=request.at),
        "may_choose_lead": any(place.name for place in places),
    }
    return render(request, "registrations/delegation.html", context)


def _load(
    request: HttpRequest, slug: str, body: str
) -> tuple[Conference, Organisation, Standing, list[Place]]:
    conference = fetch.conference(request, slug)
    organisation = fetch.body_with_draft(request, conference, body)
    row = delegations.of(conference, organisation)
    places = list(delegations.places_of(row))
    return conference, organisation, delegations.standing(row, request.at, places), places


def _person(place: Place, row: Delegation) -> dict:
    """Whether they have answered, never what."""
    return {
        "place": place,
        "is_lead": place.pk == row.lead_id,
        "has_answered": hasattr(place, "particulars"),
        "can_be_asked": bool(place.name and place.email),
    }


def _finding(one: checklist.Finding, standing: Standing, places: list[Place]) -> dict:
    url, action = _step(one, standing, places)
    words = {"sentence": one.sentence, "by": one.by, "word": one.level.label}
    return words | {"tone": TONES[one.level], "url": url, "action": action}


def _step(one: checklist.Finding, standing: Standing, places: list[Place]) -> tuple[str, str]:
    """Where the one next step is done, and its words; nothing where there is none."""
    row, step = standing.delegation, checklist.Step
    here = (row.conference.slug, row.organisation.slug)
    unnamed = next((place for place in places if not place.name), None)
    if one.step is step.BOOK:
        return reverse("registrations:body", args=here), "Book places"
    if one.step is step.MORE and standing.may_ask_for_more:
        return reverse("registrations:more_places", args=here), "Ask for more places"
    if one.step is step.ASK:
        return "#people", "Ask the delegates"
    if one.step is step.LEAD:
        return reverse("registrations:lead", args=here), "Choose the lead delegate"
    if one.step is step.NAME and unnamed is not None:
        return _naming(unnamed), "Add a name"
    if one.step in {step.CONTACT, step.MORE} and row.conference.contact_email:
        return f"mailto:{row.conference.contact_email}", "Write to us"
    return "", ""


def _naming(place: Place) -> str:
    return reverse("registrations:name_place", args=[place.booking.reference, place.pk])


def more_places(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Ask staff for places beyond the allocation."""
    conference, organisation, standing, _ = _load(request, slug, body)
    form = MoreForm(request.POST or None, allocated=standing.facts.allocated)
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.request_more(
                by=request.user,
                delegation=entitlement.of(conference, organisation),
                at=request.at,
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            _tell_asked(request, asked)
            return redirect(standing.delegation)
    context = {"conference": conference, "organisation": organisation, "form": form}
    context |= {"standing": standing, "back": standing.delegation.get_absolute_url()}
    return render(request, "registrations/more_places.html", context)


def _tell_asked(request: HttpRequest, asked: PlaceRequest) -> None:
    """That the request came in; or that it is an earlier one which still waits."""
    if asked.asked_at == request.at:
        words = "Your request is with us. We write to you when it is decided."
        messages.success(request, words)
        return
    when = f"{clock.in_london(asked.asked_at):%A %-d %B}"
    messages.info(
        request,
        f"Your body's request of {when} for {asked.places} more still waits for our answer, so "
        "nothing was added. To change it, write to us.",
    )


def lead(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Choose who casts the delegation's votes."""
    conference, organisation, standing, places = _load(request, slug, body)
    initial = {"lead": standing.delegation.lead_id}
    form = LeadForm(request.POST or None, places=places, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.name_lead(
                by=request.user,
                delegation=entitlement.of(conference, organisation),
                place=form.cleaned_data["lead"],
                at=request.at,
            )
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            name = form.cleaned_data["lead"].name
            messages.success(request, f"{name} is the lead delegate now.")
            return redirect(standing.delegation)
    context = {"conference": conference, "organisation": organisation, "form": form}
    context |= {"standing": standing, "back": standing.delegation.get_absolute_url()}
    return render(request, "registrations/lead.html", context)
