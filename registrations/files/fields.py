"""What the sections share: deadlines by the name a file calls them, and rows put in order."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from events.files.node import Node
from events.models import Conference, Deadline


def deadlines_of(conference: Conference) -> dict[str, Deadline]:
    """The deadlines of a conference by the name they have in its file."""
    return {key(row): row for row in conference.deadlines.told()}


def key(row: Deadline) -> str:
    """A deadline's name in a file: its kind, or `kind/name` where it has a name of its own."""
    return f"{row.kind}/{row.name}" if row.name else row.kind


def deadline(item: Node, field: str, deadlines: dict[str, Deadline]) -> Deadline | None:
    """The deadline a field names; a name that is none of them is noted as a problem."""
    named = item.text(field)
    if named and named not in deadlines:
        known = ", ".join(sorted(deadlines)) or "none"
        item.problem(f"This conference has no deadline ‘{named}’. It has: {known}.", field)
    return deadlines.get(named)


def is_sound(row: models.Model, node: Node, *, exclude: tuple[str, ...] = ()) -> bool:
    """Does the row keep its own rules? What it breaks is noted at this place of the file."""
    try:
        row.full_clean(exclude=exclude, validate_unique=False)
    except ValidationError as error:
        for sentence in error.messages:
            node.problem(sentence)
        return False
    return True


def filled(**values: Any) -> dict[str, Any]:
    """Only what is known: a nought and a 'no' are."""
    return {name: value for name, value in values.items() if value is not None}
