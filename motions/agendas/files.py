"""The part `debate` of the section `business` of a conference file: minutes of speeches.

What is left out has its default.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.core.exceptions import ValidationError

from events.files.node import Node
from events.models import Conference
from motions.agendas.budget import Minutes
from motions.models import DebateRules

NAMES = tuple(field.name for field in fields(Minutes))
USUAL = Minutes()


def load_debate(conference: Conference, business: Node) -> bool:
    """Make the rules of debate equal to the part; says whether anything changed."""
    node = business.child("debate")
    wanted: dict[str, Any] = {name: getattr(USUAL, name) for name in NAMES} | {"basis": ""}
    if node is not None:
        node.only(*NAMES, "basis")
        given = {name: node.whole(name) for name in NAMES}
        wanted |= {name: value for name, value in given.items() if value is not None}
        wanted["basis"] = node.text("basis", longest=200)
    row = DebateRules.of(conference)
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        for sentence in error.messages:
            (node or business).problem(sentence)
        return True
    row.save()
    return True


def dump_debate(conference: Conference) -> dict[str, Any] | None:
    """The part as it would be written, without what is at its default; None when all of it is."""
    row = DebateRules.of(conference)
    said: dict[str, Any] = {
        name: getattr(row, name) for name in NAMES if getattr(row, name) != getattr(USUAL, name)
    }
    if row.basis:
        said["basis"] = row.basis
    return said or None
