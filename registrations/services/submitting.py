"""Booking: from an order to places that are held at a price that stands."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit
from members.models import Member, Organisation, User
from registrations import emails, references
from registrations.account import Account
from registrations.models import Booking, Line, PassType, Place, PlaceNeeds
from registrations.orders import Order, Paper, PlaceWish, Quote
from registrations.selling import Shop
from registrations.services import credentials, duplicates, entitlement, holding, links

# Needs are kept a month after the last day, for questions and complaints, then deleted.
NEEDS_KEPT = dt.timedelta(days=30)
MOST_PLACES = 50


@transaction.atomic
def quote(*, order: Order, at: dt.datetime) -> Quote:
    """What the order costs at the instant, or the refusal that booking it now would meet.

    Takes the locks and lets them go at once, so that a quote and a sale can never judge by
    different rules. Raises ValidationError.
    """
    held = holding.lock(items_of(order), order.organisation)
    answer = holding.quote(held, order.places, at=at)
    holding.require_room(held, order.places)
    return answer


def look(*, order: Order, shop: Shop, at: dt.datetime) -> Quote:
    """The same for somebody who books for themself, of rows just read and without a lock.

    In a rush those who only look must not stand in the queue of those who book. The same rules
    judge; the sale reads everything again under its locks. Raises ValidationError.
    """
    held = holding.seen(shop)
    answer = holding.quote(held, order.places, at=at)
    holding.require_room(held, order.places)
    return answer


@transaction.atomic
def submit_booking(
    *,
    by: User | None,
    order: Order,
    at: dt.datetime,
    quoted: Decimal | None,
    key: uuid.UUID,
    entered_at: dt.datetime | None = None,
    paper: Paper | None = None,
    duplicates_accepted: bool = True,
) -> Booking:
    """Book everything in the order, or nothing.

    `at` is the instant of arrival (for paper: of receipt): it decides door and price, however long
    the locks took. `quoted` is the total that was shown (None: nobody was shown one, as with
    paper). The same `key` again gives the booking that is already there. Raises ValidationError:
    closed, not_yet, halted, sold_out, over_allocation, price_changed,
    duplicate, invalid.
    """
    require_sense(order)
    entitlement.ensure((place.pass_type for place in order.places), order.organisation)
    _spare_the_queue(order, at=at, key=key)
    reference = unused_reference()
    held = holding.lock(items_of(order), order.organisation)
    sent_before = Booking.objects.filter(idempotency_key=key)
    if sent_before.exists():  # hardly ever: the wide row is asked for when it is there
        return _the_same(sent_before.get(), order)
    late = paper is not None and bool(paper.override_reason)
    answer = holding.quote(held, order.places, at=at, late=late)
    if quoted is not None and answer.total != quoted:
        raise holding.total_differs(answer, quoted)
    holding.require_room(held, order.places)
    if not duplicates_accepted:
        duplicates.require_none(by=by, order=order)
    booking = _write_booking(
        by, order, answer, reference, at=at, key=key, paper=paper, entered_at=entered_at
    )
    places = _write_places(booking, order, answer, at=at)
    tell(by=by, booking=booking, places=places, answer=answer, at=entered_at or at)
    return booking


def _spare_the_queue(order: Order, *, at: dt.datetime, key: uuid.UUID) -> None:
    """Refuse at once what has sold out already, while its door is open: no lock is waited for.

    Whatever this lets through is asked again under the locks. A form sent twice is let through, and
    so is a closed door, which gives another answer. Raises ValidationError (code `sold_out`).
    """
    asked = items_of(order)
    limited = [item for item in asked if item.capacity is not None]
    if not all(item.deadline.window.is_open(at) for item in limited):
        return
    held = holding.sold_out(limited)
    if held and not Booking.objects.filter(idempotency_key=key).exists():
        raise ValidationError(held, code="sold_out")


def items_of(order: Order) -> list:
    """Every pass and extra asked for, as often as it is asked for."""
    return [item for place in order.places for item in place.items]


def _the_same(booking: Booking, order: Order) -> Booking:
    """A second post of one form. The same key with another contact is not that form."""
    if (
        booking.contact_email != order.contact_email.strip().lower()
        or booking.conference_id != order.conference.pk
    ):
        raise ValidationError(
            "This form was already used for a booking. Please start a new one.", code="used"
        )
    return booking


def require_sense(order: Order) -> None:
    """What no form should let through, asked again because every caller comes through here."""
    if not order.places:
        raise ValidationError("Choose at least one place.", code="empty")
    if len(order.places) > MOST_PLACES:
        raise ValidationError(
            f"Book at most {MOST_PLACES} places at once; you can make a second booking.",
            code="too_many",
        )
    for place in order.places:
        for item in place.items:
            if item.conference_id != order.conference.pk:
                raise ValidationError("That pass belongs to another conference.", code="invalid")
        if len(set(place.extras)) != len(place.extras):
            raise ValidationError("Choose each extra once a person.", code="invalid")
        _require_somebody(order, place)
        if not place.pass_type.is_of_carer:
            require_sold_to(place.pass_type, organisation=order.organisation, member=place.member)


def _require_somebody(order: Order, place: PlaceWish) -> None:
    """A carer comes with one who is no carer, and nobody else comes with anybody."""
    others = {n for n, row in enumerate(order.places) if not row.pass_type.is_of_carer}
    if place.pass_type.is_of_carer and place.comes_with not in others:
        raise ValidationError(
            "A carer's place goes with the place of the person they support: choose it there.",
            code="alone",
        )
    if not place.pass_type.is_of_carer and place.comes_with is not None:
        raise ValidationError("Only a carer's place goes with another.", code="invalid")


def require_sold_to(
    pass_type: PassType, *, organisation: Organisation | None, member: Member | None
) -> None:
    """Refuse a pass that is not for this body or person. Raises ValidationError."""
    sold_to = pass_type.sold_to
    if sold_to == PassType.SoldTo.BODIES and organisation is None:
        raise ValidationError(
            f"{pass_type.name}: booked by the officers of a party council or society.",
            code="sold_to_bodies",
        )
    if sold_to == PassType.SoldTo.MEMBERS and organisation is not None:
        raise ValidationError(
            f"{pass_type.name}: booked by members for themselves.", code="sold_to_members"
        )
    only_members = pass_type.membership_required or sold_to == PassType.SoldTo.MEMBERS
    if (
        only_members
        and organisation is None
        and (member is None or member.standing == Member.Standing.LAPSED)
    ):
        raise ValidationError(
            f"{pass_type.name} is for members of the Co-operative Party. Match your "
            "sign-in to your membership first, or ask us to help.",
            code="members_only",
        )


def _write_booking(
    by: User | None,
    order: Order,
    answer: Quote,
    reference: str,
    *,
    at: dt.datetime,
    key: uuid.UUID,
    paper: Paper | None,
    entered_at: dt.datetime | None,
) -> Booking:
    booking = Booking(
        conference=order.conference,
        reference=reference,
        organisation=order.organisation,
        booked_by=None if paper else by,
        contact_name=order.contact_name.strip(),
        contact_email=order.contact_email.strip().lower(),
        contact_phone=order.contact_phone.strip(),
        channel=paper.channel if paper else Booking.Channel.WEB,
        state=Booking.State.SUBMITTED,
        payment_method=order.payment_method if answer.total else Booking.Method.FREE,
        bill_to=order.bill_to.strip(),
        purchase_order=order.purchase_order.strip(),
        created_at=entered_at or at,
        submitted_at=at,
        entered_by=by if paper else None,
        entered_at=entered_at if paper else None,
        override_reason=paper.override_reason if paper else "",
        idempotency_key=key,
    )
    if paper and paper.scan:
        booking.scan = paper.scan
    # Rows read a moment ago need no second look; paper alone is put together by hand, so only its
    # constraints are asked about before the database asks.
    known = ["conference", "organisation", "booked_by", "entered_by"]
    booking.full_clean(known, validate_unique=False, validate_constraints=paper is not None)
    booking.save(force_insert=True)
    return booking


def unused_reference() -> str:
    """A reference no booking has; the unique constraint is the last word."""
    while Booking.objects.filter(reference=(drawn := references.new())).exists():
        pass
    return drawn


def _write_places(booking: Booking, order: Order, answer: Quote, *, at: dt.datetime) -> list[Place]:
    places = []
    for number, wish in enumerate(order.places):
        name = wish.name.strip()
        place = Place(
            booking=booking,
            position=number,
            pass_type=wish.pass_type,
            name=name,
            email=wish.email.strip().lower(),
            user=wish.user,
            member=wish.member,
            region=wish.region,
            named_at=at if name else None,
        )
        known = ["booking", "pass_type", "user", "member", "region"]
        place.full_clean(known, validate_unique=False, validate_constraints=False)
        places.append(place)
    Place.objects.bulk_create(places)
    bind_carers(places, order.places)
    Line.objects.bulk_create(
        Line(
            booking=booking,
            place=places[line.place],
            pass_type=line.item if isinstance(line.item, PassType) else None,
            extra=None if isinstance(line.item, PassType) else line.item,
            description=line.item.name,
            band=line.band,
            amount=line.amount,
            priced_at=at,
        )
        for line in answer.lines
    )
    for place, wish in zip(places, order.places, strict=True):
        if wish.access.strip() or wish.dietary.strip():
            write_needs(place, booking, access=wish.access, dietary=wish.dietary, at=at)
    return places


def bind_carers(places: Sequence[Place], wishes: Sequence[PlaceWish]) -> None:
    """Say of each carer's place, now that all have their rows, with which it goes."""
    bound = []
    for place, wish in zip(places, wishes, strict=True):
        if wish.comes_with is not None:
            place.comes_with = places[wish.comes_with]
            bound.append(place)
    Place.objects.bulk_update(bound, ["comes_with"])


