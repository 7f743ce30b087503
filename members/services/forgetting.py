"""Deleting and overwriting rows about people, with the files that belong to them."""

from __future__ import annotations

from django.db import models, transaction
from django.db.models import FileField, Q, QuerySet

from members.endings import Blank, Delete


def forget(rows: QuerySet[models.Model], ending: Delete | Blank) -> int:
    """Do it to these rows in one statement; says to how many. Call it in a transaction.

    Files go when it has come to pass: a file cannot be brought back by a rollback.
    """
    files = _files(rows, [f for f in _file_fields(rows.model) if _goes(f, ending)])
    if isinstance(ending, Delete):
        total = rows.count()
        rows.delete()
    else:
        total = rows.update(**ending.for_rows_of(rows.model))
    _remove_after_commit(files)
    return total


def forget_files(rows: QuerySet[models.Model], name: str) -> int:
    """Take one file off each of these rows; says off how many."""
    rows = rows.exclude(**{name: ""})
    files = _files(rows, [rows.model._meta.get_field(name)])
    total = rows.update(**{name: ""})
    _remove_after_commit(files)
    return total


def _file_fields(model: type[models.Model]) -> list[FileField]:
    return [f for f in model._meta.concrete_fields if isinstance(f, FileField)]


def _goes(field: FileField, ending: Delete | Blank) -> bool:
    return isinstance(ending, Delete) or field.name in ending.values


def _files(rows: QuerySet[models.Model], fields: list[FileField]) -> list[tuple[FileField, str]]:
    return [
        (field, name)
        for field in fields
        for name in rows.exclude(Q(**{field.name: ""})).values_list(field.name, flat=True)
    ]


def _remove_after_commit(files: list[tuple[FileField, str]]) -> None:
    def remove() -> None:
        for field, name in files:
            field.storage.delete(name)

    if files:
        transaction.on_commit(remove)
