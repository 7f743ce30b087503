"""What somebody asks to book, as plain data between a form and the services."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from events.models import Conference
from members.models import Member, Organisation, Region, User
from registrations.models import Booking, Extra, PassType


@dataclass(frozen=True, kw_only=True)
class PlaceWish:
    """One person's place: a pass, extras, and what is known of the person.

    `comes_with`: of a carer, the number of the place in the order whose person they support.
    """

    pass_type: PassType
    extras: tuple[Extra, ...] = ()
    name: str = ""
    email: str = ""
    user: User | None = None
    member: Member | None = None
    region: Region | None = None
    access: str = ""
    dietary: str = ""
    comes_with: int | None = None

    @property
    def items(self) -> tuple[PassType | Extra, ...]:
        """The pass and the extras."""
        return (self.pass_type, *self.extras)


@dataclass(frozen=True, kw_only=True)
class Order:
    """Everything one booking needs. `organisation` None: somebody books for themself."""

    conference: Conference
    places: tuple[PlaceWish, ...]
    organisation: Organisation | None = None
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    payment_method: str = Booking.Method.INVOICE
    bill_to: str = ""
    purchase_order: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """How a booking came that staff enter: the channel and, for paper, the scan."""

    channel: str
    scan: object | None = None
    override_reason: str = ""


@dataclass(frozen=True)
class QuotedLine:
    """One line of a quote: whose, what, in which band, at what price, and until when."""

    place: int
    item: PassType | Extra
    band: str
    amount: Decimal
    until: dt.datetime | None = None


@dataclass(frozen=True)
class Quote:
    """What an order costs at an instant."""

    lines: tuple[QuotedLine, ...] = field(default_factory=tuple)

    @property
    def total(self) -> Decimal:
        """In pounds."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def until(self) -> dt.datetime | None:
        """The instant at which the first of its prices changes or the first of its doors closes."""
        return min((line.until for line in self.lines if line.until), default=None)
