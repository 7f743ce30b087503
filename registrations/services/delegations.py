"""A delegation's entitlement and its lead: allocate, ask for more, decide, waive, choose.

Each locks the delegation's row and reads it again; the audit entry is on the delegation.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from events.models import Deadline
from members import audit
from members.models import User
from registrations import emails
from registrations.models import (
    COUNTED,
    Allocation,
    Delegation,
    Place,
    PlaceRequest,
    Waiver,
)
from registrations.services import changing, entitlement

MOST_PLACES = 200
State = PlaceRequest.State


def locked(delegation: Delegation) -> Delegation:
    """The delegation's row under its lock."""
    return (
        Delegation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("conference", "organisation")
        .get(pk=delegation.pk)
    )


@transaction.atomic
def allocate(
    *, by: User, delegation: Delegation, kind: str, places: int, source: str, at: dt.datetime
) -> Allocation:
    """Enter how many places of a kind a body has; what was entered before is replaced.

    Places already booked stay, even when there are more of them: the checklist says so. What was
    granted on request counts beside it. The same twice is once. Raises ValidationError.
    """
    row = locked(delegation)
    source = " ".join(source.split())
    if places > MOST_PLACES:
        raise ValidationError(f"Enter at most {MOST_PLACES} places.", code="too_many")
    found = row.allocations.filter(kind=kind).first()
    if found is not None and (found.places, found.source) == (places, source):
        return found
    before = {} if found is None else {"places": found.places, "source": found.source}
    found = found or Allocation(delegation=row, kind=kind)
    found.places, found.source = places, source
    found.entered_by, found.entered_at = by, at
    found.full_clean(validate_unique=False)
    found.save()
    after = {"kind": kind, "places": places, "source": source}
    _record(by, row, "delegation.allocated", at, before=before, after=after)
    return found


@transaction.atomic
def request_more(
    *, by: User, delegation: Delegation, kind: str, places: int, reason: str, at: dt.datetime
) -> PlaceRequest:
    """A body asks for places beyond its allocation; nothing is held until staff grant it.

    A second post while one waits gives the one that waits. Raises ValidationError: `halted`,
    `not_taken`, `closed`, `no_limit`.
    """
    row = locked(delegation)
    rules = entitlement.rules_of(row.conference)
    if rules.beyond != entitlement.QUEUED:
        raise ValidationError(
            "This conference takes no requests for more places. Please contact us if the number "
            "is not right.",
            code="not_taken",
        )
    doors.require_not_halted(row.conference)
    waiting = row.requests.filter(kind=kind, state=State.WAITING).first()
    if waiting is not None:
        return waiting
    if entitlement.allocated(row, rules)[kind] is None:
        raise ValidationError(
            "You can book these places now: nothing limits them.", code="no_limit"
        )
    _require_open(row, at)
    asked = PlaceRequest(
        delegation=row, kind=kind, places=places, reason=reason.strip(), asked_by=by, asked_at=at
    )
    asked.full_clean()
    asked.save()
    after = {"kind": kind, "places": places}
    _record(by, row, "delegation.places-asked-for", at, after=after, reason=asked.reason)
    return asked


def _require_open(row: Delegation, at: dt.datetime) -> None:
    """The door of delegates' passes is open for the body, where there is one."""
    found = row.conference.deadlines.filter(kind=Deadline.Kind.DELEGATE_REGISTRATION).first()
    if found is not None:
        doors.require_open(found, at=at, organisation=row.organisation)


@transaction.atomic
def grant(
    *, by: User, request: PlaceRequest, places: int, at: dt.datetime, why: str = ""
) -> PlaceRequest:
    """Add places to the allocation; the body is told by mail, and books them itself.

    Raises ValidationError: `decided`, `too_many`.
    """
    if not 1 <= places <= request.places:
        raise ValidationError(
            f"Grant between 1 and {request.places} places: so many were asked for.",
            code="too_many",
        )
    return _decide(by, request, State.GRANTED, places, why, at)


