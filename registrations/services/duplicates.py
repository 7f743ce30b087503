"""Somebody who seems to be booked already: asked about, never refused.

Only places that the person may see anyway are looked at, so that no answer tells a stranger who
comes to a party's conference. Staff see every likely duplicate in the admin.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from members.models import User
from registrations.models import Place
from registrations.orders import Order


def likely(*, by: User | None, order: Order) -> QuerySet[Place]:
    """Active places of this conference, visible to the person, for somebody in the order."""
    places = Place.objects.active().filter(booking__conference=order.conference)
    if order.organisation is not None:
        same = Q()
        for wish in order.places:
            if wish.email.strip():
                same |= Q(email=wish.email.strip().lower())
            if wish.name.strip():
                same |= Q(name__iexact=wish.name.strip())
        return (
            places.filter(same, booking__organisation=order.organisation)
            if same
            else (places.none())
        )
    if by is None or not by.is_authenticated:
        return places.none()
    return places.filter(Q(user=by) | Q(email=by.email, booking__booked_by=by))


def require_none(*, by: User | None, order: Order) -> None:
    """Raise ValidationError (code `duplicate`) naming the bookings that look the same."""
    if by is None and order.organisation is None:
        return  # a stranger sees no places: not asked in a rush, under everybody's lock
    found = list(likely(by=by, order=order).select_related("booking")[:5])
    if found:
        named = ", ".join(f"{place} (booking {place.booking.reference})" for place in found)
        raise ValidationError(
            f"Already booked: {named}. If you do want another place, tick 'book another place' "
            "and confirm again.",
            code="duplicate",
        )
