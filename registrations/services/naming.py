"""Who comes: the first name on a place, a correction of it, another person in its stead.

Whatever happens to the name, the place keeps its price, its band and its extras. Names are said
until the deadline for names (none stated: until the first day is over); staff say them later, with
a reason.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from events.calendar import end_of_day
from events.models import Deadline
from members.models import Member, User
from registrations.models import Booking, DelegateLink, Place
from registrations.services import cancelling, changing, credentials, needs, submitting


@transaction.atomic
def name_place(
    *,
    by: User | None,
    place: Place,
    name: str,
    email: str = "",
    at: dt.datetime,
    override_reason: str = "",
) -> Place:
    """Say who comes on a place that has no name yet. The same twice is once.

    Raises ValidationError: `closed`, `cancelled`, or `named` when somebody has it already.
    """
    booking, place = _locked(place, at=at, override_reason=override_reason)
    if _is_said(place, name, email):
        return place
    if place.name:
        raise ValidationError(
            f"This place is for {place.name} by now. Say whether that is corrected, or whether "
            "somebody else comes.",
            code="named",
        )
    place.named_at = at
    _write(place, name, email)
    credentials.settle(by=by, booking=booking, at=at)
    _told(by, booking, place, "place.named", "has a name now", at, override_reason)
    return place


@transaction.atomic
def correct_name(
    *,
    by: User | None,
    place: Place,
    name: str,
    email: str = "",
    at: dt.datetime,
    override_reason: str = "",
) -> Place:
    """The same person comes, and their name or address is put right.

    What they told us, their membership and their sign-in stay; a link sent to an address that was
    wrong opens nothing any more. The same twice is once.
    Raises ValidationError: `closed`, `cancelled`, or `unnamed`.
    """
    booking, place = _locked(place, at=at, override_reason=override_reason)
    _require_named(place)
    if _is_said(place, name, email):
        return place
    if place.email != email.strip().lower():
        DelegateLink.objects.filter(place=place).delete()
    _write(place, name, email)
    what = "has its name or address corrected"
    _told(by, booking, place, "place.name-corrected", what, at, override_reason)
    return place


@transaction.atomic
def substitute(
    *,
    by: User | None,
    place: Place,
    name: str,
    email: str = "",
    member: Member | None = None,
    at: dt.datetime,
    override_reason: str = "",
    carers_stay: bool = False,
) -> Place:
    """Another person comes instead, who may be a member.

    What the former person told us is deleted, since it is not the other's and nobody else's
    business; their membership, region, sign-in and personal link go with them, and they lead the
    delegation no longer. Their badge dies and the other gets one. The trail keeps that it happened,
    and their numbers. A carer's place goes with the former person unless it is said to stay.
    The same twice is once. Raises ValidationError: `closed`, `cancelled`, `unnamed`, `same_name` when it reads like a correction, or those of the
    pass (`members_only`).
    """
    booking, place = _locked(place, at=at, override_reason=override_reason)
    _require_named(place)
    if _is_said(place, name, email):
        return place
    if place.name.casefold() == " ".join(name.split()).casefold():
        raise ValidationError(
            "The name is the same as before. If only the address changes, choose the correction.",
            code="same_name",
        )
    submitting.require_sold_to(place.pass_type, organisation=booking.organisation, member=member)
    before = {"user": place.user_id, "member": place.member_id}
    needs.forget(booking.places.filter(pk=place.pk))
    place.user, place.member, place.region = None, member, member.region if member else None
    place.named_at = at
    _write(place, name, email)
    credentials.hand_over(by=by, place=place, at=at)
    if not carers_stay:
        _end_carers(by, booking, place, at=at)
    what = "is for somebody else now"
    _told(by, booking, place, "place.substituted", what, at, override_reason, before)
    return place


def _end_carers(by: User | None, booking: Booking, place: Place, *, at: dt.datetime) -> None:
    going = list(place.carers.filter(cancelled_at__isnull=True).values_list("pk", flat=True))
    lines = list(booking.lines.filter(place__in=going, cancelled_at__isnull=True))
    cancelling.end(booking, going, lines, at=at)
    credentials.settle(by=by, booking=booking, at=at)


#: What a form's answer to 'what has changed?' means; no answer where nobody was named before.
ACTS = {"": name_place, "same": correct_name, "other": substitute}


def _locked(place: Place, *, at: dt.datetime, override_reason: str) -> tuple[Booking, Place]:
    """The booking under its lock and the place read again, while names may be said."""
    booking = changing.locked(place.booking)
    if not override_reason:
        _require_names_open(booking, at=at)
    return booking, changing.active(booking, place)


def _require_names_open(booking: Booking, *, at: dt.datetime) -> None:
    deadline = booking.conference.deadlines.filter(kind=Deadline.Kind.NAMES).first()
    if deadline is not None:
        doors.require_open(doors.lock(deadline), at=at, organisation=booking.organisation)
        return
    first_day = booking.conference.starts_on
    if first_day is not None and at >= end_of_day(first_day):
        raise ValidationError(
            "The conference has begun. Please ask at the registration desk.", code="closed"
        )


def _require_named(place: Place) -> None:
    if not place.name:
        raise ValidationError("Nobody is named on this place yet.", code="unnamed")


def _is_said(place: Place, name: str, email: str) -> bool:
    """Does the place say so already? A second post of one form changes and tells nothing."""
    return (place.name, place.email) == (" ".join(name.split()), email.strip().lower())


def _write(place: Place, name: str, email: str) -> None:
    place.name, place.email = " ".join(name.split()), email.strip().lower()
    if not place.name:
        raise ValidationError({"name": "Say who comes."}, code="empty")
    place.full_clean(exclude=["booking"], validate_unique=False, validate_constraints=False)
    place.save(update_fields=["name", "email", "user", "member", "region", "named_at"])


def _told(
    by: User | None,
    booking: Booking,
    place: Place,
    action: str,
    what: str,
    at: dt.datetime,
    reason: str,
    before: dict[str, int | None] | None = None,
) -> None:
    """The trail names nobody: it can never be changed, and people can be erased."""
    changing.record_and_tell(
        by,
        booking,
        action,
        f"place {place.position + 1} {what}.",
        at,
        before={"place": place.pk, **(before or {})},
        reason=reason,
    )
