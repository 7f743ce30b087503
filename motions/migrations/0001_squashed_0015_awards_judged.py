"""The tables as they stood after 15 migrations, in one: a new database is ready in seconds.

Databases that have those migrations take this one as done; they go with the next release.
"""

import uuid

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
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
    (
        "Happened before ordinary motions closed",
        "What the motion is about happened before the deadline for ordinary motions, so that one "
        "could have been sent.",
    ),
]


def fill(apps, schema_editor):
    RulingReason = apps.get_model("motions", "RulingReason")
    for position, (name, words) in enumerate(REASONS, start=1):
        RulingReason.objects.get_or_create(
            name=name, defaults={"words": words, "position": position}
        )


class Migration(migrations.Migration):
    replaces = [
        ("motions", "0001_business_of_conference"),
        ("motions", "0002_reasons_of_rulings"),
        ("motions", "0003_facts_sent_with_a_version"),
        ("motions", "0004_rules_of_committees"),
        ("motions", "0005_opinions_interests_and_notes"),
        ("motions", "0006_appeals"),
        ("motions", "0007_day_of_an_emergency"),
        ("motions", "0008_categories_of_a_conference"),
        ("motions", "0009_amendments"),
        ("motions", "0010_composites"),
        ("motions", "0011_reading"),
        ("motions", "0012_decisions_on_amendments"),
        ("motions", "0013_agendas"),
        ("motions", "0014_posts_and_elections"),
        ("motions", "0015_awards_judged"),
    ]

    initial = True

    dependencies = [
        ("events", "0001_squashed_0011_judges_and_presenters"),
        ("members", "0001_squashed_0006_inviters_are_not_named"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paragraph", "paragraph"),
                            ("bullet", "bullet"),
                            ("heading", "heading"),
                            ("clause", "clause"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "ordering": ["version", "position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="motions_block_has_text",
                        violation_error_message="A block has text.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CompositeClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=20)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paragraph", "paragraph"),
                            ("bullet", "bullet"),
                            ("heading", "heading"),
                            ("clause", "clause"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "ordering": ["version", "position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="motions_compositeclause_has_text",
                        violation_error_message="A clause has text.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RulingReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("words", models.TextField(verbose_name="what the body is told")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="offered")),
            ],
            options={
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="StandingCommittee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, unique=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="AwardCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_party_councils",
                    models.BooleanField(default=True, verbose_name="party councils may send"),
                ),
                (
                    "from_societies",
                    models.BooleanField(default=True, verbose_name="societies may send"),
                ),
                (
                    "from_branches",
                    models.BooleanField(default=False, verbose_name="branches may send"),
                ),
                (
                    "per_body_limit",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: no limit.",
                        null=True,
                        verbose_name="at most this many from one body",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where these rules come from"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "honours",
                    models.CharField(
                        choices=[("person", "a member"), ("body", "a local party or branch")],
                        max_length=10,
                    ),
                ),
                ("introduction", models.TextField(blank=True, verbose_name="what it is for")),
                (
                    "max_words",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="citation: at most this many words"
                    ),
                ),
                (
                    "most_winners",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Of commended there may be any number.",
                        verbose_name="at most this many winners",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="The lowest is presented first.",
                        verbose_name="place in the evening",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="events.deadline"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "award categories",
                "ordering": ["deadline", "position", "name"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("per_body_limit__isnull", True),
                            ("per_body_limit__gt", 0),
                            _connector="OR",
                        ),
                        name="motions_awardcategory_limit_above_zero",
                        violation_error_message="A limit is at least 1; leave it empty for none.",
                    ),
                    models.UniqueConstraint(
                        fields=("deadline", "name"),
                        name="motions_awardcategory_once_a_deadline",
                        violation_error_message="This deadline already has a category of that name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most_winners__gt", 0)),
                        name="motions_awardcategory_has_a_winner",
                        violation_error_message="An award has at least one winner.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="why")),
                ("decided_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="bodies and nominees told"
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="motions.awardcategory",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["category", "-decided_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("category",),
                        name="motions_awarddecision_one_a_category",
                        violation_error_message="This award is decided already: look at the page again.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="motions_awarddecision_says_why",
                        violation_error_message="Say why the panel decided so.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_at__isnull", True), ("ended_at__isnull", True), _connector="OR"
                        ),
                        name="motions_awarddecision_told_once_it_stands",
                        violation_error_message="What was told is not decided anew.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardNomination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "idempotency_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "on this site"),
                            ("post", "by post"),
                            ("email", "by e-mail"),
                        ],
                        default="web",
                        max_length=10,
                        verbose_name="came",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it came by post or e-mail.",
                        null=True,
                        verbose_name="received (UK time)",
                    ),
                ),
                ("scan", models.FileField(blank=True, upload_to="motions/scans/%Y/")),
                ("created_at", models.DateTimeField()),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="sent in"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("submitted", "sent in"), ("withdrawn", "withdrawn")],
                        default="submitted",
                        max_length=20,
                    ),
                ),
                ("nominee_name", models.CharField(max_length=150, verbose_name="nominee")),
                (
                    "nominee_email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="nominee's e-mail address"
                    ),
                ),
                (
                    "is_under_18",
                    models.BooleanField(default=False, verbose_name="the nominee is under 18"),
                ),
                ("citation", models.TextField()),
                ("evidence", models.TextField(blank=True)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="motions.awardcategory",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nominee_body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award_nominations",
                        to="members.organisation",
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-submitted_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel", "web"),
                                ("entered_by__isnull", True),
                                ("received_at__isnull", True),
                            ),
                            models.Q(
                                models.Q(("channel", "web"), _negated=True),
                                ("entered_by__isnull", False),
                                ("received_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="motions_awardnomination_paper_has_a_receipt_time",
                        violation_error_message="What came by post or e-mail has its time of receipt and who entered it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("submitted_at__isnull", True), ("submitted_by__isnull", True)
                            ),
                            models.Q(
                                ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_awardnomination_sent_by_somebody",
                        violation_error_message="What was sent in says by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_awardnomination_withdrawn_by_somebody",
                        violation_error_message="What was withdrawn says by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("submitted_at__isnull", False)),
                        name="motions_awardnomination_has_a_time",
                        violation_error_message="A nomination has the time at which it was sent in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                            models.Q(("state", "submitted"), ("withdrawn_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="motions_awardnomination_withdrawn_has_a_time",
                        violation_error_message="A withdrawn nomination says when.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="motions/evidence/%Y/")),
                ("name", models.CharField(max_length=120, verbose_name="as the sender called it")),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="motions.awardnomination",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "award evidence",
                "ordering": ["nomination", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AwardNominee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("name_key", models.CharField(editable=False, max_length=150)),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("is_under_18", models.BooleanField(default=False)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominees",
                        to="motions.awardcategory",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="motions.awardnominee",
                    ),
                ),
            ],
            options={
                "ordering": ["category", "name", "pk"],
                "indexes": [
                    models.Index(fields=["category", "name_key"], name="motions_awardnominee_key")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("body__isnull", False), ("merged_into__isnull", True)),
                        fields=("category", "body"),
                        name="motions_awardnominee_a_body_once",
                        violation_error_message="This body is a nominee already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="motions_awardnominee_has_a_name",
                        violation_error_message="A nominee has a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="motions_awardnominee_not_into_itself",
                        violation_error_message="A nominee is not merged into itself.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="awardnomination",
            name="nominee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="nominations",
                to="motions.awardnominee",
            ),
        ),
        migrations.CreateModel(
            name="AwardInterest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="what it is")),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.conference",
                    ),
                ),
                (
                    "judge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="motions.awardnominee",
                    ),
                ),
            ],
            options={
                "ordering": ["conference", "declared_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nominee__isnull", False), ("organisation__isnull", True)),
                            models.Q(("nominee__isnull", True), ("organisation__isnull", False)),
                            _connector="OR",
                        ),
                        name="motions_awardinterest_in_one_thing",
                        violation_error_message="An interest is in one nominee or in one body.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="motions_awardinterest_says_what",
                        violation_error_message="Say what your interest is: the other judges see it.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("nominee__isnull", False), ("withdrawn_at__isnull", True)
                        ),
                        fields=("judge", "nominee"),
                        name="motions_awardinterest_once_a_nominee",
                        violation_error_message="This interest is declared already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False), ("withdrawn_at__isnull", True)
                        ),
                        fields=("judge", "conference", "organisation"),
                        name="motions_awardinterest_once_a_body",
                        violation_error_message="This interest is declared already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardHonour",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[("commended", "commended"), ("winner", "winner")], max_length=10
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="what is said of them")),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("not_asked", "not asked yet"),
                            ("asked", "asked"),
                            ("given", "may be named"),
                            ("refused", "not to be named"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                (
                    "public_name",
                    models.CharField(blank=True, max_length=150, verbose_name="named as"),
                ),
                ("token_hash", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="motions.awarddecision",
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="motions.awardnominee",
                    ),
                ),
            ],
            options={
                "ordering": ["decision", "-result", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "nominee"),
                        name="motions_awardhonour_once_each",
                        violation_error_message="A nominee is honoured once in a category.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token_hash", ""), _negated=True),
                        fields=("token_hash",),
                        name="motions_awardhonour_one_link_each",
                        violation_error_message="A personal link is for one honour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent__in", ["given", "refused"]), _negated=True),
                            ("answered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="motions_awardhonour_answer_has_a_time",
                        violation_error_message="An answer has its time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent", "given"), _negated=True),
                            models.Q(("public_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="motions_awardhonour_named_as",
                        violation_error_message="Whoever agrees is named as something.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardRules",
            fields=[
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="award_rules",
                        serialize=False,
                        to="events.conference",
                    ),
                ),
                (
                    "presented_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Until this hour nobody outside the panel learns who is honoured. Empty: not yet known, and nothing becomes public.",
                        null=True,
                        verbose_name="presented at (UK time)",
                    ),
                ),
                (
                    "least_scores",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="The chair sees no score before. Where fewer judges may score, all who may.",
                        verbose_name="scores are shown once this many judges have scored",
                    ),
                ),
                (
                    "most_points",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="points for a criterion, at most"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where these rules come from"
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        help_text="One of the judges. Decides; where the chair is kept from it, another judge does.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="the panel's chair",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of recognition awards",
                "verbose_name_plural": "rules of recognition awards",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("least_scores__gt", 0)),
                        name="motions_awardrules_a_score_at_least",
                        violation_error_message="At least one judge scores.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most_points__gt", 0)),
                        name="motions_awardrules_a_point_at_least",
                        violation_error_message="There is at least one point to give.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardCriterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "words",
                    models.CharField(blank=True, max_length=300, verbose_name="what it asks"),
                ),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="counts how many times"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="motions.awardrules",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "award criteria",
                "ordering": ["rules", "position", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rules", "name"),
                        name="motions_awardcriterion_once_a_conference",
                        violation_error_message="This conference already has a criterion of that name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0)),
                        name="motions_awardcriterion_counts",
                        violation_error_message="A criterion counts at least once.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, verbose_name="for the panel, in your own words"),
                ),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "judge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nominee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="motions.awardnominee",
                    ),
                ),
            ],
            options={
                "ordering": ["nominee", "given_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("nominee", "judge"),
                        name="motions_awardscore_one_a_judge",
                        violation_error_message="This judge has already scored this nominee.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardPoints",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("points", models.PositiveSmallIntegerField()),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="motions.awardcriterion",
                    ),
                ),
                (
                    "score",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="motions.awardscore",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "award points",
                "ordering": ["score", "criterion"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("score", "criterion"),
                        name="motions_awardpoints_once_a_criterion",
                        violation_error_message="This criterion has its points already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BarredRegion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="because")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.region",
                    ),
                ),
            ],
            options={
                "ordering": ["post", "region"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="motions_bar_has_a_reason",
                        violation_error_message="Say why members from this region cannot stand.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_party_councils",
                    models.BooleanField(default=True, verbose_name="party councils may send"),
                ),
                (
                    "from_societies",
                    models.BooleanField(default=True, verbose_name="societies may send"),
                ),
                (
                    "from_branches",
                    models.BooleanField(default=False, verbose_name="branches may send"),
                ),
                (
                    "per_body_limit",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: no limit.",
                        null=True,
                        verbose_name="at most this many from one body",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where these rules come from"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organisational", "organisational motion"),
                            ("rule_change", "rule change"),
                            ("emergency", "emergency motion"),
                            ("amendment", "amendment"),
                        ],
                        default="organisational",
                        max_length=20,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Empty: the name of the kind.", max_length=120
                    ),
                ),
                (
                    "introduction",
                    models.TextField(
                        blank=True,
                        help_text="Plain text, shown above the form.",
                        verbose_name="what it is for",
                    ),
                ),
                (
                    "max_words",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: no limit. Of an amendment the words it inserts are counted.",
                        null=True,
                        verbose_name="at most this many words",
                    ),
                ),
                (
                    "needs_mover",
                    models.BooleanField(default=False, verbose_name="a mover must be named"),
                ),
                (
                    "needs_seconder",
                    models.BooleanField(default=False, verbose_name="a seconder must be named"),
                ),
                (
                    "needs_meeting",
                    models.BooleanField(
                        default=False, verbose_name="the meeting that passed it must be named"
                    ),
                ),
                (
                    "takes_late",
                    models.BooleanField(
                        default=True,
                        help_text="A body may ask, with a reason; the CAC decides.",
                        verbose_name="late motions are put before the CAC",
                    ),
                ),
                (
                    "late_test",
                    models.TextField(
                        blank=True,
                        help_text="What the CAC asks before it takes one. Shown to the body and to the CAC.",
                        verbose_name="the test for a late motion",
                    ),
                ),
                (
                    "emergency_test",
                    models.TextField(
                        blank=True,
                        help_text="For emergency motions: what makes one. Shown to the body and to the CAC.",
                        verbose_name="the test for an emergency",
                    ),
                ),
                (
                    "threshold",
                    models.CharField(
                        choices=[("simple", "simple majority"), ("two_thirds", "two thirds")],
                        default="simple",
                        help_text="Of the votes for and against; a tie falls. Rule changes usually need two thirds.",
                        max_length=12,
                        verbose_name="to be carried it needs",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="events.deadline"
                    ),
                ),
            ],
            options={
                "ordering": ["deadline", "kind", "name"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("per_body_limit__isnull", True),
                            ("per_body_limit__gt", 0),
                            _connector="OR",
                        ),
                        name="motions_call_limit_above_zero",
                        violation_error_message="A limit is at least 1; leave it empty for none.",
                    ),
                    models.UniqueConstraint(
                        fields=("deadline", "kind", "name"),
                        name="motions_call_once_a_deadline",
                        violation_error_message="This deadline already has a call of that kind.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("max_words__isnull", True), ("max_words__gt", 0), _connector="OR"
                        ),
                        name="motions_call_words_above_zero",
                        violation_error_message="A limit of words is at least 1; leave it empty for none.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("membership_number", models.CharField(blank=True, max_length=30)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked for their consent"),
                            ("consented", "has agreed to stand"),
                            ("declined", "does not want to stand"),
                            ("withdrawn", "has withdrawn"),
                            ("struck_out", "cannot stand"),
                            ("elected", "elected"),
                            ("not_elected", "not elected"),
                        ],
                        default="asked",
                        max_length=20,
                    ),
                ),
                ("statement", models.TextField(blank=True)),
                ("interests", models.TextField(blank=True, verbose_name="declared interests")),
                ("photo", models.FileField(blank=True, upload_to="motions/photos/%Y/")),
                ("wording_version", models.PositiveIntegerField(default=1)),
                (
                    "written_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="statement saved"),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "links_sent",
                    models.PositiveSmallIntegerField(default=1, verbose_name="links sent"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="found to be a delegate"
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrew"),
                ),
                ("struck_out_at", models.DateTimeField(blank=True, null=True)),
                ("struck_out_reason", models.CharField(blank=True, max_length=300)),
                (
                    "years",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="elected for so many years"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.region",
                    ),
                ),
                (
                    "struck_out_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: by the rules themselves, when their time had come.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["post", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "struck_out"), _negated=True),
                            models.Q(
                                ("struck_out_at__isnull", False),
                                models.Q(("struck_out_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_candidate_struck_out_with_a_reason",
                        violation_error_message="Say why this person cannot stand.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["consented", "declined"]), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="motions_candidate_answer_has_a_time",
                        violation_error_message="An answer has its time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_candidate_withdrew_at_a_time",
                        violation_error_message="Whoever withdrew did so at a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("years__isnull", True),
                            models.Q(("state", "elected"), ("years__gt", 0)),
                            _connector="OR",
                        ),
                        name="motions_candidate_term_of_the_elected",
                        violation_error_message="Only those who are elected have a term.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Small numbers come first.",
                        verbose_name="place in the list",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="motion_categories",
                        to="events.conference",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
                "ordering": ["conference", "position", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "name"),
                        name="motions_category_once_a_conference",
                        violation_error_message="This conference already has a category of that name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="motions_category_has_a_name",
                        violation_error_message="A category needs a name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Composite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("theme", models.CharField(max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "being drafted"),
                            ("signing", "before the bodies"),
                            ("published", "published"),
                            ("ended", "ended without agreement"),
                        ],
                        default="drafting",
                        max_length=20,
                    ),
                ),
                (
                    "idempotency_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("grouped_at", models.DateTimeField()),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published or ended"),
                ),
                ("ending", models.TextField(blank=True, verbose_name="how it ended")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="composites",
                        to="motions.call",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Nobody: its date had passed.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published or ended by",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="composites",
                        to="events.conference",
                    ),
                ),
                (
                    "deadline",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="composite",
                        to="events.deadline",
                    ),
                ),
                (
                    "grouped_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-grouped_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("theme", ""), _negated=True),
                        name="motions_composite_has_a_theme",
                        violation_error_message="Say what the motions have in common.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False), ("state__in", ["published", "ended"])
                            ),
                            models.Q(
                                models.Q(("state__in", ["published", "ended"]), _negated=True),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_composite_closed_has_a_time",
                        violation_error_message="What was published or has ended says when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "ended"), ("ending", ""), _connector="OR"),
                        name="motions_composite_ending_when_ended",
                        violation_error_message="Only what has ended says how it ended.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(("ending", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="motions_composite_ended_says_how",
                        violation_error_message="Say how it ended: the bodies are told.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompositePart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=3)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "composite",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="motions.composite",
                    ),
                ),
            ],
            options={
                "ordering": ["composite", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ClauseSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.block",
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="motions.compositeclause",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.compositepart",
                    ),
                ),
            ],
            options={
                "ordering": ["clause", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("clause", "block"),
                        name="motions_clausesource_once_a_clause",
                        violation_error_message="This source is named already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CompositeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("saved", "saved"),
                            ("aside", "kept aside: somebody else had saved first"),
                        ],
                        default="saved",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                ("words", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("saved_at", models.DateTimeField()),
                (
                    "laid_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="laid before the bodies"
                    ),
                ),
                (
                    "composite",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="motions.composite",
                    ),
                ),
                (
                    "laid_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.compositepart",
                        verbose_name="moved by the body of",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seconded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.compositepart",
                        verbose_name="seconded by the body of",
                    ),
                ),
            ],
            options={
                "ordering": ["composite", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("composite", "number"),
                        name="motions_compositeversion_numbered_once",
                        violation_error_message="This composite already has a version of that number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)),
                        name="motions_compositeversion_counted_from_one",
                        violation_error_message="Versions are counted from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("laid_at__isnull", True), ("laid_by__isnull", True)),
                            models.Q(("laid_at__isnull", False), ("laid_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="motions_compositeversion_laid_by_somebody",
                        violation_error_message="What was laid before the bodies says by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("laid_at__isnull", True),
                            models.Q(
                                ("moved_by__isnull", False),
                                ("outcome", "saved"),
                                models.Q(("title", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_compositeversion_laid_is_whole",
                        violation_error_message="What the bodies sign has a title and says who moves it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seconded_by__isnull", True),
                            models.Q(("seconded_by", models.F("moved_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="motions_compositeversion_seconded_by_another",
                        violation_error_message="Another body seconds it than moves it.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="compositeclause",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clauses",
                to="motions.compositeversion",
            ),
        ),
        migrations.AddField(
            model_name="composite",
            name="laid",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="motions.compositeversion",
                verbose_name="version before the bodies",
            ),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("signs", "signs this version"),
                            ("stays_out", "stays out: the motion stands alone"),
                            ("withdraws", "withdraws its motion"),
                        ],
                        max_length=20,
                        verbose_name="answer",
                    ),
                ),
                (
                    "speaker",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="moves or seconds it"
                    ),
                ),
                (
                    "names_consent",
                    models.BooleanField(default=False, verbose_name="agrees to be named in public"),
                ),
                ("words", models.TextField(blank=True, verbose_name="to the committee")),
                (
                    "idempotency_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("given_at", models.DateTimeField()),
                (
                    "needs_officer",
                    models.BooleanField(default=False, verbose_name="an officer has to confirm it"),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="confirmed by an officer"
                    ),
                ),
                (
                    "superseded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered again"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="motions.compositepart",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        help_text="None: it was given before a text was laid before the bodies.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="motions.compositeversion",
                    ),
                ),
            ],
            options={
                "ordering": ["part", "-given_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("part",),
                        name="motions_answer_one_in_force",
                        violation_error_message="Another answer of this body is in force.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", "signs"), _negated=True),
                            ("version__isnull", False),
                            _connector="OR",
                        ),
                        name="motions_answer_signs_a_version",
                        violation_error_message="A signature is under a version of the text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("needs_officer", True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_answer_confirmed_by_somebody",
                        violation_error_message="A confirmed answer says who confirmed it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("choice", "signs"),
                            models.Q(("names_consent", False), ("speaker", "")),
                            _connector="OR",
                        ),
                        name="motions_answer_speaker_of_a_signature",
                        violation_error_message="Only who signs names somebody to move or second it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("speaker", ""), _negated=True),
                            ("names_consent", False),
                            _connector="OR",
                        ),
                        name="motions_answer_consent_of_somebody",
                        violation_error_message="Nobody is named who could agree to it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_party_councils",
                    models.BooleanField(default=True, verbose_name="party councils may send"),
                ),
                (
                    "from_societies",
                    models.BooleanField(default=True, verbose_name="societies may send"),
                ),
                (
                    "from_branches",
                    models.BooleanField(default=False, verbose_name="branches may send"),
                ),
                (
                    "per_body_limit",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: no limit.",
                        null=True,
                        verbose_name="at most this many from one body",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where these rules come from"
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("introduction", models.TextField(blank=True, verbose_name="what is asked")),
                (
                    "max_words",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: no limit.",
                        null=True,
                        verbose_name="at most this many words",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="events.deadline"
                    ),
                ),
            ],
            options={
                "ordering": ["deadline", "title"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("per_body_limit__isnull", True),
                            ("per_body_limit__gt", 0),
                            _connector="OR",
                        ),
                        name="motions_consultation_limit_above_zero",
                        violation_error_message="A limit is at least 1; leave it empty for none.",
                    ),
                    models.UniqueConstraint(
                        fields=("deadline", "title"),
                        name="motions_consultation_once_a_deadline",
                        violation_error_message="This deadline already has a consultation of that title.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contested", "more candidates than places"),
                            ("unopposed", "elected unopposed"),
                            ("vacant", "nobody stands"),
                        ],
                        max_length=12,
                    ),
                ),
                ("settled_at", models.DateTimeField()),
                ("declared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "declared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["post"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declared_at__isnull", True), ("declared_by__isnull", True)),
                            models.Q(
                                ("declared_at__isnull", False), ("declared_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_contest_declared_by_somebody",
                        violation_error_message="A declared result says who declared it, and when.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Count",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "papers",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="valid papers"),
                ),
                (
                    "spoilt",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="spoilt papers"
                    ),
                ),
                ("tellers", models.CharField(max_length=200, verbose_name="counted by")),
                (
                    "correction",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was corrected"
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="motions.contest",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="motions.count",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "-entered_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("contest",),
                        name="motions_count_one_of_a_contest",
                        violation_error_message="The figures of this contest are entered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tellers", ""), _negated=True),
                        name="motions_count_has_tellers",
                        violation_error_message="Say who counted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("correction", ""), ("corrects__isnull", True)),
                            models.Q(
                                ("corrects__isnull", False),
                                models.Q(("correction", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_count_correction_says_why",
                        violation_error_message="Say why the figures are corrected.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("votes", models.PositiveIntegerField()),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="count_lines",
                        to="motions.candidate",
                    ),
                ),
                (
                    "count",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="motions.count",
                    ),
                ),
            ],
            options={
                "ordering": ["count", "-votes", "candidate"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("count", "candidate"),
                        name="motions_countline_once_a_candidate",
                        violation_error_message="This candidate's votes are entered already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DebateRules",
            fields=[
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="debate_rules",
                        serialize=False,
                        to="events.conference",
                    ),
                ),
                (
                    "mover",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[django.core.validators.MaxValueValidator(240)],
                        verbose_name="minutes of the mover",
                    ),
                ),
                (
                    "seconder",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MaxValueValidator(240)],
                        verbose_name="minutes of the seconder",
                    ),
                ),
                (
                    "speaker",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MaxValueValidator(240)],
                        verbose_name="minutes of each other speaker",
                    ),
                ),
                (
                    "speakers",
                    models.PositiveSmallIntegerField(
                        default=4,
                        validators=[django.core.validators.MaxValueValidator(50)],
                        verbose_name="other speakers to a motion",
                    ),
                ),
                (
                    "reply",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MaxValueValidator(240)],
                        verbose_name="minutes of the right of reply",
                    ),
                ),
                (
                    "amendment_mover",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MaxValueValidator(240)],
                        verbose_name="minutes of the mover of an amendment",
                    ),
                ),
                (
                    "amendment_speakers",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[django.core.validators.MaxValueValidator(50)],
                        verbose_name="other speakers to an amendment",
                    ),
                ),
                (
                    "vote",
                    models.PositiveSmallIntegerField(
                        default=2,
                        validators=[django.core.validators.MaxValueValidator(240)],
                        verbose_name="minutes of a vote",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where these rules come from"
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of debate",
                "verbose_name_plural": "rules of debate",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amendment_mover__gte", 1),
                            ("mover__gte", 1),
                            ("speaker__gte", 1),
                            ("vote__gte", 1),
                        ),
                        name="motions_debaterules_a_minute_at_least",
                        violation_error_message="Movers, speakers and votes have a minute at least.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("owner", models.CharField(max_length=150, verbose_name="whose task it is")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "not begun"),
                            ("in_hand", "in hand"),
                            ("done", "done"),
                            ("dropped", "not pursued"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_decisions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who reports on it here",
                    ),
                ),
            ],
            options={
                "ordering": ["motion"],
                "indexes": [
                    models.Index(fields=["keeper", "state"], name="motions_decision_keeper")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("owner", ""), _negated=True),
                        name="motions_decision_has_an_owner",
                        violation_error_message="Say whose task it is.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "not begun"),
                            ("in_hand", "in hand"),
                            ("done", "done"),
                            ("dropped", "not pursued"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                ("reported_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="motions.decision",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["decision", "reported_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="motions_decisionreport_says_something",
                        violation_error_message="Say what was done.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("drawn_at", models.DateTimeField(verbose_name="drawn at (UK time)")),
                ("drawn_by", models.CharField(max_length=200, verbose_name="drawn by")),
                ("witnesses", models.CharField(max_length=300, verbose_name="in the presence of")),
                ("entered_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "taken_back",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was taken back"
                    ),
                ),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="motions.contest",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["contest", "entered_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drawn_by", ""), _negated=True),
                            models.Q(("witnesses", ""), _negated=True),
                        ),
                        name="motions_lot_has_people",
                        violation_error_message="Say who drew the lot, and in whose presence.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("superseded_at__isnull", True), ("taken_back", "")),
                            models.Q(
                                models.Q(("taken_back", ""), _negated=True),
                                ("superseded_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="motions_lot_taken_back_with_a_reason",
                        violation_error_message="Say why the lot is taken back.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="drawn as number")),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lot_places",
                        to="motions.candidate",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="motions.lot",
                    ),
                ),
            ],
            options={
                "ordering": ["lot", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lot", "candidate"),
                        name="motions_lotplace_once_a_candidate",
                        violation_error_message="Nobody is drawn twice.",
                    ),
                    models.UniqueConstraint(
                        fields=("lot", "position"),
                        name="motions_lotplace_once_a_position",
                        violation_error_message="Two candidates cannot be drawn as the same number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ModelMotion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "campaign",
                    models.CharField(help_text="For example: High street 2022.", max_length=150),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="An empty line between paragraphs; “- ” begins a bullet, “# ” a heading."
                    ),
                ),
                (
                    "offered_from",
                    models.DateField(blank=True, help_text="Empty: at once.", null=True),
                ),
                (
                    "offered_until",
                    models.DateField(
                        blank=True,
                        help_text="Empty: without an end.",
                        null=True,
                        verbose_name="offered until the end of",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: for every conference.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="model_motions",
                        to="events.conference",
                    ),
                ),
            ],
            options={
                "ordering": ["campaign", "title", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("campaign", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="motions_modelmotion_says_what",
                        violation_error_message="A model motion has a title, a campaign and a text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("offered_from__isnull", True),
                            ("offered_until__isnull", True),
                            ("offered_until__gte", models.F("offered_from")),
                            _connector="OR",
                        ),
                        name="motions_modelmotion_ends_after_it_began",
                        violation_error_message="It is offered until a day after it began.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Motion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "idempotency_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "on this site"),
                            ("post", "by post"),
                            ("email", "by e-mail"),
                        ],
                        default="web",
                        max_length=10,
                        verbose_name="came",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it came by post or e-mail.",
                        null=True,
                        verbose_name="received (UK time)",
                    ),
                ),
                ("scan", models.FileField(blank=True, upload_to="motions/scans/%Y/")),
                ("created_at", models.DateTimeField()),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="sent in"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("awaiting_confirmation", "waiting for an officer to confirm"),
                            ("submitted", "sent in"),
                            ("clarification", "the CAC has asked a question"),
                            ("referred", "referred"),
                            ("rewording", "back with its body: the motion's text has changed"),
                            ("late", "on the late list"),
                            ("in_order", "in order"),
                            ("not_in_order", "not in order"),
                            ("published", "published"),
                            ("composited", "composited"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=30,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("cy", "Welsh")], default="en", max_length=5
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                ("draft_text", models.TextField(blank=True, verbose_name="text")),
                ("draft_version", models.PositiveIntegerField(default=1)),
                ("draft_saved_at", models.DateTimeField(blank=True, null=True)),
                ("mover", models.CharField(blank=True, max_length=120)),
                ("seconder", models.CharField(blank=True, max_length=120)),
                (
                    "names_consent",
                    models.BooleanField(
                        default=False, verbose_name="mover and seconder agree to be named in public"
                    ),
                ),
                (
                    "meeting_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="passed by (meeting)"
                    ),
                ),
                ("meeting_on", models.DateField(blank=True, null=True, verbose_name="held on")),
                (
                    "event_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the emergency"),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="confirmed by an officer"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True,
                        help_text="Frozen at first print.",
                        max_length=20,
                        verbose_name="number on the agenda",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "amends",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motion",
                        verbose_name="amends",
                    ),
                ),
                (
                    "begun_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="motions.modelmotion",
                        verbose_name="begun from the model motion",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="motions.call",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="motions.category",
                    ),
                ),
                (
                    "composited_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="composited_from",
                        to="motions.motion",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="events.conference",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft_saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="members.organisation",
                        verbose_name="body",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["conference", "state"], name="motions_motion_conf_state"),
                    models.Index(
                        condition=models.Q(("amends__isnull", False)),
                        fields=["amends", "state"],
                        name="motions_motion_amends_state",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel", "web"),
                                ("entered_by__isnull", True),
                                ("received_at__isnull", True),
                            ),
                            models.Q(
                                models.Q(("channel", "web"), _negated=True),
                                ("entered_by__isnull", False),
                                ("received_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="motions_motion_paper_has_a_receipt_time",
                        violation_error_message="What came by post or e-mail has its time of receipt and who entered it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("submitted_at__isnull", True), ("submitted_by__isnull", True)
                            ),
                            models.Q(
                                ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_motion_sent_by_somebody",
                        violation_error_message="What was sent in says by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_motion_withdrawn_by_somebody",
                        violation_error_message="What was withdrawn says by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_motion_withdrawn_has_a_time",
                        violation_error_message="A withdrawn motion says when it was withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("composited_into__isnull", False), ("state", "composited")),
                            models.Q(
                                models.Q(("state", "composited"), _negated=True),
                                ("composited_into__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_motion_composited_into_a_motion",
                        violation_error_message="A composited motion says which composite it is part of.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["published", "composited"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="motions_motion_published_has_a_time",
                        violation_error_message="A published motion says when it was published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_motion_confirmed_by_somebody",
                        violation_error_message="A confirmed motion says who confirmed it.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("conference", "number"),
                        name="motions_motion_number_once_a_conference",
                        violation_error_message="Another motion already has this number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LateEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closed_at", models.DateTimeField(verbose_name="the deadline it missed")),
                ("reason", models.TextField()),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "motion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_entry",
                        to="motions.motion",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "late list",
                "ordering": ["-entered_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="motions_lateentry_has_a_reason",
                        violation_error_message="Say why it is late: the CAC decides on that.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("entered_at__gte", models.F("closed_at"))),
                        name="motions_lateentry_is_late",
                        violation_error_message="The deadline has not passed: send it in instead.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("told_until", models.DateTimeField()),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="motions.category",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.conference",
                    ),
                ),
                (
                    "follower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="motions.motion",
                    ),
                ),
            ],
            options={
                "ordering": ["follower", "conference", "pk"],
                "indexes": [models.Index(fields=["told_until"], name="motions_follow_told_until")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("motion__isnull", True), ("category__isnull", True), _connector="OR"
                        ),
                        name="motions_follow_one_thing",
                        violation_error_message="Follow a motion, a category or all: one of them.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("motion__isnull", False)),
                        fields=("follower", "motion"),
                        name="motions_follow_a_motion_once",
                        violation_error_message="You follow this motion already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("category__isnull", False)),
                        fields=("follower", "category"),
                        name="motions_follow_a_category_once",
                        violation_error_message="You follow this category already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("category__isnull", True), ("motion__isnull", True)),
                        fields=("follower", "conference"),
                        name="motions_follow_all_once",
                        violation_error_message="You follow this conference's motions already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told_until__gte", models.F("since"))),
                        name="motions_follow_told_after_it_began",
                        violation_error_message="Nobody is told of what was before they followed it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FallsIf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("set_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "carried",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="makes_fall",
                        to="motions.motion",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="falls_if",
                        to="motions.motion",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "set_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("item", "carried"),
                        name="motions_fallsif_once_a_pair",
                        violation_error_message="This is set already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("item", models.F("carried")), _negated=True),
                        name="motions_fallsif_not_by_itself",
                        violation_error_message="Nothing falls because it is carried itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="motions_fallsif_removed_by_somebody",
                        violation_error_message="What was taken back says by whom.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftSave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("saved", "saved"),
                            ("conflict", "kept aside: somebody else had saved first"),
                            ("refused", "kept aside: the motion could no longer be changed"),
                        ],
                        default="saved",
                        max_length=20,
                    ),
                ),
                (
                    "draft_version",
                    models.PositiveIntegerField(
                        verbose_name="version saved, or version it was based on"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saves",
                        to="motions.motion",
                    ),
                ),
            ],
            options={
                "ordering": ["motion", "-saved_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "saved")),
                        fields=("motion", "draft_version"),
                        name="motions_draftsave_once_a_version",
                        violation_error_message="This version of the draft is already saved.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclaredInterest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="what it is")),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.conference",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.organisation",
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="motions.motion",
                    ),
                ),
            ],
            options={
                "ordering": ["conference", "declared_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("motion__isnull", False), ("organisation__isnull", True)),
                            models.Q(("motion__isnull", True), ("organisation__isnull", False)),
                            _connector="OR",
                        ),
                        name="motions_interest_in_one_thing",
                        violation_error_message="An interest is in one motion or in one body.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="motions_interest_says_what",
                        violation_error_message="Say what your interest is: the other members see it.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("motion__isnull", False), ("withdrawn_at__isnull", True)
                        ),
                        fields=("member", "motion"),
                        name="motions_interest_once_a_motion",
                        violation_error_message="This interest is declared already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False), ("withdrawn_at__isnull", True)
                        ),
                        fields=("member", "conference", "organisation"),
                        name="motions_interest_once_a_body",
                        violation_error_message="This interest is declared already.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="motion",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="motions.motion",
            ),
        ),
        migrations.AddField(
            model_name="compositepart",
            name="motion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="composite_parts",
                to="motions.motion",
            ),
        ),
        migrations.AddField(
            model_name="composite",
            name="motion",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="composite",
                to="motions.motion",
            ),
        ),
        migrations.CreateModel(
            name="CommitteeNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="committee_notes",
                        to="motions.motion",
                    ),
                ),
            ],
            options={
                "ordering": ["motion", "written_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="motions_committeenote_has_text",
                        violation_error_message="Write the note first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AmendmentDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("carried_over", "carried over to the composite"),
                            ("given_back", "back to its body for new wording"),
                            ("ended", "ended"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="to the body")),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "composite",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendment_decisions",
                        to="motions.composite",
                    ),
                ),
                (
                    "amendment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="composite_decision",
                        to="motions.motion",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motion",
                        verbose_name="motion it was to",
                    ),
                ),
            ],
            options={
                "ordering": ["composite", "decided_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "ended"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="motions_amendmentdecision_ended_says_why",
                        violation_error_message="Say why it ends: it goes to the body.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("motions.motion",),
        ),
        migrations.CreateModel(
            name="MotionVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("submission", "sent in by the body"),
                            ("correction", "corrected by the body while the door was open"),
                            ("clarification", "the body's answer to the CAC"),
                            ("late", "sent in late"),
                            ("paper", "entered from paper by staff"),
                            ("composite", "agreed by the bodies as a composite"),
                            ("carried_over", "carried over to a newer text of the motion"),
                            ("reworded", "reworded by its body for a newer text of the motion"),
                            ("committee", "corrected by the committee"),
                            ("amended", "as amended by conference"),
                        ],
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("words", models.PositiveIntegerField()),
                (
                    "line_algorithm",
                    models.PositiveSmallIntegerField(
                        help_text="Kept, so that printed numbers never move.",
                        verbose_name="version of the line-numbering rule",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("mover", models.CharField(blank=True, max_length=120)),
                ("seconder", models.CharField(blank=True, max_length=120)),
                (
                    "names_consent",
                    models.BooleanField(
                        default=False, verbose_name="mover and seconder agree to be named in public"
                    ),
                ),
                (
                    "meeting_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="passed by (meeting)"
                    ),
                ),
                ("meeting_on", models.DateField(blank=True, null=True, verbose_name="held on")),
                (
                    "event_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the emergency"),
                ),
                (
                    "operations",
                    models.JSONField(
                        blank=True,
                        help_text="Of an amendment: its operations on the blocks of that text, as motions.texts.operations writes them.",
                        null=True,
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motionversion",
                        verbose_name="text it amends",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="motions.motion",
                    ),
                ),
            ],
            options={
                "ordering": ["motion", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("base__isnull", True), ("operations__isnull", True)),
                            models.Q(("base__isnull", False), ("operations__isnull", False)),
                            _connector="OR",
                        ),
                        name="motions_version_operations_have_a_base",
                        violation_error_message="Operations are kept with the text they change.",
                    ),
                    models.UniqueConstraint(
                        fields=("motion", "number"),
                        name="motions_version_numbered_once",
                        violation_error_message="This motion already has a version of that number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)),
                        name="motions_version_counted_from_one",
                        violation_error_message="Versions are counted from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="motions_version_has_a_title",
                        violation_error_message="A motion needs a title.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="motion",
            name="base",
            field=models.ForeignKey(
                blank=True,
                help_text="For an amendment: the version of the motion that its working copy changes.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="motions.motionversion",
                verbose_name="text it is written against",
            ),
        ),
        migrations.AddField(
            model_name="motion",
            name="current_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="motions.motionversion",
            ),
        ),
        migrations.CreateModel(
            name="InsertionOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decided_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motion",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motion",
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motionversion",
                    ),
                ),
            ],
            options={
                "ordering": ["base", "decided_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("base", "first", "second"),
                        name="motions_insertionorder_once_a_pair",
                        violation_error_message="This order is decided already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first", models.F("second")), _negated=True),
                        name="motions_insertionorder_of_two",
                        violation_error_message="An order is between two amendments.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="compositepart",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="motions.motionversion",
            ),
        ),
        migrations.AddField(
            model_name="block",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="blocks",
                to="motions.motionversion",
            ),
        ),
        migrations.CreateModel(
            name="MoversAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted by the mover"),
                            ("declined", "not accepted by the mover"),
                        ],
                        max_length=10,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movers_answers",
                        to="motions.motion",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motionversion",
                    ),
                ),
            ],
            options={
                "ordering": ["amendment", "given_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("amendment",),
                        name="motions_moversanswer_one_stands",
                        violation_error_message="Another answer to this amendment stands.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "idempotency_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "on this site"),
                            ("post", "by post"),
                            ("email", "by e-mail"),
                        ],
                        default="web",
                        max_length=10,
                        verbose_name="came",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it came by post or e-mail.",
                        null=True,
                        verbose_name="received (UK time)",
                    ),
                ),
                ("scan", models.FileField(blank=True, upload_to="motions/scans/%Y/")),
                ("created_at", models.DateTimeField()),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="sent in"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("submitted", "sent in"), ("withdrawn", "withdrawn")],
                        default="submitted",
                        max_length=20,
                    ),
                ),
                (
                    "meeting_name",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="agreed by (meeting)"
                    ),
                ),
                ("meeting_on", models.DateField(blank=True, null=True, verbose_name="held on")),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="motions.candidate",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="members.organisation",
                        verbose_name="body",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-submitted_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel", "web"),
                                ("entered_by__isnull", True),
                                ("received_at__isnull", True),
                            ),
                            models.Q(
                                models.Q(("channel", "web"), _negated=True),
                                ("entered_by__isnull", False),
                                ("received_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="motions_nomination_paper_has_a_receipt_time",
                        violation_error_message="What came by post or e-mail has its time of receipt and who entered it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("submitted_at__isnull", True), ("submitted_by__isnull", True)
                            ),
                            models.Q(
                                ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_nomination_sent_by_somebody",
                        violation_error_message="What was sent in says by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_nomination_withdrawn_by_somebody",
                        violation_error_message="What was withdrawn says by whom.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "submitted")),
                        fields=("candidate", "organisation"),
                        name="motions_nomination_once_a_body",
                        violation_error_message="Your body has already nominated this person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("submitted_at__isnull", False)),
                        name="motions_nomination_has_a_time",
                        violation_error_message="A nomination has the time at which it was sent in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                            models.Q(("state", "submitted"), ("withdrawn_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="motions_nomination_withdrawn_has_a_time",
                        violation_error_message="A withdrawn nomination says when.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderPaper",
            fields=[
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="order_paper",
                        serialize=False,
                        to="events.session",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["session"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", True), ("published_by__isnull", True)
                            ),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_orderpaper_published_by_somebody",
                        violation_error_message="A published order paper says by whom and when.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "words",
                    models.CharField(blank=True, max_length=200, verbose_name="other business"),
                ),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "motion",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order_item",
                        to="motions.motion",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="motions.orderpaper",
                    ),
                ),
            ],
            options={
                "ordering": ["paper", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("paper", "position"),
                        name="motions_orderitem_one_a_place",
                        violation_error_message="Another item has this place.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("motion__isnull", False), ("words", "")),
                            models.Q(
                                ("motion__isnull", True), models.Q(("words", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="motions_orderitem_motion_or_words",
                        violation_error_message="An item is a motion or other business in words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("motion__isnull", False), ("minutes__isnull", False), _connector="OR"
                        ),
                        name="motions_orderitem_words_have_minutes",
                        violation_error_message="Say how many minutes it takes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minutes__isnull", True), ("minutes__gt", 0), _connector="OR"
                        ),
                        name="motions_orderitem_a_minute_at_least",
                        violation_error_message="An item takes a minute at least.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicySubmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "idempotency_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "on this site"),
                            ("post", "by post"),
                            ("email", "by e-mail"),
                        ],
                        default="web",
                        max_length=10,
                        verbose_name="came",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it came by post or e-mail.",
                        null=True,
                        verbose_name="received (UK time)",
                    ),
                ),
                ("scan", models.FileField(blank=True, upload_to="motions/scans/%Y/")),
                ("created_at", models.DateTimeField()),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="sent in"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "sent in"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True)),
                ("document", models.FileField(blank=True, upload_to="motions/submissions/%Y/")),
                (
                    "document_name",
                    models.CharField(blank=True, max_length=200, verbose_name="name of the file"),
                ),
                ("draft_version", models.PositiveIntegerField(default=1)),
                ("is_late", models.BooleanField(default=False, verbose_name="late submission")),
                (
                    "names_consent",
                    models.BooleanField(
                        default=False, verbose_name="may be published with the body's name"
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="motions.consultation",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policy_submissions",
                        to="members.organisation",
                        verbose_name="body",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel", "web"),
                                ("entered_by__isnull", True),
                                ("received_at__isnull", True),
                            ),
                            models.Q(
                                models.Q(("channel", "web"), _negated=True),
                                ("entered_by__isnull", False),
                                ("received_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="motions_policysubmission_paper_has_a_receipt_time",
                        violation_error_message="What came by post or e-mail has its time of receipt and who entered it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("submitted_at__isnull", True), ("submitted_by__isnull", True)
                            ),
                            models.Q(
                                ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_policysubmission_sent_by_somebody",
                        violation_error_message="What was sent in says by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_policysubmission_withdrawn_by_somebody",
                        violation_error_message="What was withdrawn says by whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "draft"), ("submitted_at__isnull", True)),
                            models.Q(("state", "submitted"), ("submitted_at__isnull", False)),
                            ("state", "withdrawn"),
                            _connector="OR",
                        ),
                        name="motions_policysubmission_sent_has_a_time",
                        violation_error_message="What was sent in has its time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "submitted"), _negated=True),
                            models.Q(
                                models.Q(("title", ""), _negated=True),
                                models.Q(
                                    models.Q(("text", ""), _negated=True),
                                    models.Q(("document", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="motions_policysubmission_sent_has_words",
                        violation_error_message="A submission needs a title, and a text or a document.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_policysubmission_withdrawn_has_a_time",
                        violation_error_message="A withdrawn submission says when.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_party_councils",
                    models.BooleanField(default=True, verbose_name="party councils may send"),
                ),
                (
                    "from_societies",
                    models.BooleanField(default=True, verbose_name="societies may send"),
                ),
                (
                    "from_branches",
                    models.BooleanField(default=False, verbose_name="branches may send"),
                ),
                (
                    "per_body_limit",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: no limit.",
                        null=True,
                        verbose_name="at most this many from one body",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where these rules come from"
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("vacancies", models.PositiveSmallIntegerField(default=1)),
                ("introduction", models.TextField(blank=True, verbose_name="what the post is")),
                (
                    "nominee_is_delegate",
                    models.BooleanField(
                        default=True,
                        help_text="Until they are registered the nomination is conditional.",
                        verbose_name="the nominee must be a delegate",
                    ),
                ),
                (
                    "member_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="When nominations close. 0: a member, however new. Empty: not asked.",
                        null=True,
                        verbose_name="a member for at least this many months",
                    ),
                ),
                (
                    "one_per_region",
                    models.BooleanField(
                        default=True,
                        help_text="Of those elected, and of those who sit already and carry on.",
                        verbose_name="at most one from a region",
                    ),
                ),
                (
                    "region_rule_confirmed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="rule of regions confirmed"
                    ),
                ),
                (
                    "nominations_needed",
                    models.PositiveSmallIntegerField(default=1, verbose_name="nominations needed"),
                ),
                (
                    "statement_max_words",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="statement: at most this many words"
                    ),
                ),
                (
                    "answers_deadline",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: until the list of candidates is settled.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.deadline",
                        verbose_name="nominees answer and write until",
                    ),
                ),
                (
                    "barred_regions",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        through="motions.BarredRegion",
                        to="members.region",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="events.deadline"
                    ),
                ),
                (
                    "for_region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.region",
                        verbose_name="only for members from",
                    ),
                ),
                (
                    "region_rule_confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawal_deadline",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: until the list of candidates is settled.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.deadline",
                        verbose_name="nominees may withdraw until",
                    ),
                ),
                (
                    "fills",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whoever is elected is then listed there, with term and region.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="motions.standingcommittee",
                        verbose_name="seats on",
                    ),
                ),
            ],
            options={
                "ordering": ["deadline", "title"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("per_body_limit__isnull", True),
                            ("per_body_limit__gt", 0),
                            _connector="OR",
                        ),
                        name="motions_post_limit_above_zero",
                        violation_error_message="A limit is at least 1; leave it empty for none.",
                    ),
                    models.UniqueConstraint(
                        fields=("deadline", "title"),
                        name="motions_post_once_a_deadline",
                        violation_error_message="This deadline already has a post of that title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vacancies__gt", 0)),
                        name="motions_post_has_a_vacancy",
                        violation_error_message="A post has at least one vacancy.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nominations_needed__gt", 0)),
                        name="motions_post_needs_a_nomination",
                        violation_error_message="At least one nomination is needed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("region_rule_confirmed_at__isnull", True),
                                ("region_rule_confirmed_by__isnull", True),
                            ),
                            models.Q(
                                ("region_rule_confirmed_at__isnull", False),
                                ("region_rule_confirmed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="motions_post_region_rule_confirmed_by_somebody",
                        violation_error_message="A confirmed rule says who confirmed it, and when.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="contest",
            name="post",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contest",
                to="motions.post",
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidates",
                to="motions.post",
            ),
        ),
        migrations.AddField(
            model_name="barredregion",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="bars", to="motions.post"
            ),
        ),
        migrations.CreateModel(
            name="PostTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(verbose_name="for so many years")),
                ("places", models.PositiveSmallIntegerField(default=1)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="motions.post",
                    ),
                ),
            ],
            options={
                "ordering": ["post", "-years"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "years"),
                        name="motions_term_once_a_post",
                        violation_error_message="This term is listed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places__gt", 0), ("years__gt", 0)),
                        name="motions_term_above_zero",
                        violation_error_message="A term is of at least one year and one place.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivateNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="motions.motion",
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["writer", "motion"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("writer", "motion"),
                        name="motions_note_once_a_writer",
                        violation_error_message="You have a note on this motion already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="motions_note_has_text",
                        violation_error_message="An empty note is none.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        choices=[("to_read", "to read"), ("read", "read")], max_length=10
                    ),
                ),
                ("marked_at", models.DateTimeField()),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="motions.motion",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["reader", "motion"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reader", "motion"),
                        name="motions_mark_once_a_reader",
                        violation_error_message="This motion is on your list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mark__in", ["to_read", "read"])),
                        name="motions_mark_known",
                        violation_error_message="A motion is to read or read.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rebasing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("carried_over", "carried over"),
                            ("sent_back", "sent back for new wording"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(max_length=200, verbose_name="what became of it")),
                ("places", models.JSONField(blank=True, default=list)),
                ("at", models.DateTimeField()),
                (
                    "mend_by",
                    models.DateTimeField(blank=True, null=True, verbose_name="new wording until"),
                ),
                (
                    "mended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="new wording came"),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rebasings",
                        to="motions.motion",
                    ),
                ),
                (
                    "caused_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motionversion",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motionversion",
                    ),
                ),
            ],
            options={
                "ordering": ["amendment", "at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True),
                        name="motions_rebasing_from_one_to_another",
                        violation_error_message="An amendment is carried over to another text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "sent_back"),
                            models.Q(("mend_by__isnull", True), ("mended_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="motions_rebasing_mended_when_sent_back",
                        violation_error_message="Only what was sent back waits for new wording.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "sent in"),
                            ("awaiting", "sent in, an officer still has to confirm"),
                            ("confirmed", "confirmed by an officer"),
                            ("late", "put on the late list"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="instant that counts")),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(verbose_name="full text")),
                (
                    "idempotency_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                (
                    "award_nomination",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="motions.awardnomination",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="events.conference",
                    ),
                ),
                (
                    "given_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="motions.motion",
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="motions.nomination",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="members.organisation",
                    ),
                ),
                (
                    "policy_submission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="motions.policysubmission",
                    ),
                ),
            ],
            options={
                "ordering": ["conference", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "number"),
                        name="motions_receipt_number_once_a_conference",
                        violation_error_message="This receipt number is taken.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("award_nomination__isnull", True),
                                ("motion__isnull", False),
                                ("nomination__isnull", True),
                                ("policy_submission__isnull", True),
                            ),
                            models.Q(
                                ("award_nomination__isnull", True),
                                ("motion__isnull", True),
                                ("nomination__isnull", False),
                                ("policy_submission__isnull", True),
                            ),
                            models.Q(
                                ("award_nomination__isnull", False),
                                ("motion__isnull", True),
                                ("nomination__isnull", True),
                                ("policy_submission__isnull", True),
                            ),
                            models.Q(
                                ("award_nomination__isnull", True),
                                ("motion__isnull", True),
                                ("nomination__isnull", True),
                                ("policy_submission__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="motions_receipt_for_one_thing",
                        violation_error_message="A receipt is for exactly one thing.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceiptBook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_number", models.PositiveIntegerField(default=0)),
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt_book",
                        to="events.conference",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("preliminary", "preliminary agenda"), ("final", "final agenda")],
                        max_length=20,
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField()),
                ("content", models.JSONField(editable=False)),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("released_at", models.DateTimeField()),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agendas",
                        to="events.conference",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda",
                "ordering": ["conference", "-released_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "kind", "edition"),
                        name="motions_release_one_of_an_edition",
                        violation_error_message="There is an agenda of this edition already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition__gt", 0)),
                        name="motions_release_counted_from_one",
                        violation_error_message="Editions are counted from 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Print",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("large-print", "PDF in large print"),
                            ("text", "plain text"),
                            ("word", "Word, with tracked changes"),
                        ],
                        max_length=20,
                    ),
                ),
                ("made", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prints",
                        to="motions.release",
                    ),
                ),
            ],
            options={
                "ordering": ["release", "form"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("release", "form"),
                        name="motions_print_once_a_form",
                        violation_error_message="This paper is made already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="printed_in",
                        to="motions.motion",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="motions.release",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motionversion",
                    ),
                ),
            ],
            options={
                "ordering": ["release", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("release", "motion"),
                        name="motions_releaseentry_motion_once",
                        violation_error_message="A motion stands once in an agenda.",
                    ),
                    models.UniqueConstraint(
                        fields=("release", "number"),
                        name="motions_releaseentry_number_once",
                        violation_error_message="A number stands once in an agenda.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        name="motions_releaseentry_has_a_number",
                        violation_error_message="What is printed has a number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("in_order", "in order"),
                            ("not_in_order", "not in order"),
                            ("referred", "refer it"),
                            ("clarification", "ask the body a question"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, verbose_name="to the body, in your own words"),
                ),
                (
                    "reply_by",
                    models.DateTimeField(blank=True, null=True, verbose_name="answer asked for by"),
                ),
                (
                    "appeal_by",
                    models.DateTimeField(
                        blank=True,
                        help_text="As the letter says it.",
                        null=True,
                        verbose_name="may be appealed until",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("alone", "by one member"),
                            ("agreed", "by two members who agreed"),
                            ("decided", "decided where two members differed"),
                            ("appeal", "on appeal"),
                        ],
                        default="alone",
                        max_length=10,
                    ),
                ),
                ("ruled_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "also_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="and by",
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="motions.motion",
                    ),
                ),
                (
                    "ruled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="motions.motionversion",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="motions.rulingreason",
                    ),
                ),
                (
                    "second_reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.rulingreason",
                    ),
                ),
            ],
            options={
                "ordering": ["motion", "-ruled_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("motion",),
                        name="motions_ruling_one_in_force",
                        violation_error_message="Another ruling on this motion is in force.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "in_order"),
                            ("reason__isnull", False),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="motions_ruling_says_why",
                        violation_error_message="Choose a reason from the list or write one for the body.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reply_by__isnull", True),
                            ("verdict", "clarification"),
                            _connector="OR",
                        ),
                        name="motions_ruling_reply_only_to_a_question",
                        violation_error_message="A date for the answer belongs to a question.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("appeal_by__isnull", True),
                            ("verdict", "not_in_order"),
                            _connector="OR",
                        ),
                        name="motions_ruling_appeal_against_a_refusal",
                        violation_error_message="Only a ruling ‘not in order’ can be appealed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("also_by__isnull", False),
                                ("basis", "agreed"),
                                models.Q(("also_by", models.F("ruled_by")), _negated=True),
                            ),
                            models.Q(
                                models.Q(("basis", "agreed"), _negated=True),
                                ("also_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_ruling_agreed_by_two",
                        violation_error_message="What two members agreed on names two members.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_reason__isnull", True),
                            models.Q(
                                ("reason__isnull", False),
                                models.Q(("second_reason", models.F("reason")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_ruling_second_reason_is_another",
                        violation_error_message="A second reason is another than the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="why the ruling is wrong")),
                (
                    "idempotency_key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("lodged_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(verbose_name="could be lodged until")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "upheld: the motion is in order"),
                            ("dismissed", "dismissed: the ruling stands"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="to the body")),
                ("heard_at", models.DateTimeField(blank=True, null=True)),
                (
                    "heard_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lodged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="motions.motion",
                    ),
                ),
                (
                    "ruling",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="motions.ruling",
                    ),
                ),
            ],
            options={
                "ordering": ["motion", "lodged_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="motions_appeal_says_why",
                        violation_error_message="Say why you think the ruling is wrong.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lodged_at__lt", models.F("closed_at"))),
                        name="motions_appeal_in_time",
                        violation_error_message="The time to appeal has passed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("heard_at__isnull", True),
                                ("heard_by__isnull", True),
                                ("outcome", ""),
                            ),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("heard_at__isnull", False),
                                ("heard_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="motions_appeal_heard_by_somebody",
                        violation_error_message="An appeal that was heard says by whom and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "dismissed"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="motions_appeal_dismissed_with_a_reason",
                        violation_error_message="Say why the appeal is dismissed: it goes to the body.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="first or second")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("in_order", "in order"),
                            ("not_in_order", "not in order"),
                            ("referred", "refer it"),
                            ("clarification", "ask the body a question"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, verbose_name="to the body, in your own words"),
                ),
                (
                    "reply_by",
                    models.DateTimeField(blank=True, null=True, verbose_name="answer asked for by"),
                ),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="motions.motion",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motionversion",
                    ),
                ),
                (
                    "ruling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="motions.ruling",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.rulingreason",
                    ),
                ),
            ],
            options={
                "ordering": ["motion", "given_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("ruling__isnull", True)),
                        fields=("version", "member"),
                        name="motions_opinion_one_a_member",
                        violation_error_message="This member has already given an opinion.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("ruling__isnull", True)),
                        fields=("version", "position"),
                        name="motions_opinion_one_a_place",
                        violation_error_message="Another member was first: look at the page again.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1), ("position__lte", 2)),
                        name="motions_opinion_of_two_at_most",
                        violation_error_message="At most two members look at a motion.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "in_order"),
                            ("reason__isnull", False),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="motions_opinion_says_why",
                        violation_error_message="Choose a reason from the list or write one for the body.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reply_by__isnull", True),
                            ("verdict", "clarification"),
                            _connector="OR",
                        ),
                        name="motions_opinion_reply_only_to_a_question",
                        violation_error_message="A date for the answer belongs to a question.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ruling__isnull", True), _connector="OR"
                        ),
                        name="motions_opinion_ended_or_ruled",
                        violation_error_message="What was ended did not become a ruling.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitteeRules",
            fields=[
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="committee_rules",
                        serialize=False,
                        to="events.conference",
                    ),
                ),
                (
                    "readers",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "one member"),
                            (2, "two members, each without seeing the other's opinion"),
                        ],
                        default=1,
                        verbose_name="before a ruling counts, a motion is read by",
                    ),
                ),
                (
                    "takes_appeals",
                    models.BooleanField(
                        default=True,
                        verbose_name="a body may appeal when its motion is not in order",
                    ),
                ),
                (
                    "appeal_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=14,
                        help_text="Whole days after the day of the letter. Leave it empty and choose a deadline instead, if everybody has the same last day.",
                        null=True,
                        verbose_name="days to appeal",
                    ),
                ),
                (
                    "composite_max_words",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: no limit. A composite is made of several motions.",
                        null=True,
                        verbose_name="words of a composite, at most",
                    ),
                ),
                (
                    "numbering",
                    models.CharField(
                        choices=[
                            ("serial", "one after the other: 1, 2, 3"),
                            ("by_category", "by category: 101, 102, then 201"),
                        ],
                        default="serial",
                        help_text="A number is frozen as soon as an agenda with it is printed.",
                        max_length=20,
                        verbose_name="motions are numbered",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where these rules come from"
                    ),
                ),
                (
                    "appeal_deadline",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.deadline",
                        verbose_name="or: appeals until this deadline",
                    ),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        blank=True,
                        help_text="Decides where two members differ. Empty: any third member does.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="the committee's chair",
                    ),
                ),
                (
                    "reasons",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None chosen: all reasons that are offered at all.",
                        related_name="+",
                        to="motions.rulingreason",
                        verbose_name="reasons offered at this conference",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of a committee",
                "verbose_name_plural": "rules of committees",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("readers__in", [1, 2])),
                        name="motions_committeerules_one_reader_or_two",
                        violation_error_message="One member reads a motion, or two.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("takes_appeals", False),
                            models.Q(
                                ("appeal_days__isnull", False), ("appeal_deadline__isnull", True)
                            ),
                            models.Q(
                                ("appeal_days__isnull", True), ("appeal_deadline__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_committeerules_appeals_end",
                        violation_error_message="Say how many days a body has to appeal, or choose one deadline for all, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("appeal_days__isnull", True), ("appeal_days__gt", 0), _connector="OR"
                        ),
                        name="motions_committeerules_a_day_at_least",
                        violation_error_message="A body has at least one day to appeal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("composite_max_words__isnull", True),
                            ("composite_max_words__gt", 0),
                            _connector="OR",
                        ),
                        name="motions_committeerules_words_above_zero",
                        violation_error_message="A limit of words is at least 1; leave it empty for none.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=80)),
                (
                    "facts",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="in the trail since"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.awardcategory",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.conference",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "sealed entries",
                "ordering": ["conference", "at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("entered_at__isnull", True)),
                        fields=["conference", "at"],
                        name="motions_sealedentry_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("added", "comes in addition"),
                            ("reworded", "has a new wording"),
                            ("gone", "is no longer on the agenda"),
                            ("correction", "correction"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(verbose_name="what is to be read")),
                (
                    "item",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="the motion as it now is",
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to="motions.motion",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slips",
                        to="motions.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "errata slip",
                "ordering": ["release", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("release", "number"),
                        name="motions_slip_numbered_once",
                        violation_error_message="There is a slip of this number already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)),
                        name="motions_slip_counted_from_one",
                        violation_error_message="Slips are counted from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="motions_slip_says_what",
                        violation_error_message="Say what is to be read instead.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "correction"), ("motion__isnull", False), _connector="OR"
                        ),
                        name="motions_slip_about_a_motion",
                        violation_error_message="A slip is about a motion, or a correction in words.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                (
                    "from_year",
                    models.PositiveSmallIntegerField(verbose_name="from the conference of"),
                ),
                (
                    "until_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: not stated.",
                        null=True,
                        verbose_name="to the conference of",
                    ),
                ),
                (
                    "years_carried_on",
                    models.PositiveSmallIntegerField(
                        default=0,
                        editable=False,
                        verbose_name="years carried on, nobody having been nominated",
                    ),
                ),
                (
                    "given_up_on",
                    models.DateField(blank=True, null=True, verbose_name="given up on"),
                ),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="how we know")),
                (
                    "candidate",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat",
                        to="motions.candidate",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.region",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="motions.standingcommittee",
                    ),
                ),
            ],
            options={
                "ordering": ["committee", "-until_year", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_year__isnull", True),
                            ("until_year__gt", models.F("from_year")),
                            _connector="OR",
                        ),
                        name="motions_seat_ends_after_it_begins",
                        violation_error_message="A term ends with a later conference than it begins with.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_year__gte", 1900), ("from_year__lte", 2200)),
                        name="motions_seat_begins_in_a_year",
                        violation_error_message="Give the year of the conference, such as 2016.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VotePart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("keys", models.JSONField(editable=False, verbose_name="keys of its paragraphs")),
                ("words", models.CharField(max_length=300, verbose_name="which paragraphs")),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vote_parts",
                        to="motions.motion",
                    ),
                ),
            ],
            options={
                "ordering": ["motion", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("motion", "position"),
                        name="motions_votepart_one_a_place",
                        violation_error_message="Another part has this place.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gt", 0)),
                        name="motions_votepart_counted_from_one",
                        violation_error_message="Parts are counted from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="motions_votepart_says_which",
                        violation_error_message="Say which paragraphs the part is.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("carried", "carried"),
                            ("lost", "lost"),
                            ("fell", "fell"),
                            ("remitted", "remitted"),
                            ("referred_back", "referred back"),
                            ("next_business", "next business"),
                            ("withdrawn", "withdrawn with consent"),
                            ("not_moved", "not moved"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "threshold",
                    models.CharField(
                        choices=[("simple", "simple majority"), ("two_thirds", "two thirds")],
                        max_length=12,
                    ),
                ),
                (
                    "votes_for",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="for"),
                ),
                (
                    "votes_against",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="against"),
                ),
                ("abstentions", models.PositiveIntegerField(blank=True, null=True)),
                ("spoilt", models.PositiveIntegerField(blank=True, null=True)),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "correction",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was corrected"
                    ),
                ),
                (
                    "taken_back",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was taken back"
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "because",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_fall",
                        to="motions.outcome",
                        verbose_name="fell because of",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="motions.outcome",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="motions.motion",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="motions.motionversion",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes",
                        to="motions.votepart",
                    ),
                ),
            ],
            options={
                "ordering": ["motion", "entered_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("part__isnull", True), ("superseded_at__isnull", True)),
                        fields=("motion",),
                        name="motions_outcome_one_of_a_motion",
                        violation_error_message="The outcome of this motion is entered already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("part__isnull", False), ("superseded_at__isnull", True)
                        ),
                        fields=("part",),
                        name="motions_outcome_one_of_a_part",
                        violation_error_message="The outcome of this part is entered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("votes_against__isnull", True), ("votes_for__isnull", True)),
                            models.Q(
                                ("votes_against__isnull", False), ("votes_for__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="motions_outcome_for_and_against",
                        violation_error_message="Enter the votes for and the votes against, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("votes_for__isnull", False),
                            models.Q(("abstentions__isnull", True), ("spoilt__isnull", True)),
                            _connector="OR",
                        ),
                        name="motions_outcome_counted_in_full",
                        violation_error_message="Abstentions and spoilt papers go with votes for and against.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("votes_for__isnull", True),
                            ("result__in", ["carried", "lost"]),
                            _connector="OR",
                        ),
                        name="motions_outcome_votes_carry_or_lose",
                        violation_error_message="Where votes were counted it was carried or lost.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "carried"), _negated=True),
                            ("votes_for__isnull", True),
                            models.Q(
                                ("threshold", "simple"),
                                ("votes_for__gt", models.F("votes_against")),
                            ),
                            models.Q(
                                ("threshold", "two_thirds"),
                                ("votes_for__gt", 0),
                                (
                                    "votes_for__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(2), "*", models.F("votes_against")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="motions_outcome_carried_by_enough",
                        violation_error_message="So many votes do not carry it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "lost"), _negated=True),
                            ("votes_for__isnull", True),
                            ("votes_for", 0),
                            models.Q(
                                ("threshold", "simple"),
                                ("votes_for__lte", models.F("votes_against")),
                            ),
                            models.Q(
                                ("threshold", "two_thirds"),
                                (
                                    "votes_for__lt",
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(2), "*", models.F("votes_against")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="motions_outcome_lost_by_too_few",
                        violation_error_message="So many votes carry it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("correction", ""), ("corrects__isnull", True)),
                            models.Q(
                                ("corrects__isnull", False),
                                models.Q(("correction", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="motions_outcome_correction_says_why",
                        violation_error_message="Say why the outcome is corrected.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("because__isnull", True), ("result", "fell"), _connector="OR"
                        ),
                        name="motions_outcome_only_what_fell_fell_because",
                        violation_error_message="Only what fell did so because of something else.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_back", ""), ("superseded_at__isnull", False), _connector="OR"
                        ),
                        name="motions_outcome_taken_back_no_longer_stands",
                        violation_error_message="What was taken back no longer stands.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="awardnomination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nominee_name", ""), _negated=True),
                    models.Q(("citation", ""), _negated=True),
                ),
                name="motions_awardnomination_has_name_and_citation",
                violation_error_message="Name the nominee and say what they did.",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositeclause",
            constraint=models.UniqueConstraint(
                fields=("version", "key"),
                name="motions_compositeclause_key_once",
                violation_error_message="A key stands once in a version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositeclause",
            constraint=models.UniqueConstraint(
                fields=("version", "position"),
                name="motions_compositeclause_position_once",
                violation_error_message="A position stands once in a version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="composite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("motion__isnull", False), ("state", "published")),
                    models.Q(
                        models.Q(("state", "published"), _negated=True), ("motion__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="motions_composite_published_as_a_motion",
                violation_error_message="A composite that is published is a motion.",
            ),
        ),
        migrations.AddConstraint(
            model_name="composite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["signing", "published"]), _negated=True),
                    ("laid__isnull", False),
                    _connector="OR",
                ),
                name="motions_composite_signed_is_a_version",
                violation_error_message="What the bodies sign is a version of the text.",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "draft"), ("submitted_at__isnull", True)),
                    ("state", "withdrawn"),
                    models.Q(
                        models.Q(("state__in", ["draft", "withdrawn"]), _negated=True),
                        ("current_version__isnull", False),
                        ("submitted_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="motions_motion_sent_in_has_time_and_text",
                violation_error_message="What was sent in has its time and its text.",
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amends__isnull", True), ("base__isnull", True)),
                    models.Q(("amends__isnull", False), ("base__isnull", False)),
                    _connector="OR",
                ),
                name="motions_motion_amendment_has_a_base",
                violation_error_message="An amendment says which text it amends.",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositepart",
            constraint=models.UniqueConstraint(
                fields=("composite", "motion"),
                name="motions_compositepart_once_a_composite",
                violation_error_message="This motion is in the composite already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositepart",
            constraint=models.UniqueConstraint(
                fields=("composite", "label"),
                name="motions_compositepart_label_once",
                violation_error_message="Another motion of this composite has that letter.",
            ),
        ),
        migrations.AddConstraint(
            model_name="compositepart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("motion",),
                name="motions_compositepart_in_one_composite",
                violation_error_message="This motion is being composited already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(
                fields=("version", "key"),
                name="motions_block_key_once_a_version",
                violation_error_message="A key stands once in a version.",
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(
                fields=("version", "position"),
                name="motions_block_position_once_a_version",
                violation_error_message="A position stands once in a version.",
            ),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(
                condition=models.Q(
                    ("confirmed_at__isnull", True), ("state__in", ["asked", "consented"])
                ),
                fields=["post"],
                name="motions_candidate_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                models.F("post"),
                django.db.models.functions.text.Lower("email"),
                name="motions_candidate_once_a_post",
                violation_error_message="This person is already nominated for this post.",
            ),
        ),
        migrations.AddConstraint(
            model_name="barredregion",
            constraint=models.UniqueConstraint(
                fields=("post", "region"),
                name="motions_bar_once_a_region",
                violation_error_message="This region is already barred.",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
