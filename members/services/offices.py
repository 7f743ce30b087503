"""Claiming, verifying, refusing, giving and ending offices of bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

import clock
from members import audit, emails
from members.models import Office, Officeholding, OfficeInvitation, Organisation, User

_CLOSED = "This person's sign-in is closed, so they cannot act for a body."
State = Officeholding.State
Source = Officeholding.Source


@transaction.atomic
def claim_office(
    *,
    by: User,
    organisation: Organisation,
    office: Office,
    started_on: dt.date,
    evidence: str,
    at: dt.datetime,
) -> Officeholding:
    """'I am the secretary of …': the claim waits for staff; rival claims stand beside it.

    Sent again it returns the claim that is there. Raises ValidationError without evidence, for a
    body that no longer exists and for a first day that has not come.
    """
    organisation = lock_body(organisation)
    already = Officeholding.objects.filter(
        _open(at), user=by, organisation=organisation, office=office
    ).first()
    if already is not None:
        return already
    if not evidence.strip():
        raise ValidationError({"evidence": "Say how we can check it: the meeting and its date."})
    _require_active(organisation)
    _require_started(started_on, at)
    claim = Officeholding.objects.create(
        organisation=organisation,
        office=office,
        user=by,
        started_on=started_on,
        state=State.CLAIMED,
        source=Source.CLAIM,
        evidence=evidence.strip(),
        created_at=at,
    )
    _record(claim, by=by, action="office.claimed", at=at)
    emails.claim_received(claim, at=at)
    return claim


@transaction.atomic
def verify_claim(
    *,
    by: User,
    claim: Officeholding,
    at: dt.datetime,
    reason: str = "",
    ends: Iterable[Officeholding] = (),
) -> Officeholding:
    """Staff confirm a claim; the holders it follows (`ends`) end on its first day.

    Raises ValidationError when it was decided meanwhile or when the claimant's sign-in is closed.
    """
    claim = _undecided(claim)
    if not claim.user.is_active:
        raise ValidationError(_CLOSED)
    _decide(claim, by=by, state=State.VERIFIED, reason=reason, at=at)
    for holding in ends:
        if holding.organisation_id == claim.organisation_id and holding.pk != claim.pk:
            end_office(
                by=by,
                holding=holding,
                ended_on=max(claim.started_on, holding.started_on),
                reason="somebody else holds the office now",
                at=at,
            )
    _record(claim, by=by, action="office.verified", at=at, reason=reason)
    emails.claim_decided(claim, at=at)
    emails.office_began(claim, to=other_officers(claim, at=at), at=at)
    return claim


@transaction.atomic
def reject_claim(*, by: User, claim: Officeholding, reason: str, at: dt.datetime) -> Officeholding:
    """Staff do not confirm a claim; the reason goes to the person.

    Raises ValidationError without a reason or when it was decided meanwhile.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Give a reason: it goes to the person."})
    claim = _undecided(claim)
    _decide(claim, by=by, state=State.REJECTED, reason=reason, at=at)
    _record(claim, by=by, action="office.rejected", at=at, reason=reason)
    emails.claim_decided(claim, at=at)
    return claim


@transaction.atomic
def give_office(
    *,
    by: User,
    user: User,
    organisation: Organisation,
    office: Office,
    started_on: dt.date,
    evidence: str,
    at: dt.datetime,
    source: str = Source.STAFF,
) -> Officeholding:
    """A verified office at once: entered by staff, or by an invitation that was accepted.

    A claim of the same person to the same office becomes this one. Raises ValidationError for a
    body that no longer exists and for a sign-in that is closed.
    """
    organisation = lock_body(organisation)
    require_can_hold(user=user, organisation=organisation)
    holding = Officeholding.objects.filter(
        _open(at), user=user, organisation=organisation, office=office
    ).first()
    if holding is not None and holding.state == State.VERIFIED:
        return holding
    if holding is None:
        holding = Officeholding(
            organisation=organisation,
            office=office,
            user=user,
            started_on=started_on,
            created_at=at,
        )
    holding.source, holding.evidence = source, evidence
    _decide(holding, by=by, state=State.VERIFIED, reason="", at=at)
    _record(holding, by=by, action="office.given", at=at)
    emails.claim_decided(holding, at=at)
    emails.office_began(holding, to=other_officers(holding, at=at), at=at)
    return holding


