"""What the party keeps when somebody cancels: a pure rule, free of Django.

Refund bands run one after the other and each ends where a deadline closes for the body that booked.
The instant of the request decides, however long the answer takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from registrations.vat import HUNDRED, half_up

EVERYTHING = Decimal(100)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class RefundBand:
    """So many per cent are kept until an instant (excluded). None: no end announced yet."""

    percent_kept: Decimal
    closes_at: dt.datetime | None


def percent_kept(bands: Sequence[RefundBand], at: dt.datetime) -> Decimal:
    """Per cent kept of what was charged. No bands: nothing is kept. After the last: everything."""
    if not bands:
        return NOTHING
    for band in bands:
        if band.closes_at is None or at < band.closes_at:
            return band.percent_kept
    return EVERYTHING


def kept(amount: Decimal, percent: Decimal) -> Decimal:
    """What is kept of an amount in pounds, half a penny upwards."""
    return half_up(amount * percent / HUNDRED)
