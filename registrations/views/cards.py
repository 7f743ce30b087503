"""Paying by card: off to the provider, its events, and the pay page of the practice provider."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mailing import links as addresses
from registrations import cards, practice_cards
from registrations.models import CardAttempt
from registrations.services import cards as services
from registrations.views import fetch

MOST_BYTES = 100_000


@login_not_required
@require_POST
def pay(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin to pay the balance, and go to where it is paid."""
    booking = fetch.booking(request, reference)
    try:
        back = addresses.site(booking.get_absolute_url())
        return redirect(services.start(booking=booking, back=back, at=request.at))
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect(booking)


@login_not_required
@csrf_exempt  # the provider signs its events; no session is asked for or used
@require_POST
def event(request: HttpRequest) -> HttpResponse:
    """The inbox: verified, kept once, answered alike however often it comes."""
    provider = cards.provider()
    if provider is None:
        raise Http404
    if len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        found = provider.verified(
            body=request.body, signature=request.headers.get("X-Signature", "")
        )
    except cards.UnverifiedError:
        return HttpResponse(status=400)
    services.take(provider=provider.name, event=found, at=request.at)
    return HttpResponse(status=204)


@login_not_required
@never_cache
def practice(request: HttpRequest, key: str) -> HttpResponse:
    """Where the practice provider 'takes' a card; no such page where it is not the provider."""
    provider = cards.provider()
    if not isinstance(provider, practice_cards.PracticeCards):
        raise Http404
    attempt = get_object_or_404(CardAttempt.objects.select_related("booking__conference"), key=key)
    if request.method == "POST":
        body, signature = practice_cards.paid(attempt=key, amount=attempt.amount)
        found = provider.verified(body=body, signature=signature)
        services.take(provider=provider.name, event=found, at=request.at)
        return redirect(attempt.booking)
    return render(request, "registrations/practice_card.html", {"attempt": attempt})
