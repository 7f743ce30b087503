"""What somebody who cancels at an instant gets back: reads the conference's refund periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from events import doors
from events.models import Conference
from registrations import keeping
from registrations.models import Booking, Line

# When the party calls the conference off nobody pays for not coming.
CALLED_OFF = (Conference.Status.POSTPONED, Conference.Status.CANCELLED)


def percent_kept(booking: Booking, *, at: dt.datetime) -> Decimal:
    """Per cent kept of what this booking cancels at the instant of its request."""
    if booking.conference.status in CALLED_OFF:
        return keeping.NOTHING
    periods = booking.conference.refund_periods.select_related("until").order_by("position", "pk")
    bands = [
        keeping.RefundBand(
            row.percent_kept, doors.window_for(row.until, booking.organisation).closes_at
        )
        for row in periods
    ]
    return keeping.percent_kept(bands, at)


def kept_of(lines: Iterable[Line], percent: Decimal) -> Decimal:
    """What is kept of these lines together, each rounded by itself."""
    return sum((keeping.kept(line.amount or Decimal(0), percent) for line in lines), Decimal(0))


def with_reductions(lines: Iterable[Line]) -> list[Line]:
    """These lines, and what was taken off them by a code: the two end together."""
    found = {line.pk: line for line in lines}
    off = Line.objects.filter(reduces__in=found, cancelled_at__isnull=True)
    return list({**found, **{line.pk: line for line in off}}.values())


def comes_off(booking: Booking, lines: Iterable[Line], *, at: dt.datetime) -> Decimal:
    """What cancelling these lines at the instant takes off what the booking costs, in pounds."""
    lines = with_reductions(lines)
    charged = sum((line.amount or Decimal(0) for line in lines), Decimal("0.00"))
    return charged - kept_of(lines, percent_kept(booking, at=at))


def cancel_lines(booking: Booking, lines: Iterable[Line], *, at: dt.datetime) -> None:
    """End these lines and keep of each what the refund period of the request says."""
    percent = percent_kept(booking, at=at)
    for line in with_reductions(lines):
        line.cancelled_at = at
        line.kept = keeping.kept(line.amount or Decimal(0), percent)
        line.save(update_fields=["cancelled_at", "kept"])
