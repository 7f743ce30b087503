"""Roles, closing and merging of sign-ins, and the record of a changed address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from members import audit, emails
from members.merging import Follower, followers
from members.models import Member, User
from members.roles import Role, roles_of
from members.services.offices import settle_before_merge


@transaction.atomic
def set_roles(*, by: User, user: User, roles: Iterable[Role], at: dt.datetime) -> User:
    """Gives a person these roles and takes the others; without any they are no longer staff.

    Raises ValidationError when it would lock the actor out, leave the party without an
    administrator, or give roles to a closed sign-in.
    """
    wanted = frozenset(roles)
    # Roles change one after another: two administrators who take each other's role at once would
    # each find the other still there, or wait for each other for ever.
    Group.objects.select_for_update(no_key=True).filter(name=Role.ADMINISTRATOR.value).first()
    user = _locked(user)
    before = roles_of(user)
    if wanted == before and user.is_staff == bool(wanted):
        return user
    require_roles_fit(by=by, user=user, wanted=wanted)
    user.groups.set(Group.objects.filter(name__in=[role.value for role in wanted]))
    user.is_staff, user.is_superuser = bool(wanted), False
    user.save(update_fields=["is_staff", "is_superuser"])
    vars(user).pop("_roles", None)
    audit.record(
        by=by,
        action="roles.changed",
        on=user,
        at=at,
        before={"roles": sorted(before)},
        after={"roles": sorted(wanted)},
    )
    emails.roles_changed(user, roles=[role.label for role in Role if role in wanted], at=at)
    return user


def require_roles_fit(*, by: User, user: User, wanted: frozenset[Role]) -> None:
    """Raises ValidationError for roles that would lock somebody out; asked again under the lock."""
    if user.pk == by.pk and Role.ADMINISTRATOR not in wanted:
        raise ValidationError("You cannot take the administrator's role from yourself.")
    if wanted and not user.is_active:
        raise ValidationError("This sign-in is closed: open it before you give it a role.")
    if Role.ADMINISTRATOR in roles_of(user) - wanted:
        _require_another_administrator(user)


@transaction.atomic
def make_sign_in(
    *, by: User, email: str, name: str, roles: Iterable[Role], at: dt.datetime
) -> User:
    """Staff make a sign-in for somebody, who then signs in with one-time codes.

    Raises ValidationError when the address has a sign-in already.
    """
    user = User(email=email.strip().lower(), name=name, date_joined=at)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    audit.record(by=by, action="sign-in.made", on=user, at=at)
    return set_roles(by=by, user=user, roles=roles, at=at)


@transaction.atomic
def change_address(*, by: User, user: User, email: str, reason: str, at: dt.datetime) -> User:
    """Staff change the address of a sign-in; both addresses are told and every session ends.

    Raises ValidationError when the address has a sign-in already.
    """
    user = _locked(user)
    before, user.email = user.email, email.strip().lower()
    if user.email == before:
        return user
    user.full_clean(exclude=["password"])
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.filter(email=user.email).delete()  # somebody else's, never confirmed
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    end_sessions(user)
    record_address_change(user=user, before=before, after=user.email, at=at, by=by, reason=reason)
    emails.address_changed(user, before=before, at=at)
    return user


@transaction.atomic
def close_sign_in(*, by: User, user: User, reason: str, at: dt.datetime) -> User:
    """Nobody can sign in with it any more; what it did stays.

    Raises ValidationError for one's own sign-in, for staff with roles, and without a reason.
    """
    user = _locked(user)
    if user.pk == by.pk:
        raise ValidationError("You cannot close your own sign-in.")
    if roles_of(user):
        raise ValidationError("Take this person's roles away first.")
    if not reason.strip():
        raise ValidationError("Say why the sign-in is closed.")
    _close(user)
    audit.record(by=by, action="sign-in.closed", on=user, at=at, reason=reason)
    return user


@transaction.atomic
def reset_second_factor(*, by: User, user: User, reason: str, at: dt.datetime) -> User:
    """For somebody who lost their phone: their authenticators go, and every session ends.

    Raises ValidationError for oneself, so that a borrowed session cannot take the factor off.
    """
    user = _locked(user)
    if user.pk == by.pk:
        raise ValidationError("Ask another administrator to do this for you.")
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    audit.record(by=by, action="second-factor.reset", on=user, at=at, reason=reason)
    emails.second_factor_reset(user, at=at)
    return user


@transaction.atomic
def open_sign_in(*, by: User, user: User, reason: str, at: dt.datetime) -> User:
    """A closed sign-in works again. Raises ValidationError for one merged into another."""
    user = _locked(user)
    if user.merged_into_id is not None:
        raise ValidationError("This sign-in was merged into another and stays closed.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(by=by, action="sign-in.opened", on=user, at=at, reason=reason)
    return user


@transaction.atomic
def merge_users(
    *, by: User, keep: User, duplicate: User, reason: str, at: dt.datetime
) -> dict[str, int]:
    """Two sign-ins of one person become one; says how many rows of each table followed.

    What the duplicate held moves (`members.merging`); what it *did* stays with it. Its address is
    freed and both addresses are told. Raises ValidationError for one and the same sign-in, for
    staff, for a closed one, and when both have a membership.
    """
    if keep.pk == duplicate.pk:
        raise ValidationError("Choose two different sign-ins.")
    first, second = sorted((keep.pk, duplicate.pk))
    locked = {user.pk: user for user in (_locked_by(first), _locked_by(second))}
    keep, duplicate = locked[keep.pk], locked[duplicate.pk]
    _require_mergeable(keep, duplicate)
    settle_before_merge(by=by, keep=keep, duplicate=duplicate, at=at)
    moved = {"membership": Member.objects.filter(user=duplicate).update(user=keep)}
    for follower in followers():
        name = follower.model._meta.label_lower
        moved[name] = moved.get(name, 0) + _move(follower, keep=keep, duplicate=duplicate)
    address = duplicate.email
    duplicate.email = f"merged-{duplicate.pk}@merged.invalid"
    duplicate.merged_into = keep
    duplicate.set_unusable_password()
    _close(duplicate)
    audit.record(
        by=by,
        action="sign-in.merged",
        on=keep,
        at=at,
        before={"duplicate": duplicate.pk},
        after=moved,
        reason=reason,
    )
    emails.sign_ins_merged(keep=keep, duplicate=address, at=at)
    return moved


@transaction.atomic
def record_address_change(
    *,
    user: User,
    before: str,
    after: str,
    at: dt.datetime,
    by: User | None = None,
    reason: str = "",
) -> None:
    """The address of a sign-in was changed, by its owner or by staff; the trail keeps it short."""
    audit.record(
        by=by or user,
        reason=reason,
        action="address.changed",
        on=user,
        at=at,
        before={"address": shortened(before)},
        after={"address": shortened(after)},
    )


def shortened(address: str) -> str:
    """'ann@example.org' as 'a…@example.org': enough for its owner to know it."""
    local, _, domain = address.partition("@")
    return f"{local[:1]}…@{domain}"


def _require_mergeable(keep: User, duplicate: User) -> None:
    if keep.is_staff or duplicate.is_staff:
        raise ValidationError("Sign-ins of staff are not merged: take the roles away first.")
    if not keep.is_active or duplicate.merged_into_id is not None:
        raise ValidationError("One of these sign-ins is closed.")
    if Member.objects.filter(user__in=[keep, duplicate]).count() == 2:
        raise ValidationError(
            "Both are connected with a membership, so they may be two people. Disconnect one first."
        )


def _move(follower: Follower, *, keep: User, duplicate: User) -> int:
    """Moves a table's rows; a row that the kept sign-in already has stays with the duplicate."""
    rows = follower.model._base_manager.filter(**{follower.field: duplicate})
    if not follower.unique_with:
        return rows.update(**{follower.field: keep})
    moved = 0
    for row in rows:
        same = {name: getattr(row, name) for name in follower.unique_with}
        twins = follower.model._base_manager.filter(
            follower.still, **{follower.field: keep}, **same
        )
        is_bound = follower.model._base_manager.filter(follower.still, pk=row.pk).exists()
        if not (is_bound and twins.exists()):
            moved += follower.model._base_manager.filter(pk=row.pk).update(**{follower.field: keep})
    return moved


def _close(user: User) -> None:
    """Ends every session and forgets every way of signing in."""
    user.is_active = False
    user.save()
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)


def end_sessions(user: User) -> None:
    """Signs a person out everywhere."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def _require_another_administrator(user: User) -> None:
    others: QuerySet[User] = User.objects.filter(
        is_active=True, is_staff=True, groups__name=Role.ADMINISTRATOR.value
    ).exclude(pk=user.pk)
    if not others.exists():
        raise ValidationError("The party needs at least one administrator.")


def _locked(user: User) -> User:
    return _locked_by(user.pk)


def _locked_by(pk: int) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=pk)
