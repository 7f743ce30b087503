"""A carer's place added by staff to a place that is booked: at no charge, and nobody asks why."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from members.models import User
from registrations.models import Booking, Line, PassType, Place
from registrations.orders import PlaceWish, QuotedLine
from registrations.services import changing, credentials, holding

MOST = 2


@transaction.atomic
def add_carer(
    *,
    by: User,
    place: Place,
    pass_type: PassType,
    at: dt.datetime,
    name: str = "",
    email: str = "",
    reason: str = "",
) -> Place:
    """Give somebody who comes a place for their carer; a closed door does not stop staff.

    It costs nothing, counts in no delegation, and in the pass's own capacity if it has one. The
    same name twice is once. Raises ValidationError: `invalid`, `carer`, `too_many`, `sold_out`,
    `cancelled`, `halted`.
    """
    booking = changing.locked(place.booking)
    place = changing.active(booking, place)
    _require_fitting(place, pass_type)
    wish = PlaceWish(pass_type=pass_type, name=" ".join(name.split()), email=email.strip().lower())
    there = list(place.carers.filter(cancelled_at__isnull=True))
    for row in there:
        if row.name.casefold() == wish.name.casefold():
            return row
    if len(there) >= MOST:
        raise ValidationError(f"{MOST} carers come with {place} already.", code="too_many")
    held = holding.lock([pass_type], booking.organisation)
    (quoted,) = holding.quote(held, [wish], at=at, late=True).lines
    holding.require_room(held, [wish])
    made = _written(booking, place, wish, quoted, at=at)
    credentials.settle(by=by, booking=booking, at=at)
    what = f"a place for a carer was added to place {place.position + 1}, at no charge."
    changing.record_and_tell(by, booking, "carer.added", what, at, reason=reason)
    return made


def _written(
    booking: Booking, place: Place, wish: PlaceWish, quoted: QuotedLine, *, at: dt.datetime
) -> Place:
    last = booking.places.aggregate(last=Max("position"))["last"]
    made = Place(
        booking=booking,
        pass_type=wish.pass_type,
        comes_with=place,
        name=wish.name,
        email=wish.email,
        named_at=at if wish.name else None,
        position=last + 1,
    )
    made.full_clean(exclude=["booking"], validate_unique=False, validate_constraints=False)
    made.save(force_insert=True)
    Line.objects.create(
        booking=booking,
        place=made,
        pass_type=wish.pass_type,
        description=wish.pass_type.name,
        band=quoted.band,
        amount=quoted.amount,
        priced_at=at,
    )
    return made


def _require_fitting(place: Place, pass_type: PassType) -> None:
    if pass_type.conference_id != place.booking.conference_id or not pass_type.is_of_carer:
        raise ValidationError("Choose a carer's pass of this conference.", code="invalid")
    if place.pass_type.is_of_carer:
        raise ValidationError("This is a carer's place: nobody comes with it.", code="carer")
