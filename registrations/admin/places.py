"""Pages under a booking for one of its places: who comes, another pass, cancelling it.

Each says what it does to the price before it asks for a yes, and calls the same service as the site
does; the reason is what lets staff act when the time for it is over.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from registrations import refunding, rules, selling, wording
from registrations.admin.desk import CancelForm, page
from registrations.admin.paper import MemberField
from registrations.forms import NameForm, RenameForm, explain, quoted
from registrations.models import Booking, Place
from registrations.orders import Quote
from registrations.priced_fields import PassField
from registrations.services import cancelling, changing, naming
from registrations.wording import offer_label

Page = Callable[[HttpRequest, Place, AdminSite], HttpResponse]


class FirstNameForm(CancelForm, NameForm):
    """Who comes on a place that has no name yet."""

    field_order = ("name", "email", "reason")


class StaffRenameForm(CancelForm, RenameForm):
    """A correction, or another person."""

    member = MemberField(
        label="If somebody else: their membership number",
        max_length=30,
        required=False,
        help_text="Needed for a member's pass only.",
    )
    field_order = ("who", "name", "email", "member", "carers_stay", "reason")


class PassForm(CancelForm):
    """Which pass instead."""

    pass_type = PassField(label="The pass instead", widget=forms.RadioSelect)
    field_order = ("pass_type", "reason")

    def __init__(self, *args: Any, offers: list[selling.Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pass_type"].offer(offers, label=offer_label)


def of_a_place(show: Page) -> Callable[..., HttpResponse]:
    """Loads and authorises; a place that is no longer in force leads back with a word."""

    @wraps(show)
    def asked(request: HttpRequest, pk: int, place: int, site: AdminSite) -> HttpResponse:
        if not rules.may_enter_bookings(request.user):
            raise Http404
        rows = Place.objects.select_related(
            "booking__conference", "booking__organisation", "pass_type"
        )
        row = get_object_or_404(rows, pk=place, booking__pk=pk)
        if row.cancelled_at is None and row.booking.state == Booking.State.SUBMITTED:
            return show(request, row, site)
        messages.warning(request, f"Place {row.position + 1} is not in force: nothing was changed.")
        return _back(row)

    return asked


@of_a_place
def cancel(request: HttpRequest, place: Place, site: AdminSite) -> HttpResponse:
    """Say what comes off, ask for a reason, cancel one place."""
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancelling.cancel_place(
                by=request.user,
                place=place,
                at=request.at,
                override_reason=form.cleaned_data["reason"],
                quoted=quoted(request.POST),
            )
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            messages.success(request, f"Place {place.position + 1} is cancelled.")
            return _back(place)
    going = Place.objects.ending_with(place)
    lines = place.booking.lines.filter(place__in=going, cancelled_at__isnull=True)
    left = place.booking.places.filter(cancelled_at__isnull=True).exclude(pk__in=going)
    percent = refunding.percent_kept(place.booking, at=request.at)
    comes_off = refunding.comes_off(place.booking, lines, at=request.at)
    return page(
        request,
        site,
        place.booking,
        form,
        "Cancel this place",
        _whose(place)
        + ("A carer's place is cancelled with it. " if len(going) > 1 else "")
        + ("" if left else "It is the last place, so the whole booking is cancelled with it. ")
        + "What we were told this person needs is deleted. It cannot be undone.",
        facts=[(line.description, wording.off_and_kept(line, percent)) for line in lines]
        + _becomes(place.booking, -comes_off),
        quoted=comes_off,
    )


@of_a_place
def rename(request: HttpRequest, place: Place, site: AdminSite) -> HttpResponse:
    """Name a place, correct its name, or put somebody else on it: the price stays."""
    initial = {"name": place.name, "email": place.email}
    if place.name:
        has_carer = place.carers.filter(cancelled_at__isnull=True).exists()
        form = StaffRenameForm(request.POST or None, initial=initial, has_carer=has_carer)
    else:
        form = FirstNameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = _renamed(request, place, form.cleaned_data)
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            messages.success(request, f"Place {row.position + 1} is for {row.name}.")
            return _back(place)
    title = "Change who comes" if place.name else "Say who comes"
    facts = [(place.pass_type.name, f"£{place.costs} stays, with everything added to it")]
    facts += _becomes(place.booking, Decimal(0))
    return page(request, site, place.booking, form, title, _whose(place), facts=facts)


def _renamed(request: HttpRequest, place: Place, typed: dict[str, Any]) -> Place:
    who = typed.get("who", "")
    given = {"name": typed["name"], "email": typed["email"], "override_reason": typed["reason"]}
    if who == "other":
        given |= {"member": typed["member"], "carers_stay": typed.get("carers_stay", False)}
    return naming.ACTS[who](by=request.user, place=place, at=request.at, **given)


@of_a_place
def change_pass(request: HttpRequest, place: Place, site: AdminSite) -> HttpResponse:
    """Choose another pass, see what it does to the price, confirm."""
    if "quoted" in request.POST and request.POST.get("pass_type") == str(place.pass_type_id):
        return _back(place)  # the same form sent twice
    offers = _others(request, place)
    if not offers:
        messages.warning(request, "There is no other pass that this booking could have.")
        return _back(place)
    form, quote = PassForm(request.POST or None, offers=offers), None
    if request.method == "POST" and form.is_valid():
        given = {"place": place, "pass_type": form.cleaned_data["pass_type"], "at": request.at}
        given["override_reason"] = form.cleaned_data["reason"]
        try:
            if "quoted" in request.POST:
                price = quoted(request.POST)
                line = changing.change_pass(by=request.user, quoted=price, **given)
                messages.success(request, f"Place {place.position + 1}: {line} for £{line.amount}.")
                return _back(place)
            quote = changing.quote_pass(**given)
        except ValidationError as refusal:
            explain(form, refusal)
            if getattr(refusal, "code", "") == "price_changed":
                quote = changing.quote_pass(**given)
    return page(
        request,
        site,
        place.booking,
        form,
        "Change the pass",
        _whose(place) + "Whatever was added to it stays as it is.",
        facts=_exchange(place, quote) if quote else [],
        quoted=quote.total if quote else None,
        button="Change the pass" if quote else "See what it does to the price",
        is_review=quote is not None,
    )


def _others(request: HttpRequest, place: Place) -> list[selling.Offer]:
    """The passes this booking may have beside the one it has; also those whose door has closed."""
    booking = place.booking
    passes, _ = selling.offers(booking.conference, at=request.at, organisation=booking.organisation)
    sold = selling.for_bodies(passes) if booking.organisation else selling.for_a_person(passes)
    return [offer for offer in sold if offer.item.pk != place.pass_type_id]


def _exchange(place: Place, quote: Quote) -> list[tuple[str, str]]:
    """The line that ends, the line that comes, and what the booking then costs."""
    old = place.lines.get(pass_type__isnull=False, cancelled_at__isnull=True)
    (new,) = quote.lines
    return [
        (f"{old.description} ({old.band})", f"£{old.amount} comes off"),
        (f"{new.item.name} ({new.band})", f"£{new.amount} is added"),
        *_becomes(place.booking, new.amount - old.amount),
    ]


def _becomes(booking: Booking, difference: Decimal) -> list[tuple[str, str]]:
    """What the booking comes to and what is still to pay, before and after."""
    total, received = booking.total, booking.received
    comes_to = f"£{total + difference}, now £{total}" if difference else f"£{total}, as before"
    balance = booking.balance + difference
    owing = ("Then still to pay", f"£{balance}")
    if balance < 0:
        owing = ("Then owed to the payer", f"£{-balance}")
    return [("The booking then comes to", comes_to), ("Paid", f"£{received}"), owing]


def _whose(place: Place) -> str:
    return f"Place {place.position + 1}: {place}, {place.pass_type.name}. "


def _back(place: Place) -> HttpResponse:
    return redirect("admin:registrations_booking_change", place.booking_id)