@transaction.atomic
def end_office(
    *, by: User, holding: Officeholding, ended_on: dt.date, at: dt.datetime, reason: str = ""
) -> Officeholding:
    """An office ends: `ended_on` is the first day it is no longer held.

    The open invitations that the person sent out for the body are withdrawn. Raises ValidationError
    for an office that has ended, was never confirmed, or would end before it began or in future.
    """
    lock_body(holding.organisation)
    holding = Officeholding.objects.select_related("organisation", "office", "user").get(
        pk=holding.pk
    )
    if holding.state != State.VERIFIED or holding.ended_on is not None:
        raise ValidationError("This office has ended already, or was never confirmed.")
    if ended_on < holding.started_on:
        raise ValidationError({"ended_on": "An office cannot end before it starts."})
    if ended_on > clock.in_london(at).date():
        raise ValidationError({"ended_on": "Choose today or a day before: end it when it ends."})
    told = [holding.user, *other_officers(holding, at=at)]
    holding.ended_on = ended_on
    holding.save(update_fields=["ended_on"])
    OfficeInvitation.objects.open(at).filter(
        organisation=holding.organisation, invited_by=holding.user
    ).update(withdrawn_at=at)
    _record(holding, by=by, action="office.ended", at=at, reason=reason)
    emails.office_ended(holding, reason=reason, to=told, at=at)
    return holding


def other_officers(holding: Officeholding, *, at: dt.datetime) -> list[User]:
    """The body's officers in force at an instant, but for this person."""
    on = clock.in_london(at).date()
    held = Officeholding.objects.in_force(on).filter(organisation=holding.organisation_id)
    return list(
        User.objects.filter(is_active=True, pk__in=held.values("user")).exclude(pk=holding.user_id)
    )


def lock_body(organisation: Organisation) -> Organisation:
    """The body's row under lock: offices of one body are decided one after another."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def _open(at: dt.datetime) -> Q:
    return ~Q(state=State.REJECTED) & Q(ended_on__isnull=True)


def require_can_hold(*, user: User, organisation: Organisation) -> None:
    """Raises ValidationError, at its field, for a body that is gone or a sign-in that is closed."""
    if not organisation.is_active:
        raise ValidationError({"organisation": f"{organisation} no longer exists."})
    if not user.is_active:
        raise ValidationError({"user": _CLOSED})


def settle_before_merge(*, by: User, keep: User, duplicate: User, at: dt.datetime) -> None:
    """A claim of the sign-in that is kept gives way where its duplicate holds that very office.

    Two open rows of one office cannot both be theirs, and the verified one must not stay behind.
    """
    verified = Officeholding.objects.filter(
        user=duplicate, state=State.VERIFIED, ended_on__isnull=True
    )
    held = set(verified.values_list("organisation", "office"))
    claims = Officeholding.objects.claims().filter(user=keep)
    for claim in claims.select_related("organisation", "office"):
        if (claim.organisation_id, claim.office_id) in held:
            reason = "The sign-in it was merged with holds the office."
            _decide(claim, by=by, state=State.REJECTED, reason=reason, at=at)
            _record(claim, by=by, action="office.rejected", at=at, reason=reason)


def _require_active(organisation: Organisation) -> None:
    if not organisation.is_active:
        raise ValidationError(f"{organisation} no longer exists. Write to us if that is wrong.")


def _require_started(started_on: dt.date, at: dt.datetime) -> None:
    if started_on > clock.in_london(at).date():
        raise ValidationError({"started_on": "Claim an office from the day it begins, not before."})


def _undecided(claim: Officeholding) -> Officeholding:
    lock_body(claim.organisation)
    claim = Officeholding.objects.select_related("organisation", "office", "user").get(pk=claim.pk)
    if claim.state != State.CLAIMED:
        raise ValidationError(
            f"This claim was decided meanwhile: {State(claim.state).label}. Nothing was changed."
        )
    return claim


def _decide(holding: Officeholding, *, by: User, state: str, reason: str, at: dt.datetime) -> None:
    holding.state, holding.decided_by, holding.decided_at = state, by, at
    holding.decision_reason = reason.strip()
    holding.full_clean()
    holding.save()


def _record(
    holding: Officeholding, *, by: User, action: str, at: dt.datetime, reason: str = ""
) -> None:
    after = {
        "person": holding.user_id,
        "office": holding.office.name,
        "state": holding.state,
        "started_on": holding.started_on,
        "ended_on": holding.ended_on,
    }
    audit.record(
        by=by,
        action=action,
        on=holding,
        organisation=holding.organisation,
        at=at,
        after=after,
        reason=reason,
    )
