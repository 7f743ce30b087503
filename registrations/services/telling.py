"""Telling those who booked or said they were interested that a conference's status has changed."""

from __future__ import annotations

import datetime as dt

from events.models import Conference
from registrations import emails
from registrations.models import Booking, Interest, Place

Status = Conference.Status
HALTS = (Status.POSTPONED, Status.CANCELLED)


def tell_of_status(conference: Conference, before: str, at: dt.datetime) -> int:
    """Queue one mail a person when a conference is postponed, cancelled or on again.

    Told are the contacts of bookings, everybody with a place and an address, and people whose
    interest is confirmed. Other changes of status are told to nobody. Returns how many mails.
    """
    is_on_again = before in HALTS and conference.status not in HALTS
    if conference.status not in HALTS and not is_on_again:
        return 0
    return emails.status_changed(conference, people=_people(conference), at=at)


def _people(conference: Conference) -> dict[str, str]:
    """Name by address in lower case; a place's own name wins over the contact's."""
    booked = Booking.objects.submitted().filter(conference=conference)
    rows = [
        *booked.exclude(contact_email="").values_list("contact_email", "contact_name"),
        *Interest.objects.confirmed().filter(conference=conference).values_list("email", "name"),
        *Place.objects.active()
        .filter(booking__conference=conference)
        .exclude(email="")
        .values_list("email", "name"),
    ]
    return {address.lower(): name for address, name in rows}
