"""Changing a booking that was made: extras and passes. Only what is new is charged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from events import doors
from events.models import Deadline
from members import audit
from members.models import User
from registrations import emails, refunding, selling
from registrations.models import Booking, Extra, Line, PassType, Place
from registrations.orders import PlaceWish, Quote
from registrations.services import entitlement, holding, submitting


def locked(booking: Booking) -> Booking:
    """The booking's row under its lock. Raises ValidationError unless it holds places."""
    row = (
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("conference", "organisation")
        .get(pk=booking.pk)
    )
    if row.state != Booking.State.SUBMITTED:
        raise ValidationError("This booking is not in force any more.", code="cancelled")
    return row


def deadline_for_changes(booking: Booking) -> Deadline | None:
    """The stated time for changes; where none is stated, the door of the booking's passes."""
    passes = PassType.objects.filter(lines__booking=booking, lines__cancelled_at__isnull=True)
    found = Deadline.objects.filter(
        Q(conference=booking.conference_id, kind=Deadline.Kind.CHANGES)
        | Q(pk__in=passes.values("deadline"))
    )
    rows = list(found)
    stated = [row for row in rows if row.kind == Deadline.Kind.CHANGES]
    latest = [row for row in rows if row.closing is not None]
    if stated or not latest:
        return next(iter(stated or rows), None)
    return max(latest, key=lambda row: (row.closing, row.pk))


def require_changeable(booking: Booking, *, at: dt.datetime) -> None:
    """Refuse once the time for changes is over for this body. Raises ValidationError."""
    deadline = deadline_for_changes(booking)
    if deadline is None:
        return
    try:
        doors.require_open(doors.lock(deadline), at=at, organisation=booking.organisation)
    except ValidationError as refusal:
        raise ValidationError(
            f"{refusal.messages[0]} Please contact us and we will see what can be done.",
            code=refusal.code,
        ) from refusal


@transaction.atomic
def add_extra(
    *, by: User | None, place: Place, extra: Extra, at: dt.datetime, quoted: Decimal
) -> Line:
    """Add an extra to a place at its price now; nothing else is priced again.

    Asking twice gives the line that is there. Raises ValidationError as a booking does.
    """
    booking = locked(place.booking)
    place = active(booking, place)
    already = place.lines.filter(extra=extra, cancelled_at__isnull=True).first()
    if already is not None:
        return already
    if extra.conference_id != booking.conference_id:
        raise ValidationError("That extra belongs to another conference.", code="invalid")
    held = holding.lock([extra], booking.organisation)
    answer = holding.quote_items(held, [extra], at=at, for_carer=place.pass_type.is_of_carer)
    if answer.total != quoted:
        raise holding.total_differs(answer, quoted)
    holding.require_room_for(held, [extra])
    line = _new_line(booking, place, answer.lines[0], at=at)
    record_and_tell(by, booking, "extra.added", f"{extra.name} was added (£{line.amount}).", at)
    return line


@transaction.atomic
def remove_extra(*, by: User | None, line: Line, at: dt.datetime) -> None:
    """Give an extra back until the stated time. Raises ValidationError."""
    booking = locked(line.booking)
    if booking.conference.status not in refunding.CALLED_OFF:
        require_changeable(booking, at=at)
    line = booking.lines.filter(pk=line.pk, extra__isnull=False, cancelled_at__isnull=True).first()
    if line is None:
        return
    refunding.cancel_lines(booking, [line], at=at)
    record_and_tell(by, booking, "extra.removed", f"{line.description} was taken off.", at)


@transaction.atomic
def choose_free(*, place: Place, chosen: Collection[Extra], at: dt.datetime) -> None:
    """Make the extras that cost a place nothing those that its person chose; the rest stays.

    One mail tells whoever booked. Raises ValidationError as adding and taking off do.
    """
    booking = locked(place.booking)
    place = active(booking, place)
    offered = selling.free_for(place, at=at)
    wanted = {extra.pk for extra in chosen}
    gone = [extra.name for extra in chosen if extra not in offered.extras]
    if gone:
        raise ValidationError(f"{', '.join(gone)} can no longer be chosen.", code="sold_out")
    added = [extra for extra in offered.extras if extra.pk in wanted - offered.held]
    keys = {extra.pk for extra in offered.extras} - wanted
    dropped = list(place.lines.filter(extra__in=keys, cancelled_at__isnull=True).order_by("pk"))
    if dropped:
        require_changeable(booking, at=at)
        refunding.cancel_lines(booking, dropped, at=at)
    if added:
        held = holding.lock(added, booking.organisation)
        answer = holding.quote_items(held, added, at=at, for_carer=place.pass_type.is_of_carer)
        if answer.total:
            raise holding.total_differs(answer, Decimal(0))
        holding.require_room_for(held, added)
        for quoted in answer.lines:
            _new_line(booking, place, quoted, at=at)
    names = [f"{extra.name} was chosen" for extra in added]
    names += [f"{line.description} was taken off" for line in dropped]
    if names:
        what = f"{place}: {', '.join(names)}. Nothing is charged for it."
        record_and_tell(None, booking, "extras.chosen", what, at)


