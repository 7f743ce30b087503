"""The test database: made by the real migrations, once per state of the migrations.

Migrating takes most of a minute, so the migrated database is kept as a file (on PostgreSQL as a dump)
and copied while no migration, nor project code that a migration uses, has changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from members import audit_triggers
from tests import architecture

ROOT = Path(__file__).resolve().parent.parent.parent
IS_SQLITE = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"


def _file(module: str) -> Path:
    return ROOT / f"{module.replace('.', '/')}.py"


def _state_of_migrations() -> str:
    """Changes when a migration changes, or a project module that one imports, or the lock."""
    migrations = sorted(ROOT.glob("*/migrations/*.py"))
    named = {
        name
        for path in migrations
        for found in architecture.imports(ROOT, path)
        if found.imported.startswith(architecture.FLOORS)
        for name in (found.imported, found.imported.rpartition(".")[0])
    }
    used = [path for name in sorted(named) if (path := _file(name)).exists()]
    digest = hashlib.sha256()
    for path in [*migrations, *used]:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    digest.update((ROOT / "requirements-dev.txt").read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The set-up takes the database that was copied; it is removed by us."""
    return True


def _sqlite_from(kept: Path) -> None:
    shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])


def _sqlite_to(kept: Path) -> None:
    own = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(own)) as source, closing(sqlite3.connect(kept)) as target:
        source.backup(target)


def _postgres_tool(name: str, *arguments: str) -> bool:
    """Runs one of PostgreSQL's own programs; False where it is not here or does not succeed."""
    found = shutil.which(name) or max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), default="")
    given = connection.settings_dict
    server = {"-h": given["HOST"], "-p": str(given["PORT"]), "-U": given["USER"]}
    where = [word for option, value in server.items() if value for word in (option, value)]
    secret = {"PGPASSWORD": given["PASSWORD"]} if given["PASSWORD"] else {}
    return (
        bool(found)
        and subprocess.run(
            [found, *where, *arguments], env=os.environ | secret, capture_output=True, check=False
        ).returncode
        == 0
    )


def _drop_in_postgres(name: str) -> None:
    """Also the one that a stopped run, or a thread of a race test, left without closing."""
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")


def _postgres_from(kept: Path) -> None:
    name = connection.creation._get_test_db_name()
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)} TEMPLATE template0")
    # All or nothing: what was not read leaves an empty database, which is then migrated.
    _postgres_tool("psql", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", str(kept), name)


def _postgres_to(kept: Path) -> None:
    if not _postgres_tool(
        "pg_dump", "-O", "--no-comments", "-f", str(kept), connection.settings_dict["NAME"]
    ):
        kept.unlink(missing_ok=True)


@dataclass(frozen=True)
class Migrated:
    """The kept file of this state of the migrations, and the turn of the process that makes it."""

    kept: Path
    turn: IO[str]


@pytest.fixture(scope="session")
def migrated(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> Migrated:
    """The kept file, copied to where this run's database will be.

    Where there is none yet, the first process of a run makes it and the others wait for their turn:
    to migrate takes a processor most of a minute.
    """
    kept = (
        settings.VAR_DIR / f"migrated-{_state_of_migrations()}.{'sqlite3' if IS_SQLITE else 'sql'}"
    )
    with django_db_blocker.unblock():
        if not IS_SQLITE:
            _drop_in_postgres(connection.creation._get_test_db_name())
        turn = open(kept.parent / "migrating.lock", "w")  # noqa: SIM115 - closed by the set-up
        fcntl.flock(turn, fcntl.LOCK_EX)
        if kept.exists():
            turn.close()
            (_sqlite_from if IS_SQLITE else _postgres_from)(kept)
    return Migrated(kept, turn)


def _keep(kept: Path) -> None:
    """Keeps the migrated database for the next, in place of those of older migrations."""
    for old in kept.parent.glob(f"migrated-*{kept.suffix}"):
        old.unlink(missing_ok=True)
    copy = kept.with_suffix(f"{kept.suffix}.copy")
    (_sqlite_to if IS_SQLITE else _postgres_to)(copy)
    if copy.exists():
        copy.replace(kept)


def _rows(model: type[Model]) -> list[tuple]:
    return list(model._base_manager.order_by("pk").values_list())


def _tables_with_rows(models: Iterable[type[Model]]) -> set[type[Model]]:
    """Which tables hold anything: one question for all of them."""
    by_table = {model._meta.db_table: model for model in models}
    quoted = connection.ops.quote_name
    question = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quoted(table)})" for table in by_table
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {by_table[table] for (table,) in cursor.fetchall()}


@contextmanager
def _tables_come_back_filled() -> Iterator[None]:
    """A test with real commits ends with every table as the migrations left it.

    (Regions, offices, role groups.) Django's own way empties all tables and brings such rows back
    one by one, before the next test of that kind only. Here what the test left is removed and what
    it changed of the migrations' rows is put back: seconds less for each test. The constraints are
    deferred to the end of a transaction on both databases, so the order of tables is free. The audit
    trail, which lets nobody delete, is got past meanwhile.
    """
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    kept = {model: list(model._base_manager.all()) for model in _tables_with_rows(models)}
    rows = {model: _rows(model) for model in kept}

    def put_back(case: TransactionTestCase) -> None:
        changed = {model for model in kept if _rows(model) != rows[model]}
        with audit_triggers.lifted(connection), transaction.atomic():
            with connection.cursor() as cursor:
                for model in changed | (_tables_with_rows(models) - set(kept)):
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
            for model in changed:
                model._base_manager.bulk_create(kept[model])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", put_back)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    migrated: Migrated, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """After pytest-django's own set-up: keep what was newly migrated; at the end remove the run's."""
    if not migrated.kept.exists():
        _keep(migrated.kept)
    migrated.turn.close()
    with ExitStack() as filled:
        with django_db_blocker.unblock():
            filled.enter_context(_tables_come_back_filled())
            # SQLite is asked for this once a process: not in the test that counts its questions
            assert connection.features.supports_json_field
        yield
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        if not IS_SQLITE:
            _drop_in_postgres(own)
    if IS_SQLITE:
        for rest in Path(own).parent.glob(f"{Path(own).name}*"):
            rest.unlink(missing_ok=True)
