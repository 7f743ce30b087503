"""Booking somebody in at the door: one pass, which the rules of the door name, at its price today.

The pass, its deadline, its price and its capacity are judged where every booking is. What is taken
in cash or by card is recorded with the booking, so that nobody's day has to be reconciled from a
tin. The row of the door's rules is locked first: two posts of one form are one booking.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

import clock
from events.models import Conference
from members.models import Member, User
from registrations import emails
from registrations.models import Booking, DoorRules, PassType, Payment, Place
from registrations.orders import Order, Paper, PlaceWish
from registrations.services import links, payments, scanning, submitting

Method = Booking.Method
#: What changes hands at the door, as it is recorded.
TAKEN = {Method.CASH: Payment.Method.CASH, Method.CARD: Payment.Method.CARD}
METHODS = (*TAKEN, Method.INVOICE)


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Who stands at the door. `member`: as found in the register, where the pass asks for it."""

    name: str
    email: str = ""
    member: Member | None = None


def pass_sold(rules: DoorRules, *, at: dt.datetime) -> PassType:
    """The pass that is sold at this door today.

    Raises ValidationError: `no_walk_ins` when the rules name none, `not_today` on another day.
    """
    sold = rules.walk_in_pass
    if sold is None:
        raise ValidationError(
            "Nobody is booked in at this door: places were booked beforehand. Please send them to "
            "the registration desk.",
            code="no_walk_ins",
        )
    if not scanning.is_on(rules.conference, sold, clock.in_london(at).date()):
        raise ValidationError(
            "People are booked in at the door on the days of the conference alone.",
            code="not_today",
        )
    return sold


def price(conference: Conference, *, at: dt.datetime) -> tuple[PassType, Decimal]:
    """The pass and what it costs now, or the refusal that booking somebody in now would meet."""
    sold = pass_sold(scanning.rules_of(conference), at=at)
    wish = PlaceWish(pass_type=sold)
    quote = submitting.quote(order=Order(conference=conference, places=(wish,)), at=at)
    return sold, quote.total


def methods(rules: DoorRules) -> list[str]:
    """How it can be paid: no invoice where nobody comes in unpaid."""
    return [*TAKEN] if rules.refuses_unpaid else [*METHODS]


@transaction.atomic
def walk_in(
    *,
    by: User,
    conference: Conference,
    visitor: Visitor,
    method: str,
    quoted: Decimal,
    at: dt.datetime,
    key: uuid.UUID,
    duplicates_accepted: bool = False,
) -> Booking:
    """Book one person in, record what was taken, issue their badge; letting them in is a scan.

    `quoted` is the price that was read to them. The same `key` again gives the booking that is
    there. Raises ValidationError: no_walk_ins, not_today, method, no_address, duplicate, or as
    `submit_booking` (closed, sold_out, price_changed, members_only, …).
    """
    rows = DoorRules.objects.select_for_update(no_key=True, of=("self",))
    rules = rows.select_related("conference", "walk_in_pass").filter(conference=conference).first()
    sold = pass_sold(rules or DoorRules(conference=conference), at=at)
    already = Booking.objects.filter(idempotency_key=key).first()
    if already is not None:
        return _the_same(already, by, conference)
    address = visitor.email.strip().lower()
    _require_method(rules, method, address=address, costs=bool(quoted))
    if not duplicates_accepted:
        _require_unknown(conference, visitor.name.strip(), address)
    booking = submitting.submit_booking(
        by=by,
        order=_order(conference, sold, visitor, method),
        at=at,
        quoted=quoted,
        key=key,
        entered_at=at,
        paper=Paper(channel=Booking.Channel.DOOR),
    )
    if method in TAKEN and booking.total:
        payments.record_payment(
            by=by,
            booking=booking,
            method=TAKEN[Method(method)],
            amount=booking.total,
            received_on=clock.in_london(at).date(),
            at=at,
            key=uuid.uuid5(key, "payment"),
            payer=booking.contact_name,
        )
    _write_to(booking, address, at=at)
    return booking


def _order(conference: Conference, sold: PassType, visitor: Visitor, method: str) -> Order:
    """Without an address: the one mail goes out when what was paid is recorded."""
    member = visitor.member
    wish = PlaceWish(
        pass_type=sold,
        name=visitor.name,
        email=visitor.email,
        member=member,
        region=member.region if member else None,
    )
    return Order(
        conference=conference, places=(wish,), contact_name=visitor.name, payment_method=method
    )


def _write_to(booking: Booking, address: str, *, at: dt.datetime) -> None:
    if not address:
        return
    booking.contact_email = address
    booking.save(update_fields=["contact_email"])
    emails.walked_in(booking, token=links.issue(booking=booking, at=at), at=at)


def _the_same(booking: Booking, by: User, conference: Conference) -> Booking:
    if booking.entered_by_id != by.pk or booking.conference_id != conference.pk:
        raise ValidationError(
            "This form was used for a booking before. Please start a new one.", code="used"
        )
    return booking


def _require_method(rules: DoorRules, method: str, *, address: str, costs: bool) -> None:
    if not costs:
        return
    if method not in methods(rules):
        raise ValidationError("Nobody comes in unpaid here: take cash or a card.", code="method")
    if method == Method.INVOICE and not address:
        raise ValidationError(
            {"email": "Ask for an e-mail address: the invoice goes there."}, code="no_address"
        )


def _require_unknown(conference: Conference, name: str, address: str) -> None:
    """A steward may look for any name: saying that somebody is booked tells them nothing new."""
    same = Q(name__iexact=name) | (Q(email=address) if address else Q(pk=None))
    found = Place.objects.active().filter(same, booking__conference=conference).first()
    if found is not None:
        raise ValidationError(
            f"{found} has a place already: look for that name at the door. If this is somebody "
            "else, tick 'another person' and book them in.",
            code="duplicate",
        )
