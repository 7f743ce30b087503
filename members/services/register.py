"""Entering members and bodies as an import brings them: each leaves its entry in the trail."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from members import audit
from members.models import Member, Organisation, User

#: Of these the trail says that they changed, never what they are: it cannot forget.
CONFIDENTIAL = frozenset({"given_names", "surname", "postcode", "email"})


@transaction.atomic
def enter_member(
    *, by: User, member: Member | None, values: dict[str, Any], at: dt.datetime
) -> Member:
    """Make a member's record, or change what `values` name of the one there is.

    Who the sign-in belongs to is not touched. Raises ValidationError.
    """
    row = member or Member()
    before, after = _put(row, values)
    if before != after or member is None:
        row.full_clean(exclude=["user", "region", "organisation"])
        row.save()
        _record(by, row, "member", at, is_new=member is None, before=before, after=after)
    return row


@transaction.atomic
def enter_body(
    *, by: User, body: Organisation | None, values: dict[str, Any], at: dt.datetime
) -> Organisation:
    """Make a body, or change what `values` name of the one there is. Raises ValidationError."""
    row = body or Organisation(slug=_free_slug(values["name"]))
    before, after = _put(row, values)
    if before != after or body is None:
        row.full_clean(exclude=["region", "parent"])
        row.save()
        _record(by, row, "organisation", at, is_new=body is None, before=before, after=after)
    return row


def _put(row: Member | Organisation, values: dict[str, Any]) -> tuple[dict, dict]:
    before = {name: _plain(name, getattr(row, name)) for name in values}
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name, value in values.items():
        setattr(row, name, value)
    after = {name: _plain(name, value) for name, value in values.items()}
    kept = {name: before[name] for name in changed}
    return kept, {name: "changed" if name in CONFIDENTIAL else after[name] for name in changed}


def _plain(name: str, value: Any) -> Any:
    if name in CONFIDENTIAL:
        return "not kept here"
    return getattr(value, "pk", value)


def _free_slug(name: str) -> str:
    base = slugify(name)[:140] or "body"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )


def _record(
    by: User,
    row: Member | Organisation,
    noun: str,
    at: dt.datetime,
    *,
    is_new: bool,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    audit.record(
        by=by,
        action=f"{noun}.{'added' if is_new else 'changed'}",
        on=row,
        at=at,
        before={} if is_new else before,
        after=after,
        reason="from an imported table",
    )
