"""A postponed conference: whoever booked keeps the places for the new date, or gives them back.

Giving back is a cancellation, of which nothing is kept. Keeping is said here, once, and stands until
the conference is postponed again; the trail has every answer.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Conference
from members import audit
from members.models import User
from registrations.models import Booking

POSTPONED = Conference.Status.POSTPONED


@transaction.atomic
def keep(*, by: User | None, booking: Booking, at: dt.datetime) -> Booking:
    """The places are kept for the new date, at their price. `by` None: said behind the link.

    Saying it twice is once. Raises ValidationError: `cancelled`, `not_postponed`.
    """
    row = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("conference", "organisation")
        .get(pk=booking.pk)
    )
    if row.state != Booking.State.SUBMITTED:
        raise ValidationError("This booking is cancelled: its places are free.", code="cancelled")
    if row.conference.status != POSTPONED:
        raise ValidationError(
            "The conference is not postponed, so there is nothing to choose: your places stand.",
            code="not_postponed",
        )
    if row.kept_at is not None:
        return row
    row.kept_at, row.kept_by = at, by
    row.save(update_fields=["kept_at", "kept_by"])
    after = {"reference": row.reference}
    audit.record(
        by=by,
        action="booking.places-kept",
        on=row,
        organisation=row.organisation,
        at=at,
        after=after,
    )
    return row


def ask_again(conference: Conference, before: str, at: dt.datetime) -> None:
    """Called when a status changes: another postponement is another question."""
    if conference.status == POSTPONED and before != POSTPONED:
        answered = Booking.objects.filter(conference=conference, kept_at__isnull=False)
        answered.update(kept_at=None, kept_by=None)