@transaction.atomic
def refuse(*, by: User, request: PlaceRequest, why: str, at: dt.datetime) -> PlaceRequest:
    """Say no, with the reason that the body reads. Raises ValidationError: `decided`, `empty`."""
    if not why.strip():
        raise ValidationError("Say why: the body reads it.", code="empty")
    return _decide(by, request, State.REFUSED, 0, why, at)


def _decide(
    by: User, request: PlaceRequest, state: str, places: int, why: str, at: dt.datetime
) -> PlaceRequest:
    delegation = locked(request.delegation)
    request = delegation.requests.select_related("asked_by").get(pk=request.pk)
    if request.state == state and request.granted == places:
        return request
    if request.state != State.WAITING:
        raise ValidationError(f"This was {request.get_state_display()} already.", code="decided")
    request.state, request.granted, request.why = state, places, why.strip()
    request.decided_by, request.decided_at = by, at
    request.full_clean()
    request.save()
    after = {"kind": request.kind, "asked": request.places, "granted": places}
    action = f"delegation.places-{state}"
    _record(by, delegation, action, at, after=after, reason=request.why)
    emails.request_decided(request, at=at)
    return request


@transaction.atomic
def waive(*, by: User, delegation: Delegation, rule: str, reason: str, at: dt.datetime) -> Waiver:
    """Let a delegation be in order although it does not meet this rule; once is enough.

    Raises ValidationError.
    """
    row = locked(delegation)
    found = row.waivers.filter(rule=rule, ended_at__isnull=True).first()
    if found is not None:
        return found
    waiver = Waiver(delegation=row, rule=rule, reason=reason.strip(), waived_by=by, waived_at=at)
    waiver.full_clean()
    waiver.save()
    _record(by, row, "delegation.rule-waived", at, after={"rule": rule}, reason=waiver.reason)
    return waiver


@transaction.atomic
def end_waiver(*, by: User, waiver: Waiver, reason: str, at: dt.datetime) -> Waiver:
    """The rule holds again for this delegation; who waived it and why stays. Once is enough.

    Raises ValidationError: `empty`.
    """
    if not reason.strip():
        raise ValidationError("Say why: it is kept with the waiver.", code="empty")
    row = locked(waiver.delegation)
    waiver = row.waivers.get(pk=waiver.pk)
    if waiver.ended_at is not None:
        return waiver
    waiver.ended_by, waiver.ended_at, waiver.why_ended = by, at, reason.strip()
    waiver.full_clean()
    waiver.save(update_fields=["ended_by", "ended_at", "why_ended"])
    after = {"rule": waiver.rule}
    _record(by, row, "delegation.waiver-ended", at, after=after, reason=waiver.why_ended)
    return waiver


@transaction.atomic
def name_lead(*, by: User, delegation: Delegation, place: Place, at: dt.datetime) -> Delegation:
    """Choose who casts the delegation's votes: a delegate of it who has a name.

    The booking is locked before the delegation, so that the place cannot be given to somebody else
    meanwhile. The same twice is once. Raises ValidationError: `cancelled`, `unnamed`, `invalid`.
    """
    booking = changing.locked(place.booking)
    row = locked(delegation)
    place = changing.active(booking, place)
    is_theirs = (booking.conference_id, booking.organisation_id) == (
        row.conference_id,
        row.organisation_id,
    )
    if not is_theirs or place.pass_type.role not in COUNTED:
        raise ValidationError("Choose one of the delegates of this body.", code="invalid")
    if not place.name:
        raise ValidationError("Say who has this place first.", code="unnamed")
    if row.lead_id == place.pk:
        return row
    before, row.lead, row.lead_at = {"place": row.lead_id}, place, at
    row.save(update_fields=["lead", "lead_at"])
    after = {"place": place.pk}
    _record(by, row, "delegation.lead-named", at, before=before, after=after)
    return row


def _record(
    by: User,
    delegation: Delegation,
    action: str,
    at: dt.datetime,
    *,
    after: dict,
    before: dict | None = None,
    reason: str = "",
) -> None:
    audit.record(
        by=by,
        action=action,
        on=delegation,
        organisation=delegation.organisation,
        at=at,
        before=before,
        after=after,
        reason=reason,
    )
