from django.db import migrations, models

SENT_WITH_IT = ("mover", "seconder", "names_consent", "meeting_name", "meeting_on")


def take_from_the_motion(apps, schema_editor):
    """What versions made before this say is what their motion says now: nothing else was kept."""
    version_model = apps.get_model("motions", "MotionVersion")
    for version in version_model.objects.select_related("motion").iterator():
        for name in SENT_WITH_IT:
            setattr(version, name, getattr(version.motion, name))
        version.save(update_fields=SENT_WITH_IT)


class Migration(migrations.Migration):
    dependencies = [
        ("motions", "0002_reasons_of_rulings"),
    ]

    operations = [
        migrations.AddField(
            model_name="motionversion",
            name="meeting_name",
            field=models.CharField(blank=True, max_length=150, verbose_name="passed by (meeting)"),
        ),
        migrations.AddField(
            model_name="motionversion",
            name="meeting_on",
            field=models.DateField(blank=True, null=True, verbose_name="held on"),
        ),
        migrations.AddField(
            model_name="motionversion",
            name="mover",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="motionversion",
            name="names_consent",
            field=models.BooleanField(
                default=False, verbose_name="mover and seconder agree to be named in public"
            ),
        ),
        migrations.AddField(
            model_name="motionversion",
            name="seconder",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.RunPython(take_from_the_motion, migrations.RunPython.noop),
    ]