def write_needs(
    place: Place, booking: Booking, *, access: str, dietary: str, at: dt.datetime
) -> None:
    """Keep (or take away) a person's needs, with the day on which they are deleted."""
    access, dietary = access.strip(), dietary.strip()
    if not access and not dietary:
        PlaceNeeds.objects.filter(place=place).delete()
        return
    last_day = booking.conference.ends_on or at.date() + dt.timedelta(days=365)
    PlaceNeeds.objects.update_or_create(
        place=place,
        defaults={
            "access": access,
            "dietary": dietary,
            "told_at": at,
            "purge_on": last_day + NEEDS_KEPT,
        },
    )


def tell(
    *, by: User | None, booking: Booking, places: Sequence[Place], answer: Quote, at: dt.datetime
) -> None:
    """Issue a new booking's badges, leave its audit entry, put its receipt in the outbox."""
    credentials.issue_first(by=by, places=places, at=at)
    audit.record(
        by=by,
        action="booking.entered" if booking.entered_by_id else "booking.submitted",
        on=booking,
        organisation=booking.organisation,
        at=at,
        after={
            "channel": booking.channel,
            "counts_from": booking.submitted_at,
            "places": len({line.place for line in answer.lines}),
            "total": str(answer.total),
        },
        reason=booking.override_reason,
    )
    if booking.contact_email:
        token = links.issue(booking=booking, at=at)
        account = Account(charged=answer.total)  # nothing was paid for it yet
        emails.receipt(booking, places, account, token=token, at=at)
