"""The page on which a steward books somebody in. It needs a connection: nothing of it is queued."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from events.models import Conference
from members.second_factor import second_factor_required
from registrations import takings, wording
from registrations.door_forms import WalkInForm
from registrations.forms import explain, quoted
from registrations.services import scanning, walking_in
from registrations.services.walking_in import Visitor
from registrations.views import fetch


@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_required
def walk_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Who it is and how they pay; then back to the door, where one press lets them in."""
    conference = fetch.conference_with_doors(request, slug)
    rules = scanning.rules_of(conference)
    facts = {
        "conference": conference,
        "takings": takings.today(request.user, conference, request.at),
    }
    try:
        sold, price = walking_in.price(conference, at=request.at)
    except ValidationError as refusal:
        facts["refusals"] = refusal.messages
        return render(request, "registrations/door_walk_in.html", facts)
    form = WalkInForm(
        request.POST if request.method == "POST" else None,
        sold=sold,
        methods=walking_in.methods(rules),
        is_free=not price,
    )
    if request.method == "POST" and form.is_valid():
        done = _book(request, conference, form)
        if done is not None:
            return done
    facts |= {"form": form, "sold": sold, "price": price, "costs": wording.pounds(price)}
    return render(request, "registrations/door_walk_in.html", facts)


def _book(request: HttpRequest, conference: Conference, form: WalkInForm) -> HttpResponse | None:
    """To the door with whoever was booked in; None when it was refused, which the form then says."""
    typed = form.cleaned_data
    try:
        booking = walking_in.walk_in(
            by=request.user,
            conference=conference,
            visitor=Visitor(name=typed["name"], email=typed["email"], member=typed.get("member")),
            method=typed.get("method", ""),
            quoted=max(quoted(request.POST), Decimal(0)),
            at=request.at,
            key=typed["key"],
            duplicates_accepted=typed["another_person"],
        )
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            form.add_error(None, refusal)
        else:
            explain(form, refusal)
        if getattr(refusal, "code", "") == "duplicate":
            form.ask_whether_another()
        return None
    door = reverse("registrations:door", args=[conference.slug])
    return redirect(f"{door}?{urlencode({'booked': booking.reference})}")
