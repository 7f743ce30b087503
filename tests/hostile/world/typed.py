"""Which columns hold what people type, and the same words in all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models

from mailing.models import Heartbeat
from members.models import AuditEntry

OURS = ("mailing", "members", "events", "registrations", "motions")
#: Columns of text that no person types: keys, hashes, names of steps, addresses in our own form.
NOT_TYPED = frozenset(
    {
        "password",
        "key",
        "message_id",
        "token_hash",
        "key_hash",
        "code_hash",
        "sha256",
        "file_digest",
        "mail_key",
        "reference",
        "short_code",
        "object_type",
        "object_id",
        "action",
        "step",
        "path",
        "html",
        "line_algorithm",
        "unsubscribe_scope",
        "number",
        "label",
        "address",
        "currency",  # three letters, from the provider of cards
    }
)
#: What is typed into columns of the same names after all.
TYPED_AFTER_ALL = frozenset({"members.Member.number", "events.Venue.address"})
#: A clause has the words of its source, so that no comparison takes the payloads apart.
SAME_WORDS = {"motions.CompositeClause.text": "motions.Block.text"}
JSON_OF_TEXTS = frozenset({"other_names", "strands", "choices"})
Words = Callable[[type[models.Model], models.Field], Any]


def typed_fields(model: type[models.Model]) -> list[models.Field]:
    """The columns of a model whose words come from a person."""
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, models.CharField | models.TextField)
        and not isinstance(column, models.SlugField | models.EmailField | models.URLField)
        and not column.choices
        and (
            column.name not in NOT_TYPED or f"{model._meta.label}.{column.name}" in TYPED_AFTER_ALL
        )
    ]


def typed_models() -> list[type[models.Model]]:
    """Our own models that hold words of people; the audit trail is written anew, never changed."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS
        and not model._meta.proxy  # the table is that of another model
        and model not in (AuditEntry, Heartbeat)
        and typed_fields(model)
    ]


def write(words: Words) -> None:
    """Puts words into every typed column that is not empty, past forms, services and validators."""
    kept: dict[str, str] = {}
    for model in typed_models():
        columns = typed_fields(model)
        for row in model._base_manager.all():
            filled = [column for column in columns if getattr(row, column.name)]
            new = {column.name: _words_of(model, column, words, kept) for column in filled}
            new |= {
                column.name: [words(model, column)]
                for column in model._meta.concrete_fields
                if column.name in JSON_OF_TEXTS
            }
            model._base_manager.filter(pk=row.pk).update(**new)


def _words_of(
    model: type[models.Model], column: models.Field, words: Words, kept: dict[str, str]
) -> str:
    """The words of a column; those of `SAME_WORDS` have one text between them."""
    name = f"{model._meta.label}.{column.name}"
    if name not in SAME_WORDS and name not in SAME_WORDS.values():
        return words(model, column)
    return kept.setdefault(SAME_WORDS.get(name, name), words(model, column))
