"""Booking for oneself: two screens and a confirmation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from events.models import Conference
from members.limits import require_few
from registrations import rules, selling, wording
from registrations.forms import MyselfForm, explain, quoted
from registrations.orders import Order, PlaceWish
from registrations.services import submitting
from registrations.views import fetch

# Refusals after which the second screen still makes sense: agree to the new facts and confirm.
_STAY = {"price_changed", "duplicate"}


@login_not_required
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be booked, at what price and until when; for oneself or for a body."""
    conference = fetch.conference(request, slug)
    if conference.attendance == Conference.Attendance.INTEREST:
        return redirect("registrations:interest", slug=slug)
    passes, extras = selling.offers(conference, at=request.at)
    mine = selling.for_a_person(passes)
    context = {
        "conference": conference,
        "passes": _rows(passes),
        "extras": _rows(extras),
        "can_book_myself": any(offer.is_available for offer in mine),
        "has_own_passes": bool(mine),
        "bodies": rules.bodies_booking(request.user, request.at),
    }
    return render(request, "registrations/choose.html", context)


def _rows(offers: list[selling.Offer]) -> list[dict]:
    return [
        {
            "offer": offer,
            "label": wording.offer_label(offer).removeprefix(f"{offer.item.name} – "),
            "then": wording.then(offer),
            "description": offer.item.description,
        }
        for offer in offers
    ]


@login_not_required
def book_myself(request: HttpRequest, slug: str) -> HttpResponse:
    """Screen one asks, screen two shows and confirms; nothing is written before that."""
    conference = fetch.conference(request, slug)
    passes, extras = selling.offers(conference, at=request.at)
    passes = selling.for_a_person(passes)
    if request.method != "POST":
        form = MyselfForm(passes=passes, extras=extras, initial=_known(request))
        return _ask(request, conference, form, passes)
    form = MyselfForm(request.POST, passes=passes, extras=extras)
    step = request.POST.get("step", "review")
    if not form.is_valid() or step == "edit":
        return _ask(request, conference, form, passes)
    order = _order(request, conference, form)
    if step != "confirm":
        return _review(request, conference, form, order, passes)
    try:
        if not request.user.is_authenticated:
            require_few(request, "book_as_a_stranger")
        booking = submitting.submit_booking(
            by=request.user if request.user.is_authenticated else None,
            order=order,
            at=request.at,
            quoted=quoted(request.POST),
            key=form.cleaned_data["key"],
            duplicates_accepted="duplicates_accepted" in request.POST,
        )
    except ValidationError as refusal:
        return _refused(request, conference, form, order, passes, refusal)
    fetch.grant(request, booking)
    return redirect("registrations:done", reference=booking.reference)


def _known(request: HttpRequest) -> dict[str, str]:
    if not request.user.is_authenticated:
        return {}
    return {"name": request.user.name, "email": request.user.email}


def _order(request: HttpRequest, conference: Conference, form: MyselfForm) -> Order:
    typed = form.cleaned_data
    user = request.user if request.user.is_authenticated else None
    member = getattr(user, "member", None)
    place = PlaceWish(
        pass_type=typed["pass_type"],
        extras=typed.get("extras", ()),
        name=typed["name"],
        email=typed["email"],
        user=user,
        member=member,
        region=member.region if member else None,
        access=typed["access"],
        dietary=typed["dietary"],
    )
    return Order(
        conference=conference,
        places=(place,),
        contact_name=typed["name"],
        contact_email=typed["email"],
        payment_method=typed.get("payment_method") or "invoice",
    )


def _ask(
    request: HttpRequest, conference: Conference, form: MyselfForm, passes: list[selling.Offer]
) -> HttpResponse:
    context = {"conference": conference, "form": form, "is_open": True}
    if not any(offer.is_available for offer in passes):
        context |= {
            "is_open": False,
            "why_not": [
                {"name": offer.item.name, "why": selling.closed_in_words(offer)} for offer in passes
            ],
            "bodies": rules.bodies_booking(request.user, request.at),
        }
    return render(request, "registrations/myself.html", context)


def _review(
    request: HttpRequest,
    conference: Conference,
    form: MyselfForm,
    order: Order,
    passes: list[selling.Offer],
    refusal: ValidationError | None = None,
) -> HttpResponse:
    try:
        quote = submitting.quote(order=order, at=request.at)
    except ValidationError as closed:
        return _refused(request, conference, form, order, passes, closed)
    context = {
        "conference": conference,
        "form": form,
        "order": order,
        "place": order.places[0],
        "quote": quote,
        "total": wording.pounds(quote.total),
        "refusals": refusal.messages if refusal else [],
        "ask_duplicate": refusal is not None and refusal.code == "duplicate",
        "duplicates_accepted": "duplicates_accepted" in request.POST,
    }
    return render(request, "registrations/myself_review.html", context)


def _refused(
    request: HttpRequest,
    conference: Conference,
    form: MyselfForm,
    order: Order,
    passes: list[selling.Offer],
    refusal: ValidationError,
) -> HttpResponse:
    """Show why, keep what was typed; on screen two when agreeing to new facts is all it takes."""
    if getattr(refusal, "code", None) in _STAY and "quoted" in request.POST:
        request.POST = request.POST.copy()
        request.POST.pop("quoted")
        return _review(request, conference, form, order, passes, refusal)
    explain(form, refusal)
    return _ask(request, conference, form, passes)
