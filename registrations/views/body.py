"""An officer books places in the body's name: places, payment, review, confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from registrations import carer_forms, rules, selling, wording
from registrations.forms import PaymentForm, PlaceFormSet, StartForm, explain, quoted
from registrations.models import Booking
from registrations.orders import PlaceWish
from registrations.services import drafting, submitting
from registrations.views import fetch


def start(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """How many places of each pass; drafts and bookings that are there already."""
    conference, organisation = fetch.conference(request, slug), fetch.body(request, body)
    passes, _ = selling.offers(conference, at=request.at, organisation=organisation)
    passes = selling.for_bodies(passes)
    form = StartForm(request.POST or None, passes=passes)
    if request.method == "POST" and form.is_valid():
        try:
            booking = drafting.start_draft(
                by=request.user,
                conference=conference,
                organisation=organisation,
                wishes=[PlaceWish(pass_type=row) for row in form.passes()],
                at=request.at,
                key=form.cleaned_data["key"],
            )
            return redirect("registrations:draft_places", reference=booking.reference)
        except ValidationError as refusal:
            explain(form, refusal)
    context = {
        "conference": conference,
        "organisation": organisation,
        "form": form,
        "is_open": any(offer.is_available for offer in passes),
        "why_not": [
            {"name": offer.item.name, "why": selling.closed_in_words(offer)} for offer in passes
        ],
        "bookings": rules.own_bookings(request.user, request.at)
        .filter(conference=conference, organisation=organisation)
        .order_by("-created_at"),
    }
    return render(request, "registrations/body_start.html", context)


def places(request: HttpRequest, reference: str) -> HttpResponse:
    """One panel a person; saved at every step."""
    booking = fetch.draft(request, reference)
    formset = _formset(request, booking)
    errors: list[str] = []
    if request.method == "POST" and formset.is_valid():
        wishes = _wishes(formset, add_one=request.POST.get("do") == "add")
        try:
            drafting.save_places(
                by=request.user,
                booking=booking,
                version=_version(request),
                wishes=wishes,
                at=request.at,
            )
        except ValidationError as refusal:
            errors = refusal.messages
        else:
            go_on = request.POST.get("do") == "next"
            if request.POST.get("do") == "save":
                messages.success(request, "Saved. Nothing is booked until you confirm at the end.")
            name = "registrations:draft_payment" if go_on else "registrations:draft_places"
            return redirect(name, reference=booking.reference)
    booking.refresh_from_db(fields=["version"])
    # typing that has a fault still stands on the copy it was opened from, until both were shown
    is_shown_again = request.method == "POST" and not errors
    context = {
        "booking": booking,
        "version": _version(request) if is_shown_again else booking.version,
        "formset": formset,
        "errors": errors,
        "saved": drafting.order_of(booking).places if errors else (),
    }
    return render(request, "registrations/body_places.html", context)


def _formset(request: HttpRequest, booking: Booking) -> object:
    passes, extras = selling.offers(
        booking.conference, at=request.at, organisation=booking.organisation
    )
    kwargs = {
        "passes": selling.for_bodies(passes),
        "extra_offers": extras,
        "carers": selling.carers(passes),
    }
    if request.method == "POST":
        return PlaceFormSet(request.POST, prefix="places", form_kwargs=kwargs)
    initial = _panels(drafting.order_of(booking).places)
    return PlaceFormSet(initial=initial, prefix="places", form_kwargs=kwargs)


def _panels(wishes: Sequence[PlaceWish]) -> list[dict]:
    """What each person's panel shows; a carer is asked for in the panel of whom they support."""
    panels = {
        number: {
            "pass_type": str(wish.pass_type.pk),
            "name": wish.name,
            "email": wish.email,
            "extras": [str(extra.pk) for extra in wish.extras],
        }
        for number, wish in enumerate(wishes)
        if wish.comes_with is None
    }
    for wish in wishes:
        if wish.comes_with is not None:
            panels[wish.comes_with] |= carer_forms.initial_of(wish)
    return list(panels.values())


