"""The database's own refusal to change or remove an entry of the audit trail.

One of the two triggers the house allows, on SQLite and PostgreSQL alike. SQLite loses a table's
triggers whenever a migration rebuilds it: such a migration ends with `create` again, and the tests
of the trail fail where it was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

_MESSAGE = "The audit trail cannot be changed."

_SQLITE = (
    f"""CREATE TRIGGER IF NOT EXISTS members_audit_no_update
    BEFORE UPDATE ON members_auditentry
    BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS members_audit_no_delete
    BEFORE DELETE ON members_auditentry
    BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END""",
    # INSERT OR REPLACE removes the old row without firing the trigger above.
    f"""CREATE TRIGGER IF NOT EXISTS members_audit_no_replace
    BEFORE INSERT ON members_auditentry
    WHEN EXISTS (SELECT 1 FROM members_auditentry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END""",
)
_SQLITE_DROP = tuple(
    f"DROP TRIGGER IF EXISTS members_audit_no_{deed}" for deed in ("update", "delete", "replace")
)
# Class 23 reaches Python as an IntegrityError, as SQLite's ABORT does.
_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION members_audit_refuse() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = '23001'; END
    $$ LANGUAGE plpgsql""",
    "DROP TRIGGER IF EXISTS members_audit_append_only ON members_auditentry",
    """CREATE TRIGGER members_audit_append_only
    BEFORE UPDATE OR DELETE ON members_auditentry
    FOR EACH ROW EXECUTE FUNCTION members_audit_refuse()""",
)
_POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS members_audit_append_only ON members_auditentry",
    "DROP FUNCTION IF EXISTS members_audit_refuse()",
)


def create(connection: BaseDatabaseWrapper) -> None:
    """Puts the triggers in place; harmless when they are there."""
    _run(connection, {"sqlite": _SQLITE, "postgresql": _POSTGRESQL})


def drop(connection: BaseDatabaseWrapper) -> None:
    """Takes them away: for a migration backwards, and for emptying a test database."""
    _run(connection, {"sqlite": _SQLITE_DROP, "postgresql": _POSTGRESQL_DROP})


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the triggers for a block: only for the tests, which empty their tables."""
    drop(connection)
    try:
        yield
    finally:
        create(connection)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements.get(connection.vendor, ()):
            cursor.execute(statement)
