"""A body's booking while it is being put together: saved at every step, priced on submission."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Conference
from members.models import Organisation, User
from registrations.models import Booking, Line, PassType, Place
from registrations.orders import Order, PlaceWish
from registrations.services import duplicates, entitlement, holding, submitting


@transaction.atomic
def start_draft(
    *,
    by: User,
    conference: Conference,
    organisation: Organisation,
    wishes: Sequence[PlaceWish],
    at: dt.datetime,
    key: uuid.UUID,
) -> Booking:
    """A new draft with these places; the draft already made when the key is known.

    Raises ValidationError: code `halted`, `too_many`, or `used` when the key was another form's.
    """
    booking, is_new = Booking.objects.get_or_create(
        idempotency_key=key,
        defaults={
            "conference": conference,
            "organisation": organisation,
            "reference": submitting.unused_reference,
            "booked_by": by,
            "contact_name": by.get_full_name() if by.name else "",
            "contact_email": by.email,
            "bill_to": f"{organisation.name}\n{organisation.postal_address}".strip(),
            "created_at": at,
        },
    )
    if (booking.organisation_id, booking.conference_id) != (organisation.pk, conference.pk):
        raise ValidationError(
            "This form was already used for another booking. Please start a new one.", code="used"
        )
    if is_new:
        if not conference.has_open_doors:
            raise ValidationError("Nothing can be booked for this conference now.", code="halted")
        _require_few(wishes)
        _write(booking, wishes)
    return booking


@transaction.atomic
def save_places(
    *, by: User, booking: Booking, version: int, wishes: Sequence[PlaceWish], at: dt.datetime
) -> Booking:
    """Put these places in the draft instead of those that are there.

    Raises ValidationError (code `older`) when somebody saved since this copy was opened.
    """
    booking = _locked_draft(booking, version)
    if not wishes:
        raise ValidationError("Keep at least one place, or discard the draft.", code="empty")
    _require_few(wishes)
    booking.lines.all().delete()
    booking.places.all().delete()
    _write(booking, wishes)
    return _saved(booking)


@transaction.atomic
def save_payment(*, by: User, booking: Booking, version: int, **details: str) -> Booking:
    """Keep the contact, how it is paid, the address of the invoice and the order number."""
    booking = _locked_draft(booking, version)
    for name in DETAILS:
        setattr(booking, name, details[name].strip())
    booking.contact_email = booking.contact_email.lower()
    booking.full_clean(validate_unique=False)
    return _saved(booking)


DETAILS = (
    "contact_name",
    "contact_email",
    "contact_phone",
    "payment_method",
    "bill_to",
    "purchase_order",
)


@transaction.atomic
def discard(*, by: User, booking: Booking) -> None:
    """Take a draft away; it held nothing. Raises ValidationError for anything else."""
    booking = _locked_draft(booking, None)
    booking.lines.all().delete()
    booking.places.all().delete()
    booking.delete()


def order_of(booking: Booking) -> Order:
    """The draft as an order."""
    places = (
        booking.places.select_related("pass_type__deadline")
        .prefetch_related("lines__extra__deadline")
        .order_by("position")
    )
    numbers = {place.pk: number for number, place in enumerate(places)}
    wishes = tuple(
        PlaceWish(
            comes_with=numbers.get(place.comes_with_id),
            pass_type=place.pass_type,
            extras=tuple(line.extra for line in place.lines.all() if line.extra_id),
            name=place.name,
            email=place.email,
        )
        for place in places
    )
    return Order(
        conference=booking.conference,
        organisation=booking.organisation,
        places=wishes,
        **{name: getattr(booking, name) for name in DETAILS},
    )


@transaction.atomic
def submit_draft(
    *,
    by: User,
    booking: Booking,
    version: int,
    at: dt.datetime,
    quoted: Decimal,
    duplicates_accepted: bool,
) -> Booking:
    """Book everything in the draft at the price shown. A draft already submitted stays as it is.

    `at` is the instant of arrival. Raises ValidationError like `submitting.submit_booking`, or
    `older` when the draft was saved since the review was shown.
    """
    booking = Booking.objects.select_for_update(no_key=True, of=("self",)).get(pk=booking.pk)
    if booking.state != Booking.State.DRAFT:
        return booking
    _require_version(booking, version)
    order = order_of(booking)
    submitting.require_sense(order)
    entitlement.ensure((place.pass_type for place in order.places), order.organisation)
    held = holding.lock(submitting.items_of(order), order.organisation)
    answer = holding.quote(held, order.places, at=at)
    if answer.total != quoted:
        raise holding.total_differs(answer, quoted)
    holding.require_room(held, order.places)
    if not duplicates_accepted:
        duplicates.require_none(by=by, order=order)
    booking.state, booking.submitted_at, booking.booked_by = Booking.State.SUBMITTED, at, by
    booking.payment_method = order.payment_method if answer.total else Booking.Method.FREE
    booking.version += 1
    booking.full_clean(validate_unique=False)
    booking.save()
    places = _price(booking, answer, at=at)
    submitting.tell(by=by, booking=booking, places=places, answer=answer, at=at)
    return booking


def _locked_draft(booking: Booking, version: int | None) -> Booking:
    booking = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("conference", "organisation")
        .get(pk=booking.pk)
    )
    if booking.state != Booking.State.DRAFT:
        raise ValidationError(
            "This booking has been made already: it is no draft any more.", code="submitted"
        )
    if version is not None:
        _require_version(booking, version)
    return booking


def _require_version(booking: Booking, version: int) -> None:
    if booking.version != version:
        raise ValidationError(
            "Somebody saved this draft since you opened it. What you typed is still here beside "
            "what was saved: compare, then save again to keep yours.",
            code="older",
        )


def _require_few(wishes: Sequence[PlaceWish]) -> None:
    if len(wishes) > submitting.MOST_PLACES:
        raise ValidationError(
            f"Book at most {submitting.MOST_PLACES} places at once.", code="too_many"
        )


def _saved(booking: Booking) -> Booking:
    booking.version += 1
    booking.save()
    return booking


def _write(booking: Booking, wishes: Sequence[PlaceWish]) -> None:
    for wish in wishes:
        if any(item.conference_id != booking.conference_id for item in wish.items):
            raise ValidationError("That pass belongs to another conference.", code="invalid")
    places = Place.objects.bulk_create(
        Place(
            booking=booking,
            position=number,
            pass_type=wish.pass_type,
            name=wish.name.strip(),
            email=wish.email.strip().lower(),
        )
        for number, wish in enumerate(wishes)
    )
    submitting.bind_carers(places, wishes)
    Line.objects.bulk_create(
        Line(
            booking=booking,
            place=place,
            pass_type=item if isinstance(item, PassType) else None,
            extra=None if isinstance(item, PassType) else item,
            description=item.name,
        )
        for place, wish in zip(places, wishes, strict=True)
        for item in wish.items
    )


def _price(booking: Booking, answer: holding.Quote, *, at: dt.datetime) -> list[Place]:
    """Write each quoted price on the line it is for, once and for all; the places as they stand."""
    places = list(booking.places.order_by("position"))
    rows = {(line.place_id, line.pass_type_id, line.extra_id): line for line in booking.lines.all()}
    for quoted in answer.lines:
        is_pass = isinstance(quoted.item, PassType)
        place = places[quoted.place].pk
        key = (place, quoted.item.pk, None) if is_pass else (place, None, quoted.item.pk)
        row = rows.get(key)
        if row is None:
            raise ValidationError(
                "This booking was changed at this moment. Nothing was booked; please look again.",
                code="stale",
            )
        row.band, row.amount, row.priced_at = quoted.band, quoted.amount, at
    Line.objects.bulk_update(rows.values(), ["band", "amount", "priced_at"])
    booking.places.exclude(name="").update(named_at=at)
    return places
