"""A function a mail: what people and bodies are told about offices, memberships and sign-ins.

Each puts one mail into the outbox in the caller's transaction. Keys come from the row and the deed,
so that a service run twice tells once.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from clock.words import instant_words
from mailing import links, outbox
from members.models import Member, Officeholding, OfficeInvitation, User


def _tell(
    *,
    key: str,
    to: User | str,
    subject: str,
    template: str,
    at: dt.datetime,
    kind: str = "notice",
    **facts: Any,
) -> None:
    person = to if isinstance(to, User) else None
    outbox.put(
        key=key,
        to=person.email if person else to,
        to_name=person.name if person else "",
        subject=subject,
        template=f"members/{template}",
        context={"name": person.get_full_name() if person else "", **facts},
        kind=kind,
        at=at,
    )


def _facts(holding: Officeholding) -> dict[str, Any]:
    body = holding.organisation
    return {
        "office": holding.office.name,
        "body": body.name,
        "body_url": links.site(reverse("members:body", args=[body.slug])),
        "person": holding.user.get_full_name(),
        "reason": holding.decision_reason,
    }


def claim_received(claim: Officeholding, *, at: dt.datetime) -> None:
    """To the claimant: staff look at it."""
    _tell(
        key=f"office-claimed:{claim.pk}",
        to=claim.user,
        subject=f"We have your claim: {claim.office.name}, {claim.organisation.name}",
        template="claim_received",
        kind="receipt",
        at=at,
        **_facts(claim),
    )


def claim_decided(claim: Officeholding, *, at: dt.datetime) -> None:
    """To the claimant: confirmed or not, with the reason."""
    verified = claim.state == Officeholding.State.VERIFIED
    words = "You are confirmed as" if verified else "Not confirmed:"
    _tell(
        key=f"office-decided:{claim.pk}:{claim.state}",
        to=claim.user,
        subject=f"{words} {claim.office.name}, {claim.organisation.name}",
        template="claim_verified" if verified else "claim_rejected",
        at=at,
        **_facts(claim),
    )


def office_began(holding: Officeholding, *, to: list[User], at: dt.datetime) -> None:
    """To the other officers of the body: somebody new acts for it."""
    for officer in to:
        _tell(
            key=f"office-began:{holding.pk}:{officer.pk}",
            to=officer,
            subject=f"New {holding.office.name.lower()} of {holding.organisation.name}",
            template="office_began",
            at=at,
            **_facts(holding),
        )


def office_ended(holding: Officeholding, *, reason: str, to: list[User], at: dt.datetime) -> None:
    """To the person and the other officers: the office ended."""
    for officer in to:
        _tell(
            key=f"office-ended:{holding.pk}:{officer.pk}",
            to=officer,
            subject=f"{holding.office.name} of {holding.organisation.name}: office ended",
            template="office_ended",
            at=at,
            **{**_facts(holding), "reason": reason},
        )


def invited(invitation: OfficeInvitation, *, token: str, at: dt.datetime) -> None:
    """To the invited address: the link, which only this address can use."""
    _tell(
        key=f"office-invited:{invitation.pk}",
        to=invitation.email,
        subject=f"You are invited to be {invitation.office.name} of {invitation.organisation.name}",
        template="invited",
        at=at,
        office=invitation.office.name,
        body=invitation.organisation.name,
        inviter=invitation.invited_by.get_full_name(),
        link=links.site(reverse("members:invitation", args=[token])),
        until=instant_words(invitation.expires_at),
    )


def membership_connected(member: Member, *, to: set[str], at: dt.datetime, deed: str) -> None:
    """To the sign-in and to the register's address: the two are connected, or no longer."""
    for address in sorted(to):
        _tell(
            key=f"membership-{deed}:{member.pk}:{address}:{at.isoformat()}",
            to=address,
            subject=f"Your membership was {deed}",
            template="membership_connected",
            kind="security",
            at=at,
            deed=deed,
            number=f"…{member.number[-2:]}",
        )


def sign_ins_merged(*, keep: User, duplicate: str, at: dt.datetime) -> None:
    """To both addresses: which one works from now on."""
    for address in {keep.email, duplicate}:
        _tell(
            key=f"merged:{keep.pk}:{duplicate}:{address}",
            to=address,
            subject="Your two sign-ins are now one",
            template="sign_ins_merged",
            kind="security",
            at=at,
            kept=keep.email,
            closed=duplicate,
        )


def roles_changed(user: User, *, roles: list[str], at: dt.datetime) -> None:
    """To a person whose roles in the admin changed."""
    _tell(
        key=f"roles:{user.pk}:{at.isoformat()}",
        to=user,
        subject="Your roles were changed",
        template="roles_changed",
        kind="security",
        at=at,
        roles=roles,
    )


def address_changed(user: User, *, before: str, at: dt.datetime) -> None:
    """To the old and the new address: staff changed it."""
    for address in (before, user.email):
        _tell(
            key=f"address:{user.pk}:{at.isoformat()}:{address}",
            to=address,
            subject="Your e-mail address was changed",
            template="address_changed",
            kind="security",
            at=at,
            from_email=before,
            to_email=user.email,
        )


def second_factor_reset(user: User, *, at: dt.datetime) -> None:
    """To a person whose authenticator staff took away."""
    _tell(
        key=f"second-factor-reset:{user.pk}:{at.isoformat()}",
        to=user,
        subject="Your authenticator app was removed",
        template="security_notice",
        kind="security",
        at=at,
        sign_in_url=links.site(reverse("account_login")),
    )