@transaction.atomic
def quote_pass(
    *, place: Place, pass_type: PassType, at: dt.datetime, override_reason: str = ""
) -> Quote:
    """What another pass for a place costs at the instant, or the refusal that it would meet.

    Takes the locks and lets them go at once, as `submitting.quote` does.
    """
    booking = locked(place.booking)
    return _pass_quoted(booking, active(booking, place), pass_type, at, override_reason)


@transaction.atomic
def change_pass(
    *,
    by: User | None,
    place: Place,
    pass_type: PassType,
    at: dt.datetime,
    quoted: Decimal,
    override_reason: str = "",
) -> Line:
    """Another pass for a place: the old line ends and the new one has the price of now.

    Extras stay as they are. With `override_reason` (staff) the time for changes is not asked, and a
    pass whose door has closed has its last price. The same twice is once. Raises ValidationError.
    """
    booking = locked(place.booking)
    place = active(booking, place)
    old = place.lines.get(pass_type__isnull=False, cancelled_at__isnull=True)
    if old.pass_type_id == pass_type.pk:
        return old
    entitlement.ensure([pass_type], booking.organisation)
    answer = _pass_quoted(booking, place, pass_type, at, override_reason)
    if answer.total != quoted:
        raise holding.total_differs(answer, quoted)
    old.cancelled_at = at
    old.save(update_fields=["cancelled_at"])
    place.pass_type = pass_type
    place.save(update_fields=["pass_type"])
    line = _new_line(booking, place, answer.lines[0], at=at)
    what = f"{old.description} became {line.description}."
    record_and_tell(by, booking, "pass.changed", what, at, reason=override_reason)
    return line


def _pass_quoted(
    booking: Booking, place: Place, pass_type: PassType, at: dt.datetime, override_reason: str
) -> Quote:
    """Another pass's price now, when this place may have it and there is room."""
    if not override_reason:
        require_changeable(booking, at=at)
    if pass_type.conference_id != booking.conference_id:
        raise ValidationError("That pass belongs to another conference.", code="invalid")
    if pass_type.is_of_carer or place.pass_type.is_of_carer:
        raise ValidationError(
            "A carer's place is added to the place of the person they support, or cancelled; it "
            "does not become another pass.",
            code="carer",
        )
    if Line.objects.filter(place=place, use__isnull=False, cancelled_at__isnull=True).exists():
        raise ValidationError(
            "This place has a reduction by a code. Ask the access officer to give the code back "
            "first; it can then be used for the other pass.",
            code="reduced",
        )
    submitting.require_sold_to(pass_type, organisation=booking.organisation, member=place.member)
    wish = PlaceWish(pass_type=pass_type, name=place.name, member=place.member)
    held = holding.lock([pass_type], booking.organisation)
    answer = holding.quote(held, [wish], at=at, late=bool(override_reason))
    holding.require_room(held, [wish], instead_of=place.pass_type)
    return answer


def active(booking: Booking, place: Place) -> Place:
    """The place read again, once its booking is locked. Raises ValidationError when cancelled."""
    found = booking.places.filter(pk=place.pk, cancelled_at__isnull=True).first()
    if found is None:
        raise ValidationError("This place was cancelled.", code="cancelled")
    return found


def _new_line(
    booking: Booking, place: Place, quoted: holding.QuotedLine, *, at: dt.datetime
) -> Line:
    is_pass = isinstance(quoted.item, PassType)
    return Line.objects.create(
        booking=booking,
        place=place,
        pass_type=quoted.item if is_pass else None,
        extra=None if is_pass else quoted.item,
        description=quoted.item.name,
        band=quoted.band,
        amount=quoted.amount,
        priced_at=at,
    )


def record_and_tell(
    by: User | None,
    booking: Booking,
    action: str,
    what: str,
    at: dt.datetime,
    *,
    before: dict | None = None,
    reason: str = "",
) -> None:
    """Count the change, leave its audit entry, and mail the contact what it comes to now."""
    booking.version += 1
    if booking.payment_method == Booking.Method.FREE and booking.total:
        booking.payment_method = Booking.Method.INVOICE
    booking.save(update_fields=["version", "payment_method"])
    audit.record(
        by=by,
        action=action,
        on=booking,
        organisation=booking.organisation,
        at=at,
        before=before,
        after={"what": what, "total": str(booking.total)},
        reason=reason,
    )
    emails.changed(booking, what=what, at=at)
