"""The test database: made by the real migrations, once per state of the migrations.

Migrating takes seconds, so on SQLite the migrated file is kept beside the test databases and copied
while no migration, nor project code that a migration uses, has changed.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
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
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """On SQLite the copied file is kept by the set-up (and removed by us); else as asked."""
    return IS_SQLITE or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def migrated_file(django_db_modify_db_settings: None) -> Path:
    """The kept file of this state of the migrations, copied to where this run's database will be."""
    own = Path(connection.settings_dict["TEST"]["NAME"] or "")
    kept = own.parent / f"migrated-{_state_of_migrations()}.sqlite3"
    if IS_SQLITE and kept.exists():
        shutil.copyfile(kept, own)
    return kept


@contextmanager
def _tables_come_back_filled(rows: str) -> Iterator[None]:
    """A test with real commits ends by emptying every table: what migrations wrote comes back.

    (Regions, offices, role groups.) Django's own serialised rollback brings such rows only before
    the next test of that kind. The audit trail, which lets nobody delete, is got past meanwhile.
    """
    emptying = TransactionTestCase._fixture_teardown

    def empty_and_fill(case: TransactionTestCase) -> None:
        case.serialized_rollback = True  # content types come from the rows, not from a signal
        connection._test_serialized_contents = rows
        with audit_triggers.lifted(connection):
            emptying(case)
        del connection._test_serialized_contents
        connection.creation.deserialize_db_from_string(rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_fill)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    migrated_file: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """After pytest-django's own set-up: keep a newly migrated file; at the end remove the run's."""
    own = Path(connection.settings_dict["NAME"])
    if IS_SQLITE and not migrated_file.exists():
        for old in own.parent.glob("migrated-*.sqlite3"):
            old.unlink(missing_ok=True)
        copy = Path(f"{own}.copy")
        with closing(sqlite3.connect(own)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        copy.replace(migrated_file)
    with django_db_blocker.unblock():
        rows = connection.creation.serialize_db_to_string()
    with _tables_come_back_filled(rows):
        yield
    if IS_SQLITE:
        connection.close()
        for rest in own.parent.glob(f"{own.name}*"):
            rest.unlink(missing_ok=True)
    else:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            # A thread that a race test left without closing would keep the database from going.
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
