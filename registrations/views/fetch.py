"""Loads and authorises in one step; what is not yours does not exist."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from events.fetch import named_conference
from events.models import Conference
from events.services.public_pages import kept
from members.models import Organisation
from registrations import references, rules
from registrations.models import Booking, Invoice, Line, Place
from registrations.selling import Shop, shop_of

# How long a fresh code (or having just booked) keeps a personal page open in this browser.
OPEN_FOR = dt.timedelta(hours=2)
_SESSION = "open_bookings"


def conference(request: HttpRequest, slug: str) -> Conference:
    """A conference the public may see, put on the request so that the page bears its imprint."""
    return named_conference(request, slug)


def shop(request: HttpRequest, slug: str) -> Shop:
    """What such a conference has on sale, as it stands under the page version: to show, not to sell."""

    def read() -> Shop:
        return shop_of(get_object_or_404(Conference.objects.public(), slug=slug))

    if getattr(request, "shop", None) is None:  # a page asks twice
        request.shop = kept(f"shop:{slug}", request.at, read)
        request.conference = request.shop.conference
    return request.shop


def body(request: HttpRequest, slug: str) -> Organisation:
    """A body this person books for."""
    return get_object_or_404(rules.bodies_booking(request.user, request.at), slug=slug)


def body_with_draft(request: HttpRequest, conference: Conference, slug: str) -> Organisation:
    """The same with `begun`: the reference of its newest draft for the conference, which holds
    nothing yet."""
    drafts = Booking.objects.filter(
        conference=conference, organisation=OuterRef("pk"), state=Booking.State.DRAFT
    )
    newest = drafts.order_by("-created_at", "-pk").values("reference")[:1]
    rows = rules.bodies_booking(request.user, request.at).annotate(begun=Subquery(newest))
    return get_object_or_404(rows, slug=slug)


def grant(request: HttpRequest, booking: Booking) -> None:
    """Keep this booking's page open in this browser for a while."""
    granted = request.session.get(_SESSION, {})
    granted[str(booking.pk)] = (request.at + OPEN_FOR).isoformat()
    request.session[_SESSION] = granted


def is_granted(request: HttpRequest, booking: Booking) -> bool:
    """Was a fresh code given for this booking in this browser?"""
    until = request.session.get(_SESSION, {}).get(str(booking.pk))
    return until is not None and request.at < dt.datetime.fromisoformat(until)


def booking(request: HttpRequest, reference: str) -> Booking:
    """A booking this person may see and change: their own, their body's, or opened by a code."""
    found = (
        Booking.objects.with_money()
        .annotate(is_billed=Exists(Invoice.objects.filter(booking=OuterRef("pk"))))
        .select_related("conference__sale_terms", "organisation")
        .filter(reference=references.tidy(reference))
        .first()
    )
    if found is None:
        raise Http404
    request.conference = found.conference
    if is_granted(request, found):
        return found
    if rules.own_bookings(request.user, request.at).filter(pk=found.pk).exists():
        return found
    raise Http404


def draft(request: HttpRequest, reference: str) -> Booking:
    """A draft of a body this person books for."""
    drafts = rules.own_bookings(request.user, request.at).filter(
        state=Booking.State.DRAFT, organisation__isnull=False
    )
    return get_object_or_404(
        drafts.select_related("conference", "organisation"),
        reference=references.tidy(reference),
    )


def place(booking: Booking, pk: int) -> Place:
    """A place of the booking that is not cancelled."""
    return get_object_or_404(
        booking.places.select_related("pass_type", "booking__conference"),
        pk=pk,
        cancelled_at__isnull=True,
    )


def line(booking: Booking, pk: int) -> Line:
    """An extra of the booking that is not cancelled."""
    rows = booking.lines.select_related("extra", "booking__conference", "place")
    return get_object_or_404(rows, pk=pk, extra__isnull=False, cancelled_at__isnull=True)


def conference_with_doors(request: HttpRequest, slug: str) -> Conference:
    """A conference whose doors this person keeps."""
    found = get_object_or_404(Conference, slug=slug)
    if not rules.may_keep_doors(request.user, found, request.at):
        raise Http404
    request.conference = found
    return found


def conference_with_credentials(request: HttpRequest, slug: str) -> Conference:
    """A conference whose credentials report this person may read."""
    found = get_object_or_404(Conference, slug=slug)
    if not rules.may_read_credentials(request.user, found, request.at):
        raise Http404
    request.conference = found
    return found


def delegation_url(request: HttpRequest, booking: Booking) -> str:
    """The delegation's page, for whoever came to a body's booking as its officer.

    A code opens the booking alone; a booking that `booking` has let through without one is read by
    an officer, and need not be asked about again.
    """
    body = booking.organisation
    if body is None or is_granted(request, booking):
        return ""
    return reverse("registrations:delegation", args=[booking.conference.slug, body.slug])
