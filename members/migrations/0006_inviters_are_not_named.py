"""An office taken up by an invitation said who had invited, and would have said so after an erasure."""

from django.db import migrations


def take_names_out(apps, schema_editor):
    """Who invited stands on the invitation itself, as a number."""
    held = apps.get_model("members", "Officeholding").objects
    held.filter(source="invitation", evidence__startswith="Invited by ").update(
        evidence="Invited by another officer"
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0005_merging_invitations_and_erasures")]
    operations = [migrations.RunPython(take_names_out, migrations.RunPython.noop)]
