"""May *you*? Plain questions about people and the bodies they act for."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.db.models import QuerySet

from members.models import Officeholding, Organisation, User
from members.reading import once
from members.roles import Role, has_role, roles_of


class Deed(StrEnum):
    """What an office may allow its holder to do for the body; a field of the office table."""

    BOOK = "may_book"
    SUBMIT = "may_submit"
    PAY = "may_pay"
    INVITE = "may_invite"
    AUTHORISE = "may_authorise"


def offices_in_force(user: User, on: dt.date) -> QuerySet[Officeholding]:
    """The verified offices a person holds on a date."""
    if not user.is_authenticated:
        return Officeholding.objects.none()
    return (
        Officeholding.objects.in_force(on)
        .filter(user=user)
        .select_related("office", "organisation")
    )


def _held(user: User, on: dt.date) -> QuerySet[Officeholding]:
    """The same to be part of another question: nothing beside the rows, in no order."""
    return Officeholding.objects.in_force(on).filter(user=user.pk).order_by()


def _offices(user: User, on: dt.date) -> list[Officeholding]:
    """The same as rows, with office and body: one question however many sections of a page ask."""
    if not user.is_authenticated:
        return []
    return once(
        ("offices", user.pk, on),
        lambda: list(_held(user, on).select_related("office", "organisation")),
    )


def may_for_body(user: User, organisation: Organisation, deed: Deed, on: dt.date) -> bool:
    """Does a verified office of this body, in force on the date, allow this deed?"""
    return any(
        row.organisation_id == organisation.pk and getattr(row.office, deed)
        for row in _offices(user, on)
    )


def bodies_for(user: User, deed: Deed, on: dt.date) -> QuerySet[Organisation]:
    """The bodies for which a person's offices allow this deed on a date."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    held = _held(user, on).filter(**{f"office__{deed}": True})
    return Organisation.objects.active().filter(pk__in=held.values("organisation"))


def bodies_acted_for(user: User, deed: Deed, on: dt.date) -> list[Organisation]:
    """The same as rows, by name, for a page that asks about the person's offices anyway."""
    rows = (row for row in _offices(user, on) if getattr(row.office, deed))
    found = {row.organisation_id: row.organisation for row in rows if row.organisation.is_active}
    return sorted(found.values(), key=lambda body: body.name)


def body_keys_for(user: User, deed: Deed, on: dt.date) -> QuerySet[Officeholding, int]:
    """The same by primary key, to be part of another question."""
    held = _held(user, on).filter(organisation__is_active=True, **{f"office__{deed}": True})
    return held.values_list("organisation_id", flat=True)


def body_ids_for(user: User, deed: Deed, on: dt.date) -> list[int]:
    """The same, asked at once: a plain list keeps the questions built on it plain."""
    return [body.pk for body in bodies_acted_for(user, deed, on)]


def holds_an_office(user: User, on: dt.date) -> bool:
    """Does this person act for any body on the date?"""
    return bool(_offices(user, on))


def is_officer(user: User, organisation: Organisation, on: dt.date) -> bool:
    """Does this person hold any verified office of the body on the date, whatever it allows?"""
    return any(row.organisation_id == organisation.pk for row in _offices(user, on))


def own_body(user: User, slug: str, on: dt.date) -> Organisation | None:
    """The body of this slug, if the person holds an office of it: no question of its own."""
    return next((r.organisation for r in _offices(user, on) if r.organisation.slug == slug), None)


def may_see_body(user: User, organisation: Organisation, on: dt.date) -> bool:
    """A body's own page: its officers in force and the party's staff; nobody else."""
    return bool(roles_of(user)) or is_officer(user, organisation, on)


def may_end(user: User, holding: Officeholding, on: dt.date) -> bool:
    """An office is ended by its holder, by an officer of the body who invites, or by staff."""
    return (
        holding.user_id == user.pk
        or may_decide_claims(user)
        or may_for_body(user, holding.organisation, Deed.INVITE, on)
    )


def may_decide_claims(user: User) -> bool:
    """Staff who verify offices and give them."""
    return has_role(user, Role.REGISTRATIONS_OFFICER)


def may_match_members(user: User) -> bool:
    """Staff who connect sign-ins with membership records, and make duplicates one."""
    return has_role(user, Role.REGISTRATIONS_OFFICER)


def may_import_register(user: User) -> bool:
    """Staff who bring members and bodies from the party's register as a table."""
    return has_role(user, Role.REGISTRATIONS_OFFICER)


def may_set_roles(user: User) -> bool:
    """Who gives roles in the admin."""
    return has_role(user, Role.ADMINISTRATOR)


def may_handle_personal_data(user: User) -> bool:
    """Who exports and erases a person."""
    return has_role(user, Role.DATA_PROTECTION_OFFICER)


def may_use_mail(user: User, act: str) -> bool:
    """Who looks at the outbox (`see`) and who decides about a mail in it (`decide`).

    The outbox tells who goes to a party's conference, so it is not for everybody on the staff.
    """
    deciders = (Role.ADMINISTRATOR, Role.REGISTRATIONS_OFFICER)
    if act == "see":
        return has_role(user, *deciders, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)
    return has_role(user, *deciders)
