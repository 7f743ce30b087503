"""Changing and cancelling a booking: each change shows its price before it is confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from members.models import User
from registrations import refunding, selling, wording
from registrations.forms import NameForm, RenameForm, explain, quoted
from registrations.models import Booking, Extra, Line, Place
from registrations.services import cancelling, changing, naming, postponing
from registrations.views import fetch


def _person(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def _back(booking: Booking) -> HttpResponse:
    return redirect("registrations:booking", key=booking.reference)


@login_not_required
def name_place(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say who comes; of a place that has a name, whether it is corrected or somebody else comes."""
    booking = fetch.booking(request, reference)
    place = fetch.place(booking, pk)
    form = _name_form(request, place)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        act = naming.ACTS[typed.pop("who", "")]
        if act is not naming.substitute:
            typed.pop("carers_stay", None)
        try:
            place = act(by=_person(request), place=place, at=request.at, **typed)
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            messages.success(request, f"Place {place.position + 1} is for {place.name} now.")
            return _back(booking)
    context = {"booking": booking, "place": place, "form": form}
    return render(request, "registrations/name_place.html", context)


def _name_form(request: HttpRequest, place: Place) -> NameForm:
    initial = {"name": place.name, "email": place.email}
    if not place.name:
        return NameForm(request.POST or None, initial=initial)
    has_carer = place.carers.filter(cancelled_at__isnull=True).exists()
    return RenameForm(request.POST or None, initial=initial, has_carer=has_carer)


@login_not_required
def add_extra(request: HttpRequest, reference: str, pk: int, extra: int) -> HttpResponse:
    """Show what the extra costs now; add it when confirmed."""
    booking = fetch.booking(request, reference)
    place = fetch.place(booking, pk)
    wanted = get_object_or_404(Extra, pk=extra, conference=booking.conference)
    errors: list[str] = []
    if request.method == "POST":
        try:
            changing.add_extra(
                by=_person(request),
                place=place,
                extra=wanted,
                at=request.at,
                quoted=quoted(request.POST),
            )
        except ValidationError as refusal:
            errors = refusal.messages
        else:
            messages.success(request, f"{wanted.name} was added.")
            return _back(booking)
    extras = selling.extras(booking.conference, at=request.at, organisation=booking.organisation)
    extras = selling.for_carers(extras) if place.pass_type.is_of_carer else extras
    offer = next((row for row in extras if row.item.pk == wanted.pk), None)
    context = {
        "booking": booking,
        "place": place,
        "extra": wanted,
        "offer": offer,
        "price": wording.pounds(offer.price.amount) if offer and offer.is_available else "",
        "why_not": selling.closed_in_words(offer) if offer else "It is not on sale any more.",
        "errors": errors,
    }
    return render(request, "registrations/add_extra.html", context)


@login_not_required
def remove_extra(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask, then take an extra off."""
    booking = fetch.booking(request, reference)
    line = fetch.line(booking, pk)

    def act() -> None:
        changing.remove_extra(by=_person(request), line=line, at=request.at)

    return _confirm(
        request,
        booking,
        act,
        title=f"Take {line.description} off {line.place}?",
        text="",
        ending=[line],
        button="Take it off",
        done=f"{line.description} was taken off.",
    )


@login_not_required
def cancel_place(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask, then cancel one place."""
    booking = fetch.booking(request, reference)
    place = fetch.place(booking, pk)

    going = Place.objects.ending_with(place)
    with_carer = " Their carer's place is cancelled with it." if len(going) > 1 else ""

    def act() -> None:
        cancelling.cancel_place(
            by=_person(request), place=place, at=request.at, quoted=_shown(request)
        )

    return _confirm(
        request,
        booking,
        act,
        title=f"Cancel place {place.position + 1} ({place})?",
        text="The place and everything added to it become free for somebody else." + with_carer,
        ending=Line.objects.filter(place__in=going),
        button="Cancel this place",
        done=f"Place {place.position + 1} is cancelled.",
    )


@login_not_required
@require_POST
def keep_places(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep the places of a postponed conference for its new date."""
    booking = fetch.booking(request, reference)
    try:
        postponing.keep(by=_person(request), booking=booking, at=request.at)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, "Your places are kept for the new date, at their price.")
    return _back(booking)


@login_not_required
def cancel_booking(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask, then cancel everything."""
    booking = fetch.booking(request, reference)

    def act() -> None:
        cancelling.cancel_booking(
            by=_person(request), booking=booking, at=request.at, quoted=_shown(request)
        )

    return _confirm(
        request,
        booking,
        act,
        title=f"Cancel booking {booking.reference}?",
        text="All its places become free for somebody else. This cannot be undone.",
        ending=booking.lines.all(),
        button="Cancel the whole booking",
        done=f"Booking {booking.reference} is cancelled.",
    )


def _shown(request: HttpRequest) -> Decimal | None:
    """What the page said would come off, when it said so."""
    return quoted(request.POST) if "quoted" in request.POST else None


def _confirm(
    request: HttpRequest,
    booking: Booking,
    act: object,
    *,
    title: str,
    text: str,
    ending: Iterable[Line],
    button: str,
    done: str,
) -> HttpResponse:
    """The one 'are you sure' page: a GET asks and says what the lines that end take off the bill."""
    errors: list[str] = []
    if request.method == "POST":
        try:
            act()
        except ValidationError as refusal:
            errors = refusal.messages
        else:
            messages.success(request, done)
            return _back(booking)
    lines = refunding.with_reductions(line for line in ending if line.cancelled_at is None)
    comes_off = refunding.comes_off(booking, lines, at=request.at)
    context = {
        "booking": booking,
        "title": title,
        "text": text,
        "price": wording.comes_off(lines, refunding.percent_kept(booking, at=request.at)),
        "then": wording.then_owed(booking.account_fetched.less(comes_off)),
        "quoted": comes_off,
        "button": button,
        "errors": errors,
    }
    return render(request, "registrations/confirm.html", context)
