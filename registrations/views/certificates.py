"""Certificates of attendance as downloads; where there is none, a sentence says why."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from registrations import certificates, delegations
from registrations.services import delegate_links
from registrations.views import fetch
from registrations.views.papers import as_pdf


@login_not_required
@require_safe
def of_place(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Of one place of a booking, for whoever may see the booking."""
    booking = fetch.booking(request, reference)
    place, conference = fetch.place(booking, pk), booking.conference
    try:
        found = certificates.require(conference, [place], at=request.at)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("registrations:booking", key=booking.reference)
    return as_pdf(certificates.pdf(conference, found, at=request.at), f"certificate-{reference}")


@require_safe
def of_delegation(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Of everybody of a delegation who came, a page each, for the body's officers."""
    conference, organisation = fetch.conference(request, slug), fetch.body(request, body)
    places = list(delegations.places_of(delegations.of(conference, organisation)))
    try:
        found = certificates.require(conference, places, at=request.at)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("registrations:delegation", slug=slug, body=body)
    made = certificates.pdf(conference, found, at=request.at)
    return as_pdf(made, f"certificates-{organisation.slug}")


@login_not_required
@require_safe
def of_delegate(request: HttpRequest, token: str) -> HttpResponse:
    """Of whoever has the personal link, for four weeks after it has ended too."""
    link = delegate_links.link_afterwards(token, at=request.at)
    if link is None:
        return _unlisted(render(request, "registrations/delegate_over.html", status=404))
    conference = request.conference = link.place.booking.conference
    try:
        found = certificates.require(conference, [link.place], at=request.at)
    except ValidationError as refusal:
        facts = {"conference": conference, "why": refusal.messages[0]}
        return _unlisted(render(request, "registrations/no_certificate.html", facts))
    return _unlisted(as_pdf(certificates.pdf(conference, found, at=request.at), "certificate"))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine lists it, should the address ever get about; nothing keeps it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response
