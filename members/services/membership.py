"""Connecting a sign-in with a membership record, by the person or by staff."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit, emails
from members.models import Member, User

#: One sentence for every reason, so that a refusal says nothing about who is a member.
REFUSAL = (
    "We could not connect a membership with these details. Check the number on your card or letter, "
    "and the surname or postcode we write to. If it still does not work, write to us and we connect "
    "it for you."
)


@transaction.atomic
def connect_membership(*, by: User, number: str, proof: str, at: dt.datetime) -> Member:
    """A person proves a membership by its number and the surname or postcode in the register.

    Raises ValidationError, always with the same words: unknown number, wrong proof, a record that
    belongs to another sign-in, or a sign-in that has another membership.
    """
    member = (
        Member.objects.select_for_update(of=("self",)).filter(number__iexact=number.strip()).first()
    )
    if member is not None and member.user_id == by.pk:
        return member
    taken = Member.objects.filter(user=by).exists()
    if member is None or taken or member.user_id is not None or not _proves(member, proof):
        raise ValidationError(REFUSAL, code="not_connected")
    return _connect(member, user=by, by=by, at=at, reason="by number and surname or postcode")


@transaction.atomic
def match_member(*, by: User, member: Member, user: User, at: dt.datetime, reason: str) -> Member:
    """Staff connect a record with a sign-in. Raises ValidationError when either is taken."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.user_id == user.pk:
        return member
    if member.user_id is not None:
        raise ValidationError("This record is connected with another sign-in: disconnect it first.")
    if Member.objects.filter(user=user).exists():
        raise ValidationError("This sign-in is connected with another record: merge or disconnect.")
    if not user.is_active:
        raise ValidationError("This sign-in is closed.")
    return _connect(member, user=user, by=by, at=at, reason=reason)


@transaction.atomic
def unmatch_member(*, by: User, member: Member, at: dt.datetime, reason: str) -> Member:
    """Staff take a record and a sign-in apart. Raises ValidationError when they are not connected."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.user is None:
        raise ValidationError("This record is not connected with a sign-in.")
    user, member.user = member.user, None
    member.save(update_fields=["user"])
    audit.record(
        by=by,
        action="membership.disconnected",
        on=member,
        at=at,
        before={"person": user.pk},
        reason=reason,
    )
    emails.membership_connected(member, to={user.email}, at=at, deed="disconnected")
    return member


def _connect(member: Member, *, user: User, by: User, at: dt.datetime, reason: str) -> Member:
    member.user = user
    member.save(update_fields=["user"])
    audit.record(
        by=by,
        action="membership.connected",
        on=member,
        at=at,
        after={"person": user.pk},
        reason=reason,
    )
    told = {user.email, member.email.strip().lower()} - {""}
    emails.membership_connected(member, to=told, at=at, deed="connected")
    return member


def _proves(member: Member, proof: str) -> bool:
    """Is this the surname or the postcode of the record, however it is spaced or capitalised?"""
    given = _plain(proof)
    return bool(given) and given in {_plain(member.surname), _plain(member.postcode)}


def _plain(text: str) -> str:
    return re.sub(r"[^\w]", "", text).casefold()
