from django.db import migrations, models

# A start for the committee's own list, which staff edit. Common practice: the Rule Book is not known.
REASONS = [
    (
        "Belongs to the policy process",
        "The motion is about policy. Policy is made through the policy process, so please send it "
        "as a policy submission.",
    ),
    (
        "Not within the powers of conference",
        "The motion asks for something that conference cannot decide.",
    ),
    (
        "Needs a change of the rules",
        "What the motion asks for needs a change of the rules, which has its own form and its own "
        "deadline.",
    ),
    ("Already decided", "Conference has already decided on this matter."),
    (
        "Not clear enough to vote on",
        "As it stands, it is not clear what conference would be deciding.",
    ),
    (
        "More than one subject",
        "The motion deals with more than one subject. Please send one motion for each.",
    ),
    (
        "Not from a body that may send motions",
        "Motions come from the bodies named in the call for motions.",
    ),
    ("More words than allowed", "The text has more words than are allowed."),
    (
        "Late without a sufficient reason",
        "The motion came after the deadline, and the committee was not satisfied by the reason "
        "given.",
    ),
]


def fill(apps, schema_editor):
    RulingReason = apps.get_model("motions", "RulingReason")
    for position, (name, words) in enumerate(REASONS, start=1):
        RulingReason.objects.get_or_create(
            name=name, defaults={"words": words, "position": position}
        )


class Migration(migrations.Migration):
    dependencies = [("motions", "0001_business_of_conference")]

    operations = [
        migrations.RemoveField(model_name="motionversion", name="line_width"),
        migrations.AlterField(
            model_name="block",
            name="kind",
            field=models.CharField(
                choices=[
                    ("para", "paragraph"),
                    ("bullet", "bullet"),
                    ("heading", "heading"),
                    ("clause", "clause"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterConstraint(
            model_name="ruling",
            name="motions_ruling_says_why",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict", "in_order"),
                    ("reason__isnull", False),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="motions_ruling_says_why",
                violation_error_message="Choose a reason from the list or write one for the body.",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
