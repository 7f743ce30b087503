"""Booking for oneself: two screens and a confirmation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from events.models import Conference
from events.views.public import Page, form_page, shared_page
from members.limits import require_few
from registrations import rules, selling, wording
from registrations.forms import KeyForm, MyselfForm, explain, quoted
from registrations.orders import Order, PlaceWish
from registrations.services import submitting
from registrations.views import fetch

# Refusals after which the second screen still makes sense: agree to the new facts and confirm.
_STAY = {"price_changed", "duplicate"}


@login_not_required
@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """What can be booked, at what price and until when; for oneself or for a body."""
    conference = fetch.shop(request, slug).conference
    if conference.attendance == Conference.Attendance.INTEREST:
        return redirect("registrations:interest", slug=slug)
    return _choose(request, slug=slug)


def _left(request: HttpRequest, slug: str) -> str:
    return selling.left_of(fetch.shop(request, slug))


def _bodies(request: HttpRequest) -> str:
    """The bodies this person books for; never kept."""
    bodies = rules.bodies_booked_for(request.user, request.at)
    facts = {"bodies": bodies, "conference": request.conference}
    return render_to_string("registrations/_bodies.html", facts)


@shared_page(personal=_bodies, varies=_left)
def _choose(request: HttpRequest, slug: str) -> Page:
    shop = fetch.shop(request, slug)
    passes, extras = selling.offers_of(shop, at=request.at)
    mine = selling.for_a_person(passes)
    facts = {
        "conference": shop.conference,
        "passes": _rows(passes),
        "extras": _rows(extras),
        "can_book_myself": any(offer.is_available for offer in mine),
        "has_own_passes": bool(mine),
    }
    changes_at = selling.next_change([*passes, *extras], request.at)
    return Page("registrations/choose.html", facts, changes_at)


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
    if request.method != "POST":
        return _empty_form(request, slug)
    shop = fetch.shop(request, slug)
    conference = shop.conference
    passes, extras = selling.offers_of(shop, at=request.at)
    carers, passes = selling.carers(passes), selling.for_a_person(passes)
    form = MyselfForm(request.POST, passes=passes, extras=extras, carers=carers)
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


def _empty_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Screen one, which is the same for everybody but for a token, a key and what we know of them."""
    shop = fetch.shop(request, slug)

    def make() -> Page:
        passes, extras = selling.offers_of(shop, at=request.at)
        carers, passes = selling.carers(passes), selling.for_a_person(passes)
        form = MyselfForm(passes=passes, extras=extras, carers=carers)
        facts = _facts(shop.conference, form, passes)
        changes_at = selling.next_change([*passes, *extras], request.at)
        return Page("registrations/myself.html", facts, changes_at)

    def parts() -> dict[str, str]:
        names, facts = ["sender"], {"form": KeyForm(), "conference": shop.conference}
        if request.user.is_authenticated:
            names += ["known", "bodies_too"]
            facts["form"] = MyselfForm(passes=(), extras=(), initial=_known(request))
            facts["bodies"] = rules.bodies_booked_for(request.user, request.at)
        return {n: render_to_string(f"registrations/_{n}.html", facts, request) for n in names}

    return form_page(request, make, variant=selling.left_of(shop), parts=parts)


def _known(request: HttpRequest) -> dict[str, str]:
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
        places=(place, *form.carer_wishes(comes_with=0)),
        contact_name=typed["name"],
        contact_email=typed["email"],
        payment_method=typed.get("payment_method") or "invoice",
    )


def _ask(
    request: HttpRequest, conference: Conference, form: MyselfForm, passes: list[selling.Offer]
) -> HttpResponse:
    context = _facts(conference, form, passes)
    if not context["is_open"]:
        context["bodies"] = rules.bodies_booked_for(request.user, request.at)
    return render(request, "registrations/myself.html", context)


def _facts(
    conference: Conference, form: MyselfForm, passes: list[selling.Offer]
) -> dict[str, object]:
    """Screen one as everybody sees it: the form, or why nothing can be booked."""
    facts = {"conference": conference, "form": form, "is_open": True}
    if any(offer.is_available for offer in passes):
        return facts
    why_not = [{"name": offer.item.name, "why": selling.closed_in_words(offer)} for offer in passes]
    return facts | {"is_open": False, "why_not": why_not}


def _review(
    request: HttpRequest,
    conference: Conference,
    form: MyselfForm,
    order: Order,
    passes: list[selling.Offer],
    refusal: ValidationError | None = None,
) -> HttpResponse:
    try:
        if refusal is None:
            quote = submitting.look(order=order, shop=request.shop, at=request.at)
        else:  # something changed while this request waited
            quote = submitting.quote(order=order, at=request.at)
    except ValidationError as closed:
        return _refused(request, conference, form, order, passes, closed)
    context = {
        "conference": conference,
        "form": form,
        "order": order,
        "place": order.places[0],
        "carers": order.places[1:],
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
