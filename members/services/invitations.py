"""Officers invite successors and colleagues; the link works for the invited address alone.

The token has 256 bits, is stored hashed, ends after fourteen days and serves this one purpose. A
link that was forwarded must not hand over a body's office, so the person accepts it signed in with
the address it was sent to; a one-time code to that address is enough for it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

import clock
from members import audit, emails
from members.models import (
    Office,
    Officeholding,
    OfficeInvitation,
    Organisation,
    User,
)
from members.rules import Deed, may_for_body
from members.services.offices import give_office, lock_body

LASTS = dt.timedelta(days=14)
_GONE = (
    "This invitation has been used, has been withdrawn or has run out. "
    "Ask an officer of the body for a new one, or claim the office and staff will look at it."
)


@transaction.atomic
def invite_officer(
    *, by: User, organisation: Organisation, office: Office, email: str, at: dt.datetime
) -> OfficeInvitation:
    """An officer invites an address to an office; sent again it returns the open invitation.

    One whose sender may no longer invite is worth nothing, so a new one takes its place.

    Raises ValidationError for an unusable address or a body that no longer exists.
    """
    email = email.strip().lower()
    validate_email(email)
    organisation = lock_body(organisation)
    if not organisation.is_active:
        raise ValidationError(f"{organisation} no longer exists.")
    same = OfficeInvitation.objects.filter(
        organisation=organisation,
        office=office,
        email=email,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    )
    already = same.open(at).first()
    if already is not None and is_open(already, at):
        return already
    same.update(withdrawn_at=at)  # it ran out: the next one takes its place
    token = secrets.token_urlsafe(32)
    invitation = OfficeInvitation.objects.create(
        organisation=organisation,
        office=office,
        email=email,
        token_hash=hash_of(token),
        invited_by=by,
        created_at=at,
        expires_at=at + LASTS,
    )
    _record(invitation, by=by, action="invitation.sent", at=at)
    emails.invited(invitation, token=token, at=at)
    return invitation


@transaction.atomic
def withdraw_invitation(
    *, by: User, invitation: OfficeInvitation, at: dt.datetime
) -> OfficeInvitation:
    """The link stops working. Raises ValidationError when it was used meanwhile."""
    lock_body(invitation.organisation)
    invitation = OfficeInvitation.objects.select_related("organisation", "office").get(
        pk=invitation.pk
    )
    if invitation.accepted_at is not None:
        raise ValidationError("This invitation was accepted meanwhile. You can end the office.")
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        _record(invitation, by=by, action="invitation.withdrawn", at=at)
    return invitation


@transaction.atomic
def accept_invitation(*, by: User, invitation: OfficeInvitation, at: dt.datetime) -> Officeholding:
    """The invited person takes up the office; accepted twice it is the one office.

    Raises ValidationError for another address than the invited one and for an invitation that was
    used, withdrawn or has run out. A link kept in a mailbox is no way back into an office that was
    ended, and one sent from a sign-in that was closed since hands nothing over.
    """
    lock_body(invitation.organisation)
    invitation = OfficeInvitation.objects.select_related(
        "organisation", "office", "invited_by"
    ).get(pk=invitation.pk)
    if by.email != invitation.email:
        raise ValidationError("This invitation was sent to another address than yours.")
    if invitation.accepted_by_id == by.pk and (held := _held_by(by, invitation, at)):
        return held
    if not is_open(invitation, at):
        raise ValidationError(_GONE)
    holding = give_office(
        by=by,
        user=by,
        organisation=invitation.organisation,
        office=invitation.office,
        started_on=clock.in_london(at).date(),
        evidence="Invited by another officer",
        source=Officeholding.Source.INVITATION,
        at=at,
    )
    invitation.accepted_at, invitation.accepted_by = at, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record(invitation, by=by, action="invitation.accepted", at=at)
    return holding


def find(token: str) -> OfficeInvitation | None:
    """The invitation a link leads to, whatever became of it; None for an unknown link."""
    return (
        OfficeInvitation.objects.select_related("organisation", "office", "invited_by")
        .filter(token_hash=hash_of(token))
        .first()
    )


def is_open(invitation: OfficeInvitation, at: dt.datetime) -> bool:
    """May it still be accepted at this instant? Only while whoever sent it may still invite."""
    return (
        invitation.accepted_at is None
        and invitation.withdrawn_at is None
        and at < invitation.expires_at
        and invitation.invited_by.is_active
        and may_for_body(
            invitation.invited_by,
            invitation.organisation,
            Deed.INVITE,
            clock.in_london(at).date(),
        )
    )


def _held_by(user: User, invitation: OfficeInvitation, at: dt.datetime) -> Officeholding | None:
    """The office of this invitation, where the person holds it now."""
    held = Officeholding.objects.in_force(clock.in_london(at).date())
    return held.filter(
        user=user, organisation=invitation.organisation, office=invitation.office
    ).first()


def hash_of(token: str) -> str:
    """What is stored of a token. It is random, so a plain hash cannot be guessed backwards."""
    return hashlib.sha256(f"office invitation {token}".encode()).hexdigest()


def _record(invitation: OfficeInvitation, *, by: User, action: str, at: dt.datetime) -> None:
    audit.record(
        by=by,
        action=action,
        on=invitation,
        organisation=invitation.organisation,
        at=at,
        after={"office": invitation.office.name, "expires_at": invitation.expires_at},
    )
