"""A booking's own pages: the confirmation, the page behind the personal link, the fresh code."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from events import doors
from members.limits import require_few
from registrations import (
    cards,
    certificates,
    documents,
    references,
    refunding,
    rules,
    selling,
    wording,
)
from registrations.forms import AddressForm, CodeForm, explain
from registrations.models import Booking
from registrations.services import changing, links
from registrations.views import fetch


@login_not_required
def booking(request: HttpRequest, key: str) -> HttpResponse:
    """The booking, for those who may see it; for a personal link, first the fresh code."""
    if references.PATTERN.match(key):
        try:
            return _page(request, fetch.booking(request, key), "registrations/booking.html")
        except Http404:
            if request.user.is_authenticated:
                raise
            return redirect("registrations:resend")
    found = links.booking_of(key, at=request.at)
    if found is None:
        return render(request, "registrations/link_over.html", status=404)
    if fetch.is_granted(request, found):
        return redirect("registrations:booking", key=found.reference)
    context = {"form": CodeForm(), "key": key, "sent": request.GET.get("sent") == "1"}
    return render(request, "registrations/code.html", context)


@login_not_required
@require_POST
def send_code(request: HttpRequest, key: str) -> HttpResponse:
    """Mail a fresh code to the booking's contact."""
    found = links.booking_of(key, at=request.at)
    if found is None:
        raise Http404
    links.send_code(booking=found, at=request.at)
    return redirect(f"{request.path.removesuffix('send/').removesuffix('code/')}?sent=1")


@login_not_required
@require_POST
def use_code(request: HttpRequest, key: str) -> HttpResponse:
    """Open the page with the code."""
    found = links.booking_of(key, at=request.at)
    if found is None:
        raise Http404
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            links.use_code(booking=found, code=form.cleaned_data["code"], at=request.at)
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            request.session.cycle_key()
            fetch.grant(request, found)
            return redirect("registrations:booking", key=found.reference)
    return render(request, "registrations/code.html", {"form": form, "key": key, "sent": True})


@login_not_required
def done(request: HttpRequest, reference: str) -> HttpResponse:
    """Booked: the reference, what it costs, what is missing, what happens next."""
    return _page(request, fetch.booking(request, reference), "registrations/done.html")


@login_not_required
def resend(request: HttpRequest) -> HttpResponse:
    """'Send me my links again': the same answer whether the address is known or not."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        try:
            require_few(request, "resend_links")
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            links.resend(email=address, at=request.at)
            return render(request, "registrations/resent.html", {"address": address})
    return render(request, "registrations/resend.html", {"form": form})


def my_bookings(request: HttpRequest) -> HttpResponse:
    """Everything this person booked, for themself and for their bodies."""
    rows = (
        rules.own_bookings(request.user, request.at)
        .with_money()
        .select_related("conference", "organisation")
        .order_by("-created_at")
    )
    return render(request, "registrations/my_bookings.html", {"bookings": rows[:100]})


def _page(request: HttpRequest, booking: Booking, template: str) -> HttpResponse:
    if booking.state == Booking.State.DRAFT:
        return redirect("registrations:draft_places", reference=booking.reference)
    places = list(
        booking.places.select_related("pass_type", "comes_with")
        .prefetch_related("lines")
        .order_by("position")
    )
    deadline = changing.deadline_for_changes(booking)
    window = None if deadline is None else doors.window_for(deadline, booking.organisation)
    extras = selling.extras(booking.conference, at=request.at, organisation=booking.organisation)
    is_called_off = booking.conference.status in refunding.CALLED_OFF
    context = {
        "booking": booking,
        "conference": booking.conference,
        "places": [_place(place, extras) for place in places],
        "unnamed": sum(1 for p in places if not p.name and p.cancelled_at is None),
        **_account(booking),
        # a link opens one booking, never the whole account of its body
        "has_statement": booking.organisation_id is not None
        and request.user.is_authenticated
        and not fetch.is_granted(request, booking),
        "can_change": booking.state == Booking.State.SUBMITTED
        and (is_called_off or window is None or window.is_open(request.at)),
        "is_called_off": is_called_off,
        "can_use_code": booking.state == Booking.State.SUBMITTED and not is_called_off,
        "changes_until": window.closes_at if window else None,
        "is_body": booking.organisation_id is not None,
        "has_certificates": certificates.are_ready(booking.conference, at=request.at),
        "delegation_url": fetch.delegation_url(request, booking),
    }
    return render(request, template, context)


def _account(booking: Booking) -> dict:
    """What was charged, what came and went, how to pay the rest, and the documents of it."""
    account = booking.account_fetched
    terms = getattr(booking.conference, "sale_terms", None)
    payments = booking.payments.counting() if account.paid else []
    asks = account.owing and booking.conference.status not in refunding.CALLED_OFF
    return {
        "account": account,
        "total": account.charged,
        "received": account.paid,
        "balance": account.balance,
        "takes_cards": asks and cards.provider() is not None,
        "credited": account.moved_in - account.moved_out,
        "in_words": documents.in_words(account),
        "ways_to_pay": terms.ways_for(booking) if terms is not None and asks else [],
        "invoices": booking.invoices.order_by("number") if booking.is_billed else [],
        "payments": payments,
    }


def _place(place: object, extras: list[selling.Offer]) -> dict:
    lines = [line for line in place.lines.all() if line.cancelled_at is None]
    extras = selling.for_carers(extras) if place.pass_type.is_of_carer else extras
    held = {line.extra_id for line in lines}
    return {
        "place": place,
        "comes_with": place.comes_with,
        "lines": lines,
        "to_add": [
            {"extra": offer.item, "label": wording.short_label(offer)}
            for offer in extras
            if offer.is_available and offer.item.pk not in held
        ],
    }
