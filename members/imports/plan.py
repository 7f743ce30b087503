"""What an import would do, row by row, and the fingerprint by which a stale preview is known. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from members.imports.columns import Column, Row
from members.models import User


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Planned:
    """One row: what it is about, its fate, and either the changes or why it is refused.

    `changes` are (field, before, after) as they are shown; `target` is the row there is (None: a new
    one), `values` what a service is given.
    """

    number: int
    label: str
    fate: Fate
    sentences: list[str] = field(default_factory=list)
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    target: models.Model | None = None
    values: dict[str, Any] = field(default_factory=dict)
    waits: bool = False  # written after the others, which it refers to

    @property
    def is_written(self) -> bool:
        """Does confirming write anything for it?"""
        return self.fate in {Fate.NEW, Fate.CHANGED}


def refused(row: Row, label: str) -> Planned:
    """A row that is left out, with its sentences."""
    return Planned(row.number, label, Fate.REFUSED, sentences=row.problems)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of import: its columns, who may, how rows become a plan, and the service that writes.

    `plan(rows, options, lock)` reads the database in a fixed number of queries; with `lock` it holds
    the rows it compares with. `options` is a form asked with the file (which conference), or None.
    """

    name: str
    title: str
    explain: str
    columns: tuple[Column, ...]
    model: type[models.Model]
    may: Callable[[User], bool]
    plan: Callable[[list[Row], dict[str, Any], bool], list[Planned]]
    write: Callable[..., Any]
    options: type[forms.Form] | None = None
    after: Callable[[], None] = lambda: None


def count(plan: Sequence[Planned]) -> dict[Fate, int]:
    """How many rows have which fate, each fate named."""
    found = Counter(row.fate for row in plan)
    return {fate: found[fate] for fate in Fate}


def fingerprint(plan: Sequence[Planned]) -> str:
    """The same for two plans that would show the same; another as soon as a fact beside them is."""
    facts = [(row.number, row.label, row.fate, row.sentences, row.changes) for row in plan]
    written = json.dumps(facts, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def once(rows: Sequence[Row], column: Column) -> None:
    """Refuse every row after the first that says the same in this column, capitals or not."""
    first: dict[str, int] = {}
    for row in rows:
        value = row.values.get(column.name)
        if value is None:
            continue
        earlier = first.setdefault(str(value).casefold(), row.number)
        if earlier != row.number:
            row.refuse(column, f"{value} stands in row {earlier} already.")


def differences(
    present: models.Model, values: dict[str, Any], heads: dict[str, str]
) -> list[tuple[str, Any, Any]]:
    """What would change, as it is shown."""
    return [
        (heads.get(name, name), _shown(getattr(present, name)), _shown(value))
        for name, value in values.items()
        if getattr(present, name) != value
    ]


def firsts(values: dict[str, Any], heads: dict[str, str]) -> list[tuple[str, Any, Any]]:
    """What a new row would say, as it is shown."""
    return [(heads[name], "", _shown(value)) for name, value in values.items() if name in heads]


def _shown(value: Any) -> Any:
    if isinstance(value, dt.date):
        return f"{value:%a %-d %b %Y}"
    return str(value) if isinstance(value, models.Model) else value
