"""Asking for support in confidence, from three doors; using a code on a booking."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from events.models import Conference
from members.limits import require_few
from registrations.forms import explain, quoted
from registrations.models import Booking, SupportRequest
from registrations.services import delegate_links, reductions, support
from registrations.services.support import Asker
from registrations.support_forms import ReductionForm, SupportForm
from registrations.views import fetch


@never_cache
def for_member(request: HttpRequest, slug: str) -> HttpResponse:
    """From the member's own page: whoever is signed in, booked or not."""
    conference = fetch.conference(request, slug)
    asker = Asker(request.user.name or request.user.email, request.user.email, request.user)
    return _page(request, conference, asker, conference.get_absolute_url())


@login_not_required
@never_cache
def for_booking(request: HttpRequest, reference: str) -> HttpResponse:
    """From the page of somebody's own booking; a body's officers ask for nobody."""
    booking = fetch.booking(request, reference)
    if booking.organisation_id is not None or not booking.contact_email:
        raise Http404
    asker = Asker(booking.contact_name, booking.contact_email, booking.booked_by)
    return _page(request, booking.conference, asker, booking.get_absolute_url())


@login_not_required
@never_cache
def for_delegate(request: HttpRequest, token: str) -> HttpResponse:
    """From a delegate's own link."""
    link = delegate_links.link_of(token, at=request.at)
    if link is None:
        return render(request, "registrations/delegate_over.html", status=404)
    request.conference = link.place.booking.conference
    asker = Asker(link.place.name, link.address)
    back = request.path.removesuffix("support/")
    return _page(request, request.conference, asker, back)


def _page(request: HttpRequest, conference: Conference, asker: Asker, back: str) -> HttpResponse:
    """The form; what waits, without its words; or why the door is closed."""
    form = SupportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_kept(request, conference, asker, form):
        messages.success(request, "Thank you. We decide in confidence and write to you.")
        return redirect(request.path)
    own = SupportRequest.objects.filter(conference=conference, email=asker.email.lower())
    context = {
        "conference": conference,
        "form": form,
        "back": back,
        "asker": asker,
        "waiting": own.filter(state=SupportRequest.State.WAITING).first(),
        "closed": "",
    }
    try:
        support.require_open(conference, at=request.at)
    except ValidationError as refusal:
        context["closed"] = refusal.messages[0]
    return render(request, "registrations/support.html", context)


def _is_kept(request: HttpRequest, conference: Conference, asker: Asker, form: SupportForm) -> bool:
    try:
        require_few(request, "ask_support")
        support.ask(asker=asker, conference=conference, at=request.at, **form.cleaned_data)
    except ValidationError as refusal:
        explain(form, refusal)
        return False
    return True


@login_not_required
def reduction(request: HttpRequest, reference: str) -> HttpResponse:
    """Type a code, see what it takes off, confirm."""
    booking = fetch.booking(request, reference)
    if booking.state != Booking.State.SUBMITTED:
        raise Http404
    places = booking.places.filter(cancelled_at__isnull=True, comes_with__isnull=True)
    form = ReductionForm(request.POST or None, places=places.select_related("pass_type"))
    found = None
    if request.method == "POST" and form.is_valid():
        place, typed = form.cleaned_data["place"], form.cleaned_data["code"]
        try:
            require_few(request, "use_reduction")
            if "quoted" in request.POST:
                by = request.user if request.user.is_authenticated else None
                price = quoted(request.POST)
                reductions.use_code(by=by, place=place, typed=typed, quoted=price, at=request.at)
                messages.success(request, "The reduction was taken off.")
                return redirect(booking)
            found = reductions.quote(place=place, typed=typed, at=request.at)
        except ValidationError as refusal:
            explain(form, refusal)
    facts = {"booking": booking, "form": form, "found": found}
    return render(request, "registrations/reduction.html", facts)
