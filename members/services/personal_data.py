"""Exporting and erasing one person, from the register of personal data and from nothing else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.crypto import salted_hmac

from members import audit
from members.models import Erasure, User
from members.personal_data import Declaration, Delete, Keep, Person, register
from members.roles import roles_of
from members.services.forgetting import forget, forget_files


@transaction.atomic
def export_person(*, by: User | None, person: Person, at: dt.datetime) -> dict[str, Any]:
    """Everything the register knows of a person, by table, with why and for how long it is kept."""
    tables = {
        entry.model._meta.label_lower: {
            "what": str(entry.model._meta.verbose_name_plural),
            "why": entry.why,
            "kept": entry.kept,
            "rows": [_plain(row, entry) for row in entry.told(entry.rows(person), at)],
        }
        for entry in register()
    }
    tables = {name: table for name, table in tables.items() if table["rows"]}
    audit.record(
        by=by,
        action="person.exported",
        on=person.user or User,
        at=at,
        after={
            "rows": {name: len(table["rows"]) for name, table in tables.items()},
            "digests": [] if person.user else sorted(map(digest, person.addresses)),
        },
    )
    return {"made_at": at.isoformat(), "tables": tables}


@transaction.atomic
def erase_person(
    *, by: User | None, person: Person, reason: str, at: dt.datetime, is_replay: bool = False
) -> dict[str, str]:
    """Does to every table what the register says, and writes the journal; tells what was done.

    Raises ValidationError for staff with roles and without a reason.
    """
    if not reason.strip():
        raise ValidationError("Say why this person is erased.")
    if person.user is not None and roles_of(person.user):
        raise ValidationError("Take this person's roles away before you erase them.")
    digests = sorted(digest(address) for address in person.addresses)
    counts = _erase_all(person, at)
    journal = Erasure.objects.create(
        at=at,
        by=by,
        user_number=person.user.pk if person.user else None,
        digests=digests,
        reason=reason,
        counts=counts,
        is_replay=is_replay,
    )
    audit.record(by=by, action="person.erased", on=journal, at=at, after=counts, reason=reason)
    if not is_replay:
        transaction.on_commit(lambda: _append(journal))
    return counts


def replay_erasures(*, lines: Iterable[str], at: dt.datetime) -> list[dict[str, str]]:
    """Erases again, after a restore, everybody in the journal's lines who is back in the tables."""
    done = []
    for line in filter(str.strip, lines):
        entry = json.loads(line)
        wanted = set(entry["digests"])
        back = frozenset(a for a in _all_addresses() if wanted & set(_digests(a)))
        user = User.objects.filter(pk=entry["user"], email__in=back).first()
        if back:
            done.append(
                erase_person(
                    by=None,
                    person=Person(user, back, Person.of(user).names if user else frozenset()),
                    reason=f"again after a restore; first on {entry['at'][:10]}",
                    at=at,
                    is_replay=True,
                )
            )
    return done


def digest(address: str) -> str:
    """A keyed digest of an address: it can be compared, not read back."""
    return next(iter(_digests(address)))


def _digests(address: str) -> Iterator[str]:
    """With the key in force first, then with those before it."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac(
            "members.erasure", address.lower(), secret=key, algorithm="sha256"
        ).hexdigest()


def _all_addresses() -> set[str]:
    """Every address in every declared table, in lower case."""
    return {
        address.lower()
        for entry in register()
        for name in entry.addresses
        for address in entry.model._base_manager.exclude(**{name: ""})
        .values_list(name, flat=True)
        .distinct()
        .iterator()
        if address
    }


def _erase_all(person: Person, at: dt.datetime) -> dict[str, str]:
    """Everything is found before anything is erased: later rows may hang on earlier ones.

    What may not be told yet is erased as well, and not counted.
    """
    entries = register()
    files = [
        (entry, file.name, _fixed(entry.rows_with_file(file, person)))
        for entry in entries
        for file in entry.files
    ]
    naming = [(entry, _fixed(entry.rows_naming(person))) for entry in entries if entry.words]
    found = [(entry, _fixed(entry.rows(person))) for entry in entries]
    own = [(entry, rows, entry.told(rows, at).count()) for entry, rows in found]
    counts = {}
    for entry, name, rows in files:
        if removed := forget_files(rows, name):
            counts[f"{entry.model._meta.label_lower}.{name}"] = f"files removed {removed}"
    for entry, rows in naming:
        if blanked := forget(rows, entry.words.ending):
            counts[f"{entry.model._meta.label_lower} naming them"] = f"blanked {blanked}"
    for entry, rows, told in own:
        if deed := _erase(entry, rows, told):
            counts[entry.model._meta.label_lower] = deed
    return counts


def _fixed(rows: models.QuerySet[models.Model]) -> models.QuerySet[models.Model]:
    """The same rows by their keys, whatever becomes of what they were found by."""
    return rows.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))


def _erase(entry: Declaration, rows: models.QuerySet[models.Model], told: int) -> str:
    """Does it to all of the rows, and says it of as many as may be told."""
    ending, words = entry.erasure, "kept"
    if not isinstance(ending, Keep):
        forget(rows, ending)
        words = "deleted" if isinstance(ending, Delete) else "blanked"
    return f"{words} {told}: {ending.reason}" if told else ""


def _plain(row: models.Model, entry: Declaration) -> dict[str, Any]:
    values = {name: getattr(row, _column(row, name)) for name in entry.exported}
    # A file is told by its name.
    return {n: str(value) if isinstance(value, File) else value for n, value in values.items()}


def _column(row: models.Model, name: str) -> str:
    return row._meta.get_field(name).attname


def _append(journal: Erasure) -> None:
    """One line outside of the database. Losing it loses the replay, so a full disk is an error."""
    path = Path(settings.ERASURE_JOURNAL)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = {"at": journal.at, "user": journal.user_number, "digests": journal.digests}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, cls=DjangoJSONEncoder) + "\n")
