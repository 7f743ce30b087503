"""What something costs at an instant: a pure rule, free of Django, total over all instants.

Bands run one after the other and each ends where a deadline closes for the body that books. The
half-open windows of `events.calendar` decide: a band that ends 'by 30 June' holds through the whole
of 30 June in London. The last band lasts as long as the door, so that an extended door never leaves
a gap without a price.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from events.calendar import DoorState, Window


@dataclass(frozen=True, slots=True)
class Band:
    """A price in pounds until an instant (excluded). None: no end announced yet."""

    name: str
    amount: Decimal
    closes_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Price:
    """The answer: whether the door is open, the band in force, until when, and what follows."""

    state: DoorState
    band: Band | None = None
    until: dt.datetime | None = None
    following: Band | None = None

    @property
    def amount(self) -> Decimal | None:
        """The price in pounds; None while nothing is for sale."""
        return self.band.amount if self.band else None


def price(*, bands: Sequence[Band], window: Window, at: dt.datetime) -> Price:
    """The price at the instant. `bands` in order; `window` is the door's for this body.

    No band at all: the price is not announced, so the door counts as unknown. Otherwise exactly one
    band is in force at every instant at which the door is open.
    """
    state = window.state(at)
    if state is not DoorState.OPEN:
        return Price(state)
    if not bands:
        return Price(DoorState.UNKNOWN)
    number = _in_force(bands, at)
    band = bands[number]
    ends = [end for end in (band.closes_at, window.closes_at) if end is not None and end > at]
    until = min(ends, default=None)
    follows = number + 1 < len(bands) and until != window.closes_at
    return Price(state, band, until, bands[number + 1] if follows else None)


def late_price(bands: Sequence[Band]) -> Band | None:
    """The band for somebody whom staff let in after the door closed: the last one."""
    return bands[-1] if bands else None


def _in_force(bands: Sequence[Band], at: dt.datetime) -> int:
    for number, band in enumerate(bands):
        if band.closes_at is None or at < band.closes_at:
            return number
    return len(bands) - 1
