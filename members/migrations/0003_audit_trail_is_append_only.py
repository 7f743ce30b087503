"""The audit trail refuses UPDATE and DELETE in the database itself."""

from django.db import migrations

from members import audit_triggers


def create(apps, schema_editor):
    audit_triggers.create(schema_editor.connection)


def drop(apps, schema_editor):
    audit_triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("members", "0002_people_and_bodies")]

    operations = [migrations.RunPython(create, drop)]
