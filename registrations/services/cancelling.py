"""Giving places back, until the stated time; staff later, with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit
from members.models import User
from registrations import emails, refunding
from registrations.models import Booking, Line, Place
from registrations.services import changing, credentials, needs


@transaction.atomic
def cancel_booking(
    *,
    by: User | None,
    booking: Booking,
    at: dt.datetime,
    override_reason: str = "",
    quoted: Decimal | None = None,
) -> Booking:
    """Cancel every place and line, and keep what the refund period of this instant says.

    What was paid beyond that then shows as owed to the payer.

    `quoted` is what was shown to come off (None: nothing was shown). With `override_reason` (staff)
    the time for changes is not asked. Cancelling twice is once. Raises ValidationError.
    """
    row = Booking.objects.select_for_update(no_key=True, of=("self",)).get(pk=booking.pk)
    if row.state == Booking.State.CANCELLED:
        return row
    row = changing.locked(booking)
    _require_time(row, override_reason, at=at)
    before = {"total": str(row.total)}
    lines = list(row.lines.filter(cancelled_at__isnull=True))
    _require_as_quoted(quoted, refunding.comes_off(row, lines, at=at), "booking")
    row.places.filter(cancelled_at__isnull=True).update(cancelled_at=at)
    refunding.cancel_lines(row, lines, at=at)
    needs.forget(row.places.all())
    row.state, row.cancelled_at, row.cancelled_by = Booking.State.CANCELLED, at, by
    row.version += 1
    row.save(update_fields=["state", "cancelled_at", "cancelled_by", "version"])
    credentials.settle(by=by, booking=row, at=at)
    audit.record(
        by=by,
        action="booking.cancelled",
        on=row,
        organisation=row.organisation,
        at=at,
        before=before,
        after={"total": str(row.total)},
        reason=override_reason,
    )
    emails.cancelled(row, at=at)
    return row


@transaction.atomic
def cancel_place(
    *,
    by: User | None,
    place: Place,
    at: dt.datetime,
    override_reason: str = "",
    quoted: Decimal | None = None,
) -> Booking:
    """Cancel one place with its extras and its carers'; the last one takes the booking with it.

    `quoted` is what was shown to come off (None: nothing was shown). With `override_reason` (staff)
    the time for changes is not asked. Cancelling twice is once. Raises ValidationError.
    """
    booking = changing.locked(place.booking)
    if not booking.places.filter(pk=place.pk, cancelled_at__isnull=True).exists():
        return booking
    going = Place.objects.ending_with(place)
    lines = list(booking.lines.filter(place__in=going, cancelled_at__isnull=True))
    _require_as_quoted(quoted, refunding.comes_off(booking, lines, at=at), "place")
    if not booking.places.filter(cancelled_at__isnull=True).exclude(pk__in=going).exists():
        return cancel_booking(by=by, booking=booking, at=at, override_reason=override_reason)
    _require_time(booking, override_reason, at=at)
    end(booking, list(going.values_list("pk", flat=True)), lines, at=at)
    booking.version += 1
    booking.save(update_fields=["version"])
    credentials.settle(by=by, booking=booking, at=at)
    audit.record(
        by=by,
        action="place.cancelled",
        on=booking,
        organisation=booking.organisation,
        at=at,
        after={"place": place.position + 1, "total": str(booking.total)},
        reason=override_reason,
    )
    emails.changed(booking, what=f"place {place.position + 1} was cancelled.", at=at)
    return booking


def end(booking: Booking, places: Sequence[int], lines: Sequence[Line], *, at: dt.datetime) -> None:
    """End some places of a booking with these lines, and forget what their people told us."""
    booking.places.filter(pk__in=places).update(cancelled_at=at)
    refunding.cancel_lines(booking, lines, at=at)
    needs.forget(booking.places.filter(pk__in=places))


def _require_as_quoted(quoted: Decimal | None, comes_off: Decimal, what: str) -> None:
    if quoted not in (None, comes_off):
        raise ValidationError(
            f"The {what} has changed meanwhile: £{comes_off} would come off now. Look again, and "
            "confirm if you agree.",
            code="price_changed",
        )


def _require_time(booking: Booking, override_reason: str, *, at: dt.datetime) -> None:
    """The time for changes is asked, unless staff say why not or the party called it all off:
    whoever booked may then keep their places for the new date, or give them back."""
    if not override_reason and booking.conference.status not in refunding.CALLED_OFF:
        changing.require_changeable(booking, at=at)
