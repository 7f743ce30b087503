"""The part `committee` of the section `business` of a conference file.

Who sits on the committee and who is its chair are people and stand in no file. What is left out has
its default; `appeal_door` names a deadline of the file and takes the place of `appeal_days`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from events.files.node import Node
from events.models import Conference, Deadline
from motions.committee.models import APPEAL_DAYS, CommitteeRules
from motions.models.ruling import RulingReason

FIELDS = (
    "readers",
    "takes_appeals",
    "appeal_days",
    "appeal_door",
    "reasons",
    "composite_words",
    "numbering",
    "basis",
)


def load_committee(conference: Conference, business: Node, deadlines: dict[str, Deadline]) -> bool:
    """Make the committee's rules equal to the part; says whether anything changed."""
    node = business.child("committee")
    wanted, reasons = (_defaults(), []) if node is None else _read(node, deadlines)
    row = CommitteeRules.of(conference)
    is_same = all(getattr(row, name) == value for name, value in wanted.items())
    had = set(row.reasons.values_list("pk", flat=True))
    if is_same and had == {reason.pk for reason in reasons}:
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    try:
        # not `full_clean`: whether the chair still sits on the committee is no matter of the file
        row.validate_constraints()
    except ValidationError as error:
        for sentence in error.messages:
            (node or business).problem(sentence)
        return True
    row.save()
    row.reasons.set(reasons)
    return True


def dump_committee(conference: Conference, key: Callable[[Deadline], str]) -> dict[str, Any] | None:
    """The part as it would be written, without what is at its default; None when all of it is."""
    row = CommitteeRules.of(conference)
    facts = {
        "readers": row.readers if row.needs_two else None,
        "takes_appeals": None if row.takes_appeals else False,
        "appeal_days": None if row.appeal_days == APPEAL_DAYS else row.appeal_days,
        "appeal_door": key(row.appeal_deadline) if row.appeal_deadline else None,
        "composite_words": row.composite_max_words,
        "reasons": list(row.reasons.values_list("name", flat=True)),
        "numbering": row.numbering if row.is_numbered_by_category else None,
        "basis": row.basis,
    }
    return {name: value for name, value in facts.items() if value not in (None, "", [])} or None


def _defaults() -> dict[str, Any]:
    return {
        "readers": CommitteeRules.Readers.ONE,
        "takes_appeals": True,
        "appeal_days": APPEAL_DAYS,
        "appeal_deadline": None,
        "composite_max_words": None,
        "numbering": CommitteeRules.Numbering.SERIAL,
        "basis": "",
    }


def _read(node: Node, deadlines: dict[str, Deadline]) -> tuple[dict[str, Any], list[RulingReason]]:
    node.only(*FIELDS)
    door = node.text("appeal_door")
    if door and door not in deadlines:
        known = ", ".join(sorted(deadlines)) or "none"
        node.problem(f"This conference has no deadline ‘{door}’. It has: {known}.", "appeal_door")
    days = node.whole("appeal_days", least=1)
    if days is None and not door:
        days = APPEAL_DAYS
    wanted = {
        "readers": node.whole("readers", least=1) or CommitteeRules.Readers.ONE,
        "takes_appeals": node.flag("takes_appeals", default=True),
        "appeal_days": days,
        "appeal_deadline": deadlines.get(door),
        "composite_max_words": node.whole("composite_words", least=1),
        "numbering": node.choice(
            "numbering", CommitteeRules.Numbering, CommitteeRules.Numbering.SERIAL
        ),
        "basis": node.text("basis", longest=200),
    }
    return wanted, _reasons(node)


def _reasons(node: Node) -> list[RulingReason]:
    found = []
    for name in node.texts("reasons", longest=80):
        reason = RulingReason.objects.filter(name=name).first()
        if reason is None:
            node.problem(f"There is no reason ‘{name}’ in the committee's list.", "reasons")
        else:
            found.append(reason)
    return found
