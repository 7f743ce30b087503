"""What one steward took at the door today, to be counted against the tin: reading only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

import clock
from events.models import Conference
from members.models import User
from registrations.models import Booking, Payment


@dataclass(frozen=True, slots=True)
class Taking:
    """So many payments of a kind, and what they come to in pounds."""

    method: str
    number: int
    amount: Decimal


def today(user: User, conference: Conference, at: dt.datetime) -> list[Taking]:
    """Payments at the door that this person recorded today, by kind. One query."""
    rows = Payment.objects.filter(
        recorded_by=user,
        received_on=clock.in_london(at).date(),
        booking__conference=conference,
        booking__channel=Booking.Channel.DOOR,
    )
    sums = rows.order_by("method").values_list("method").annotate(Count("pk"), Sum("amount"))
    return [
        Taking(Payment.Method(method).label, number, amount.quantize(Decimal("0.01")))
        for method, number, amount in sums
    ]
