"""The audit trail is append-only in the database itself, whichever way one comes."""

import pytest
from django.db import IntegrityError, connection, transaction

from members import audit
from members.models import AuditEntry
from tests.factories import AT, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    body = make_organisation("Cardiff")
    return audit.record(by=make_user(), action="body.changed", on=body, organisation=body, at=AT)


def refused(act):
    with (
        pytest.raises(IntegrityError, match="The audit trail cannot be changed."),
        transaction.atomic(),
    ):
        act()
    return True


def test_entry_is_written_with_actor_object_and_body(entry):
    assert (entry.action, entry.object_type, entry.object_label) == (
        "body.changed",
        "members.organisation",
        "Cardiff",
    )


def test_entry_cannot_be_changed_through_the_model(entry):
    entry.reason = "another"
    assert refused(entry.save)


def test_entries_cannot_be_changed_through_a_queryset(entry):
    assert refused(lambda: AuditEntry.objects.update(reason="another"))
    assert refused(lambda: AuditEntry.objects.bulk_update([entry], ["action"]))


def test_entry_cannot_be_deleted_through_the_model(entry):
    assert refused(entry.delete)


def test_entries_cannot_be_deleted_through_a_queryset(entry):
    assert refused(AuditEntry.objects.all().delete)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE members_auditentry SET action = 'another'",
        "DELETE FROM members_auditentry",
        "DELETE FROM members_auditentry WHERE id > 0",
    ],
)
def test_entries_cannot_be_changed_or_deleted_by_sql(entry, sql):
    def act():
        with connection.cursor() as cursor:
            cursor.execute(sql)

    assert refused(act)
    entry.refresh_from_db()
    assert entry.action == "body.changed"


REPLACING = {
    "sqlite": "INSERT OR REPLACE INTO members_auditentry SELECT * FROM members_auditentry",
    "postgresql": "INSERT INTO members_auditentry SELECT * FROM members_auditentry"
    " ON CONFLICT (id) DO UPDATE SET action = 'another'",
}


def test_entry_cannot_be_replaced_by_another_with_its_number(entry):
    def act():
        with connection.cursor() as cursor:
            cursor.execute(REPLACING[connection.vendor])

    assert refused(act)


@pytest.mark.django_db(transaction=True)
def test_entry_cannot_be_deleted_in_autocommit(entry):
    with pytest.raises(IntegrityError):
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.count() == 1
