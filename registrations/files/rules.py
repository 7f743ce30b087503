"""The sections `delegations` and `check_in`: what a conference asks of delegations and at its doors.

What a section leaves out has its default, so that the section alone says how it is.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from events.files.node import Node
from events.models import Conference
from registrations.files.fields import filled, is_sound
from registrations.models import DelegationRules, DoorRules, PassType

DELEGATION_FIELDS = (
    "beyond",
    "without_allocation",
    "imbalance_blocks",
    "odd_may_differ",
    "youth_until",
    "membership_on",
)
DOOR_FIELDS = {
    "photo_id": "asks_photo_id",
    "refuses_unpaid": "refuses_unpaid",
    "walk_in_pass": "walk_in_pass",
    "quorum": "quorum",
    "scans_kept_days": "scans_kept_days",
}
MOST_DAYS = 366


def load_delegations(conference: Conference, node: Node) -> bool:
    """Make the rules for delegations those of the section; says whether anything changed."""
    node.only(*DELEGATION_FIELDS)
    wanted = DelegationRules(
        conference=conference,
        beyond=node.choice("beyond", DelegationRules.Beyond, DelegationRules.Beyond.QUEUED),
        without_allocation=node.choice(
            "without_allocation", DelegationRules.Missing, DelegationRules.Missing.NO_LIMIT
        ),
        imbalance_blocks=node.flag("imbalance_blocks"),
        odd_may_differ=node.flag("odd_may_differ", default=True),
        youth_until=node.whole("youth_until") or DelegationRules.YouthUntil.THIRTY,
        membership_on=node.date("membership_on"),
    )
    row = DelegationRules.objects.filter(conference=conference).first()
    return _put(row, wanted, node)


def dump_delegations(conference: Conference) -> dict[str, Any] | None:
    """The rules as the section would say them; nothing where the defaults hold."""
    row = DelegationRules.objects.filter(conference=conference).first()
    return (
        None if row is None else filled(**{name: getattr(row, name) for name in DELEGATION_FIELDS})
    )


def load_check_in(conference: Conference, node: Node) -> bool:
    """Make the rules of the doors those of the section; says whether anything changed."""
    node.only(*DOOR_FIELDS)
    row = DoorRules.objects.filter(conference=conference).first()
    wanted = DoorRules(
        pk=None if row is None else row.pk,
        conference=conference,
        asks_photo_id=node.flag("photo_id"),
        refuses_unpaid=node.flag("refuses_unpaid"),
        walk_in_pass=_walk_in(conference, node),
        quorum=node.whole("quorum"),
        scans_kept_days=_days(node),
    )
    return _put(row, wanted, node)


def _walk_in(conference: Conference, node: Node) -> PassType | None:
    code = node.text("walk_in_pass")
    found = conference.pass_types.filter(code=code).first()
    if code and found is None:
        known = ", ".join(conference.pass_types.values_list("code", flat=True)) or "none"
        node.problem(f"This conference has no pass ‘{code}’. It has: {known}.", "walk_in_pass")
    return found


def _days(node: Node) -> int:
    days = node.whole("scans_kept_days")
    if days is None:
        return DoorRules._meta.get_field("scans_kept_days").default
    if days > MOST_DAYS:
        node.problem(f"Scans are kept for {MOST_DAYS} days at most.", "scans_kept_days")
    return min(days, MOST_DAYS)


def dump_check_in(conference: Conference) -> dict[str, Any] | None:
    """The rules of the doors as the section would say them; nothing where the defaults hold."""
    row = DoorRules.objects.select_related("walk_in_pass").filter(conference=conference).first()
    if row is None:
        return None
    said = {name: getattr(row, field) for name, field in DOOR_FIELDS.items()}
    return filled(**said | {"walk_in_pass": row.walk_in_pass and row.walk_in_pass.code})


def _put(row: models.Model | None, wanted: models.Model, node: Node) -> bool:
    """Save what differs from what is there; says whether anything did."""
    fields = [field.attname for field in wanted._meta.concrete_fields]
    if row is not None and all(getattr(row, name) == getattr(wanted, name) for name in fields):
        return False
    if node.problems or not is_sound(wanted, node, exclude=("conference",)):
        return False
    wanted.save()
    return True
