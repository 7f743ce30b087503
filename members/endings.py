"""What becomes of a row about a person: it is kept for a reason, deleted, or overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat

ERASED_HOST = "@erased.invalid"


@dataclass(frozen=True, slots=True)
class Keep:
    """The rows stay as they are, for a reason a person can be told."""

    reason: str


@dataclass(frozen=True, slots=True)
class Delete:
    """The rows are deleted."""

    reason: str = "nothing else needs them"


@dataclass(frozen=True, slots=True)
class Blank:
    """These fields are overwritten; a value may be made of the model (`erased_address`).

    `stays` names the fields that hold words and are left, each with its reason: a field of words
    that is neither overwritten nor named there fails the build.
    """

    values: Mapping[str, Any]
    reason: str
    stays: Mapping[str, str] = field(default_factory=dict)

    def for_rows_of(self, model: type[models.Model]) -> dict[str, Any]:
        """What to write, for `update()`."""
        return {n: value(model) if callable(value) else value for n, value in self.values.items()}

    def done(self) -> Q:
        """Rows that were overwritten already."""
        found = Q()
        for name, value in self.values.items():
            if value is erased_address:
                found &= Q(**{f"{name}__endswith": ERASED_HOST})
            elif value is None:
                found &= Q(**{f"{name}__isnull": True})
            elif not callable(value):
                found &= Q(**{name: value})
        return found


Ending = Keep | Delete | Blank


def erased_address(model: type[models.Model]) -> Concat:
    """An address that can never receive mail (RFC 2606) and differs for every row."""
    return Concat(
        Value(f"erased-{model._meta.model_name}-"),
        Cast(F(model._meta.pk.attname), CharField()),
        Value(ERASED_HOST),
    )
