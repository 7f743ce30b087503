"""Everything the database holds, in a shape in which two runs of the same deed are equal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models

from tests.hostile.world.typed import OURS

Snapshot = dict[str, Counter]
WATCHED = (*OURS, "account", "mfa", "auth")
#: Drawn anew each time, or made of what is.
RANDOM = frozenset(
    {
        *("token_hash", "key_hash", "code_hash", "idempotency_key", "message_id", "key"),
        *("text", "html", "headers", "sha256", "reference", "mail_key", "number", "form_key"),
        *("object_id", "object_label", "last_login", "date_joined", "password", "path"),
    }
)
#: The trail tells numbers of rows, which a database does not give twice.
NUMBERED = frozenset({"members.AuditEntry.before", "members.AuditEntry.after"})


NAME = re.compile(r'"(\w+)"')


@contextmanager
def written_to() -> Iterator[set[str]]:
    """The tables that any statement but a plain SELECT names meanwhile: all that may be changed."""
    tables: set[str] = set()

    def _note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("SELECT"):
            tables.update(NAME.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(_note):
        yield tables


def keys() -> dict[type[models.Model], set[Any]]:
    """The rows there are before anything is done."""
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in _watched()}


def taken(known: dict[type[models.Model], set[Any]], *, tables: set[str] | None = None) -> Snapshot:
    """Every row of every table; rows made since are called 'new', whatever their number.

    With `tables` only of those, as the database names them.
    """
    return {
        model._meta.label: Counter(_rows(model, known))
        for model in _watched()
        if tables is None or model._meta.db_table in tables
    }


def _watched() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in WATCHED and model._meta.managed
    ]


def _rows(model: type[models.Model], known: dict[type[models.Model], set[Any]]) -> Any:
    columns = [
        column
        for column in model._meta.concrete_fields
        if column.name not in RANDOM and f"{model._meta.label}.{column.name}" not in NUMBERED
    ]
    for row in model._base_manager.values_list(*(column.attname for column in columns)):
        yield tuple(
            _plain(column, value, known) for column, value in zip(columns, row, strict=True)
        )


def _plain(column: models.Field, value: Any, known: dict[type[models.Model], set[Any]]) -> str:
    table = column.model if column.primary_key and not column.is_relation else column.related_model
    if value is not None and table in known and value not in known[table]:
        return "new"
    if isinstance(value, memoryview):  # bytes, as PostgreSQL's driver gives them
        value = bytes(value)
    return str(value)


def differences(one: Snapshot, other: Snapshot) -> dict[str, tuple[list[Any], list[Any]]]:
    """By table, the rows that only one of the two has."""
    return {
        label: (list((rows - other[label]).elements()), list((other[label] - rows).elements()))
        for label, rows in one.items()
        if rows != other[label]
    }
