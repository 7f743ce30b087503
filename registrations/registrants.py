"""Whether somebody is registered for a conference, for what is for registrants alone."""

from __future__ import annotations

from django.db.models import Q

from events.models import Conference
from members.personal_data import Person
from registrations.models import Booking, Interest, Place


def is_registered(conference: Conference, person: Person) -> bool:
    """They come, they booked for others who come, or their interest is confirmed."""
    places = Place.objects.active().filter(booking__conference=conference)
    comes = Q(email__in=person.addresses)
    booked = Q(contact_email__in=person.addresses)
    if person.user is not None:
        comes |= Q(user=person.user)
        booked |= Q(booked_by=person.user)
    if places.filter(comes).exists():
        return True
    bookings = Booking.objects.submitted().filter(booked, conference=conference)
    if bookings.filter(places__in=places).exists():
        return True
    interests = Interest.objects.confirmed().filter(conference=conference)
    return interests.filter(email__in=person.addresses).exists()