def _wishes(formset: object, *, add_one: bool) -> Sequence[PlaceWish]:
    wishes: list[PlaceWish] = []
    kept = [form for form in formset if not form.cleaned_data.get("DELETE")]
    for form in kept:
        wishes.append(
            PlaceWish(
                pass_type=form.cleaned_data["pass_type"],
                extras=form.cleaned_data.get("extras", ()),
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
            )
        )
        wishes += form.carer_wishes(comes_with=len(wishes) - 1)
    if add_one and kept:
        wishes.append(PlaceWish(pass_type=kept[-1].cleaned_data["pass_type"]))
    return wishes


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def payment(request: HttpRequest, reference: str) -> HttpResponse:
    """How it is paid and whom we write to."""
    booking, saved = fetch.draft(request, reference), None
    form = PaymentForm(request.POST or None, instance=booking)
    if request.method == "POST" and form.is_valid():
        details = {name: form.cleaned_data[name] for name in drafting.DETAILS}
        try:
            drafting.save_payment(
                by=request.user,
                booking=booking,
                version=form.cleaned_data["version"],
                **details,
            )
            return redirect("registrations:draft_review", reference=booking.reference)
        except ValidationError as refusal:
            explain(form, refusal)
            if getattr(refusal, "code", "") == "older":
                saved = booking
                form.data = form.data.copy()
                form.data["version"] = str(booking.version)
    facts = {"booking": booking, "form": form, "saved": saved}
    return render(request, "registrations/body_payment.html", facts)


def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything on one page with its price; confirming books it."""
    if request.method == "POST":
        done = fetch.booking(request, reference)
        if done.state == Booking.State.SUBMITTED:
            return redirect("registrations:done", reference=done.reference)
    booking = fetch.draft(request, reference)
    refusal = None
    if request.method == "POST":
        try:
            drafting.submit_draft(
                by=request.user,
                booking=booking,
                version=_version(request),
                at=request.at,
                quoted=quoted(request.POST),
                duplicates_accepted="duplicates_accepted" in request.POST,
            )
            return redirect("registrations:done", reference=booking.reference)
        except ValidationError as error:
            refusal = error
    return render(request, "registrations/body_review.html", _facts(request, booking, refusal))


def _facts(request: HttpRequest, booking: Booking, refusal: ValidationError | None) -> dict:
    order = drafting.order_of(booking)
    errors = list(refusal.messages) if refusal else []
    quote = None
    try:
        quote = submitting.quote(order=order, at=request.at)
    except ValidationError as closed:
        errors = errors or closed.messages
    people = [
        {
            "wish": wish,
            "with": None if wish.comes_with is None else order.places[wish.comes_with],
            "lines": [line for line in quote.lines if line.place == number] if quote else [],
        }
        for number, wish in enumerate(order.places)
    ]
    return {
        "booking": booking,
        "people": people,
        "quote": quote,
        "total": wording.pounds(quote.total) if quote else "",
        "quoted": quote.total if quote else Decimal(0),
        "errors": errors,
        "unnamed": sum(1 for wish in order.places if not wish.name),
        "ask_duplicate": getattr(refusal, "code", "") == "duplicate",
        "is_ready": bool(booking.contact_email and booking.payment_method and quote),
        "delegation_url": fetch.delegation_url(request, booking),
    }


def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask, then take the draft away; one that was booked meanwhile stays, and its page says so."""
    if request.method == "POST":
        return _discarded(request, fetch.booking(request, reference))
    booking = fetch.draft(request, reference)
    context = {
        "booking": booking,
        "title": "Discard this draft?",
        "text": "Nothing has been booked yet, so nothing is lost but what you typed.",
        "button": "Discard the draft",
        "errors": [],
    }
    return render(request, "registrations/confirm.html", context)


def _discarded(request: HttpRequest, booking: Booking) -> HttpResponse:
    conference, organisation = booking.conference, booking.organisation
    try:
        drafting.discard(by=request.user, booking=booking)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("registrations:booking", key=booking.reference)
    messages.success(request, "The draft is gone. Nothing had been booked.")
    return redirect("registrations:body", slug=conference.slug, body=organisation.slug)
