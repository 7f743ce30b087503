"""What a cell names: regions and bodies, by the words people use for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from members.imports.columns import Column, Row
from members.models import Organisation, Region


def regions() -> dict[str, Region]:
    """By name, capitals or not."""
    return {row.name.casefold(): row for row in Region.objects.all()}


def bodies(rows: QuerySet[Organisation] | None = None) -> dict[str, Organisation]:
    """Bodies that exist now, by name and by their number in the party's register."""
    rows = Organisation.objects.active() if rows is None else rows
    found = {row.register_number.casefold(): row for row in rows if row.register_number}
    return found | {row.name.casefold(): row for row in rows}


def resolve(
    row: Row, name: str, columns: Sequence[Column], known: Mapping[str, Any], noun: str
) -> None:
    """Put the row a cell names in the place of its words, or refuse it."""
    words = row.values.get(name)
    if words is None:
        return
    found = known.get(str(words).casefold())
    if found is None:
        column = next(each for each in columns if each.name == name)
        row.refuse(column, f"there is no {noun} ‘{str(words)[:80]}’ here.")
    else:
        row.values[name] = found
