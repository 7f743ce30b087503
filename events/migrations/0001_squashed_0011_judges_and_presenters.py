"""The tables as they stood after 11 migrations, in one: a new database is ready in seconds.

Databases that have those migrations take this one as done; they go with the next release.
"""

import datetime

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("events", "0001_initial"),
        ("events", "0002_page_version_and_form_keys"),
        ("events", "0003_steps_of_ladders"),
        ("events", "0004_strands_in_the_conference"),
        ("events", "0005_imprint_of_a_conference"),
        ("events", "0006_audience_failure"),
        ("events", "0007_contact_of_the_site"),
        ("events", "0008_support_deadline"),
        ("events", "0009_answers_on_composites"),
        ("events", "0010_campaigns_and_publications"),
        ("events", "0011_judges_and_presenters"),
    ]

    initial = True

    dependencies = [
        ("members", "0001_squashed_0006_inviters_are_not_named"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConferenceSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, unique=True)),
                ("slug", models.SlugField(max_length=150, unique=True)),
                ("theme", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name_plural": "conference series",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Imprint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="For example: Promoted by NAME on behalf of the Co-operative Party, both at ADDRESS."
                    ),
                ),
                (
                    "in_force_from",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: only for conferences that choose it.",
                        null=True,
                        unique=True,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-in_force_from"],
            },
        ),
        migrations.CreateModel(
            name="Conference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("other_names", models.JSONField(blank=True, default=list)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("regional", "regional conference"),
                            ("local_government", "local government conference"),
                            ("annual", "annual conference"),
                            ("agm", "annual general meeting"),
                            ("other", "conference"),
                        ],
                        max_length=20,
                    ),
                ),
                ("theme", models.CharField(blank=True, max_length=200)),
                (
                    "strands",
                    models.JSONField(blank=True, default=list, verbose_name="strands of the theme"),
                ),
                ("summary", models.TextField(blank=True)),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("in_person", "in person"),
                            ("online", "online"),
                            ("hybrid", "in person and online"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("announced", "announced"),
                            ("provisional", "programme provisional"),
                            ("open", "open"),
                            ("postponed", "postponed"),
                            ("cancelled", "cancelled"),
                            ("over", "over"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                (
                    "status_note",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="why it was postponed or cancelled, what happens next",
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("booking", "places are booked"),
                            ("interest", "people register their interest"),
                            ("none", "no registration here"),
                        ],
                        default="booking",
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "starts_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="doors, if a time is known"
                    ),
                ),
                (
                    "ends_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="end, if a time is known"
                    ),
                ),
                (
                    "venue_public_from",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: shown at once. Until then the venue is in no page, feed or source.",
                        null=True,
                        verbose_name="venue shown from",
                    ),
                ),
                (
                    "platform",
                    models.CharField(blank=True, max_length=80, verbose_name="online platform"),
                ),
                ("join_url", models.URLField(blank=True, verbose_name="link to join online")),
                (
                    "join_from",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="link shown to those entitled from"
                    ),
                ),
                (
                    "audience",
                    models.CharField(blank=True, max_length=200, verbose_name="who it is for"),
                ),
                ("contact_name", models.CharField(blank=True, max_length=120)),
                ("contact_email", models.EmailField(blank=True, max_length=254)),
                ("contact_phone", models.CharField(blank=True, max_length=40)),
                (
                    "record",
                    models.TextField(blank=True, verbose_name="what is known of it afterwards"),
                ),
                (
                    "basis",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="field: reason",
                        verbose_name="how inferred facts are known",
                    ),
                ),
                (
                    "officer_confirms",
                    models.BooleanField(
                        default=False,
                        verbose_name="an officer confirms what others submit for a body",
                    ),
                ),
                (
                    "file_digest",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="SHA-256; an unchanged shipped file is not loaded over what staff edited since.",
                        max_length=64,
                        verbose_name="the shipped file it was loaded from",
                    ),
                ),
                (
                    "regions",
                    models.ManyToManyField(
                        blank=True, related_name="conferences", to="members.region"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferences",
                        to="events.conferenceseries",
                        verbose_name="part of",
                    ),
                ),
                (
                    "imprint",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the imprint in force.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferences",
                        to="events.imprint",
                    ),
                ),
            ],
            options={
                "ordering": [
                    models.OrderBy(models.F("starts_on"), descending=True, nulls_last=True),
                    "title",
                ],
                "indexes": [
                    models.Index(fields=["status", "ends_on"], name="events_conf_status_end")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_on__isnull", True), ("starts_on__isnull", True)),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="events_conference_ends_after_it_starts",
                        violation_error_message="The last day cannot come before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            models.Q(
                                ("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="events_conference_end_after_doors",
                        violation_error_message="The end must be later than the start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Day",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField()),
                ("title", models.CharField(blank=True, max_length=150)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="events.conference",
                    ),
                ),
            ],
            options={
                "ordering": ["date"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "date"),
                        name="events_day_once_a_conference",
                        violation_error_message="This conference already has that day.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
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
                            ("organisational_motions", "organisational motions"),
                            ("amendments", "amendments to motions"),
                            ("emergency_motions", "emergency motions"),
                            ("policy_submissions", "policy submissions"),
                            ("cac_nominations", "nominations for the CAC"),
                            ("recognition_awards", "recognition awards"),
                            ("early_price", "early price"),
                            ("delegate_registration", "delegate registration"),
                            ("visitor_registration", "registration"),
                            ("names", "names of delegates"),
                            ("lead_delegate", "lead delegate"),
                            ("extras", "dinner and other extras"),
                            ("changes", "changes and cancellations"),
                            ("support", "requests for support"),
                            ("composites", "answers on a composite"),
                            ("consultation", "consultation"),
                            ("other", "other"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Empty: the name of the kind.", max_length=120
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("bodies", "party councils and societies"),
                            ("delegates", "delegates"),
                            ("members", "members"),
                            ("everybody", "everybody"),
                        ],
                        max_length=20,
                        verbose_name="concerns",
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens")),
                (
                    "closes_on",
                    models.DateField(
                        blank=True,
                        help_text="The whole of this day counts.",
                        null=True,
                        verbose_name="closes at the end of",
                    ),
                ),
                (
                    "closes_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="or closes at exactly"
                    ),
                ),
                (
                    "is_reminded",
                    models.BooleanField(default=True, verbose_name="reminders are sent"),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="where this comes from"
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="events.conference",
                    ),
                ),
            ],
            options={
                "ordering": [
                    models.OrderBy(models.F("closes_on"), nulls_last=True),
                    "closes_at",
                    "pk",
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "kind", "name"),
                        name="events_deadline_once_a_kind",
                        violation_error_message="This conference already has that deadline.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on__isnull", True),
                            ("closes_at__isnull", True),
                            _connector="OR",
                        ),
                        name="events_deadline_date_or_instant",
                        violation_error_message="Give a last day or an exact time, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at__isnull", True),
                            ("closes_at__isnull", True),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="events_deadline_closes_after_it_opens",
                        violation_error_message="It must close after it opens.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AudienceFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="failing since")),
                ("error", models.CharField(max_length=80)),
                (
                    "deadline",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audience_failure",
                        to="events.deadline",
                    ),
                ),
            ],
            options={
                "ordering": ["since", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DeadlineChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "closed_before",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed at, before"),
                ),
                (
                    "closes_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="now closes at the end of"
                    ),
                ),
                (
                    "closes_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="or now closes at exactly"
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("changed_at", models.DateTimeField()),
                (
                    "form_key",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        null=True,
                        unique=True,
                        verbose_name="the form it came from",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="events.deadline",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: for everybody.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadline_changes",
                        to="members.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-pk"],
                "indexes": [
                    models.Index(fields=["deadline", "organisation"], name="events_change_by_body")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closes_at__isnull", True), ("closes_on__isnull", False)),
                            models.Q(("closes_at__isnull", False), ("closes_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="events_deadlinechange_date_or_instant",
                        violation_error_message="Give a last day or an exact time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="events_deadlinechange_has_a_reason",
                        violation_error_message="Say why the deadline moves.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True)),
                (
                    "people",
                    models.TextField(
                        blank=True,
                        help_text="One a line, with their part.",
                        verbose_name="who leads it",
                    ),
                ),
                (
                    "supporters",
                    models.CharField(blank=True, max_length=200, verbose_name="supported by"),
                ),
                ("contact_name", models.CharField(blank=True, max_length=120)),
                ("contact_email", models.EmailField(blank=True, max_length=254)),
                ("contact_phone", models.CharField(blank=True, max_length=40)),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="shown to everybody"),
                ),
                (
                    "file_digest",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        verbose_name="the shipped file it was loaded from",
                    ),
                ),
                (
                    "imprint",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the imprint in force.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="events.imprint",
                    ),
                ),
            ],
            options={
                "ordering": ["title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="events_campaign_has_a_title",
                        violation_error_message="A campaign has a title.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LayAppointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        choices=[
                            ("cac_member", "member of the Conference Arrangements Committee"),
                            ("chair", "chair"),
                            ("teller", "teller"),
                            ("returning_officer", "returning officer"),
                            ("steward", "steward"),
                            ("judge", "judge of the recognition awards"),
                            ("presenter", "presenter of the recognition awards"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="last day (a steward's may be one day)"
                    ),
                ),
                ("appointed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "appointed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="events.conference",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["conference", "task", "user"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("conference", "user", "task"),
                        name="events_appointment_once_each",
                        violation_error_message="This person already has this task.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="events_appointment_ends_after_it_starts",
                        violation_error_message="The last day cannot come before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PageVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)),
                        name="events_pageversion_is_one_row",
                        violation_error_message="There is one page version.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "report"),
                            ("toolkit", "toolkit"),
                            ("guide", "guide"),
                            ("other", "publication"),
                        ],
                        default="report",
                        max_length=20,
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="what is in it")),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("public", "everybody"),
                            ("registrants", "those registered for the conference"),
                            ("form", "whoever fills in a short form"),
                        ],
                        default="public",
                        max_length=20,
                        verbose_name="for whom",
                    ),
                ),
                ("is_draft", models.BooleanField(default=True, verbose_name="not for anybody yet")),
                (
                    "publish_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Until then it does not exist for anybody else. Empty: not stated, out at once.",
                        null=True,
                        verbose_name="comes out",
                    ),
                ),
                (
                    "cover",
                    models.FileField(
                        blank=True,
                        help_text="A JPEG or PNG, drawn anew. Empty: a cover is made of the title.",
                        upload_to="publications/covers",
                        verbose_name="picture of the cover",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="events.campaign",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="events.conference",
                    ),
                ),
            ],
            options={
                "ordering": [
                    "position",
                    models.OrderBy(models.F("publish_at"), descending=True, nulls_last=True),
                    "title",
                    "pk",
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("campaign__isnull", True), ("conference__isnull", False)),
                            models.Q(("campaign__isnull", False), ("conference__isnull", True)),
                            _connector="OR",
                        ),
                        name="events_publication_belongs_to_one",
                        violation_error_message="It belongs to a conference or to a campaign, not to both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("access", "registrants"), _negated=True),
                            ("conference__isnull", False),
                            _connector="OR",
                        ),
                        name="events_publication_registrants_of_a_conference",
                        violation_error_message="Only a conference has people who are registered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="events_publication_has_a_title",
                        violation_error_message="A publication has a title.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "wants_news",
                    models.BooleanField(default=False, verbose_name="ticked that they want news"),
                ),
                ("news_confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                ("link_until", models.DateTimeField()),
                ("key_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="events.publication",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a publication",
                "verbose_name_plural": "requests for publications",
                "ordering": ["-asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "email"),
                        name="events_publication_request_once_an_address",
                        violation_error_message="This address has asked for it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="events_publication_request_email_in_lower_case",
                        violation_error_message="E-mail addresses are kept in lower case.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("link_until__gt", models.F("asked_at"))),
                        name="events_publication_request_link_ends_after_it_began",
                        violation_error_message="A link ends after it was sent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("news_confirmed_at__isnull", True),
                            ("wants_news", True),
                            _connector="OR",
                        ),
                        name="events_publication_request_confirms_what_was_ticked",
                        violation_error_message="Only news that were asked for are confirmed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("document", models.FileField(upload_to="publications/files")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("pages", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "note",
                    models.CharField(blank=True, max_length=300, verbose_name="what is new in it"),
                ),
                (
                    "offered_from",
                    models.DateTimeField(help_text="Until then nobody else knows of it."),
                ),
                ("added_at", models.DateTimeField()),
                ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="events.publication",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a publication",
                "verbose_name_plural": "versions of a publication",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "number"),
                        name="events_version_of_a_publication_once",
                        violation_error_message="There is a version of that number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__gte", 1),
                            ("size__gte", 1),
                            models.Q(("pages__isnull", True), ("pages__gte", 1), _connector="OR"),
                        ),
                        name="events_version_of_a_publication_holds_something",
                        violation_error_message="A version has a number, a size and, if known, pages from 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DownloadTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("public", "from its page"),
                            ("registrant", "by people who are registered"),
                            ("form", "after the form"),
                            ("link", "by a mailed link"),
                        ],
                        max_length=20,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="events.publicationversion",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "download tallies",
                "ordering": ["-day", "way"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "day", "way"),
                        name="events_tally_once_a_day_and_way",
                        violation_error_message="This day is counted already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closes_at", models.DateTimeField(verbose_name="closing instant it spoke of")),
                (
                    "step",
                    models.CharField(
                        help_text="opening, 28d, 7d, 2d, last_day or moved", max_length=20
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="told at")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="addressed as")),
                (
                    "why",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="the one line about it"
                    ),
                ),
                (
                    "path",
                    models.CharField(blank=True, max_length=200, verbose_name="where to do it"),
                ),
                ("due_at", models.DateTimeField()),
                ("planned_at", models.DateTimeField()),
                ("mail_key", models.CharField(blank=True, max_length=200)),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="events.deadline",
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
            ],
            options={
                "ordering": ["-planned_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("mail_key", "")),
                        fields=["address"],
                        name="events_reminder_to_gather",
                    ),
                    models.Index(fields=["mail_key"], name="events_reminder_mail"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("deadline", "closes_at", "step", "address", "organisation"),
                        name="events_reminder_once_for_a_body",
                        violation_error_message="This reminder is already planned.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", True)),
                        fields=("deadline", "closes_at", "step", "address"),
                        name="events_reminder_once_for_a_person",
                        violation_error_message="This reminder is already planned.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "when",
                    models.CharField(
                        choices=[
                            ("opening", "on opening"),
                            ("days_before", "days before the last day"),
                            ("last_day", "on the last day"),
                        ],
                        max_length=20,
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(default=0, verbose_name="days before")),
                (
                    "time",
                    models.TimeField(default=datetime.time(9, 0), verbose_name="at (UK time)"),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="events.deadline",
                    ),
                ),
            ],
            options={
                "ordering": ["deadline", "when", "-days"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("deadline", "when", "days"),
                        name="events_step_once_a_deadline",
                        violation_error_message="This reminder is already on the ladder.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("days__gt", 0), ("when", "days_before")),
                            models.Q(models.Q(("when", "days_before"), _negated=True), ("days", 0)),
                            _connector="OR",
                        ),
                        name="events_step_days_only_before",
                        violation_error_message="Days belong to reminders some days before, only there.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "is_step_free",
                    models.BooleanField(blank=True, null=True, verbose_name="step-free"),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        db_index=True, default=0, verbose_name="order"
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rooms",
                        to="events.conference",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "name"),
                        name="events_room_name_once_a_conference",
                        violation_error_message="This conference already has a room of that name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capacity__isnull", True), ("capacity__gt", 0), _connector="OR"
                        ),
                        name="events_room_capacity_above_zero",
                        violation_error_message="A room holds at least one person; leave empty if unknown.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("keynote", "keynote"),
                            ("panel", "panel"),
                            ("workshop", "workshop"),
                            ("consultation", "policy consultation"),
                            ("business", "business session"),
                            ("fringe", "fringe meeting"),
                            ("reception", "reception"),
                            ("dinner", "dinner"),
                            ("agm", "annual general meeting"),
                            ("training", "training"),
                            ("campaign", "campaign session"),
                            ("break", "break"),
                            ("other", "session"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                ("description", models.TextField(blank=True)),
                (
                    "is_delegates_only",
                    models.BooleanField(default=False, verbose_name="delegates only"),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        db_index=True, default=0, verbose_name="order"
                    ),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="times it was changed"
                    ),
                ),
                (
                    "form_key",
                    models.UUIDField(
                        blank=True,
                        editable=False,
                        null=True,
                        unique=True,
                        verbose_name="the form it came from",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="events.conference",
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="events.day",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="events.room",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "indexes": [
                    models.Index(
                        fields=["conference", "day", "starts_at"], name="events_session_programme"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            models.Q(
                                ("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="events_session_ends_after_it_starts",
                        violation_error_message="A session ends after it starts.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="An office, for example: Conference team.",
                        max_length=120,
                        verbose_name="who answers",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        help_text="Monday to Friday, 9 to 5.",
                        max_length=120,
                        verbose_name="when somebody answers",
                    ),
                ),
                (
                    "postal_address",
                    models.TextField(
                        blank=True,
                        help_text="Where letters go: forms on paper come here.",
                        max_length=300,
                    ),
                ),
            ],
            options={
                "verbose_name": "contact of the site",
                "verbose_name_plural": "contact of the site",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)),
                        name="events_sitecontact_is_one_row",
                        violation_error_message="There is one contact of the site: change it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", ""), ("phone", ""), ("postal_address", ""), _negated=True
                        ),
                        name="events_sitecontact_can_be_reached",
                        violation_error_message="Give an e-mail address, a phone number or an address.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("description", models.CharField(blank=True, max_length=200, verbose_name="role")),
                ("biography", models.TextField(blank=True)),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="For example: so spelt in the source.",
                        max_length=200,
                        verbose_name="note for staff",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "description"),
                        name="events_speaker_once",
                        violation_error_message="This speaker is already there.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionSpeaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "placeholder",
                    models.CharField(blank=True, max_length=150, verbose_name="or in words"),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("speaker", "speaker"),
                            ("chair", "chair"),
                            ("keynote", "keynote speaker"),
                            ("panellist", "panellist"),
                            ("contributor", "contributor"),
                        ],
                        default="speaker",
                        max_length=20,
                    ),
                ),
                (
                    "talk",
                    models.CharField(blank=True, max_length=200, verbose_name="title of the talk"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="events.session",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="events.speaker",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("placeholder", ""), ("speaker__isnull", False)),
                            models.Q(
                                ("speaker__isnull", True),
                                models.Q(("placeholder", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="events_part_speaker_or_words",
                        violation_error_message="Choose a speaker or describe who it will be, not both.",
                    ),
                    models.UniqueConstraint(
                        fields=("session", "speaker", "part"),
                        name="events_part_once_a_session",
                        violation_error_message="This speaker is already in the session.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closes_at", models.DateTimeField()),
                ("step", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField()),
                ("told", models.PositiveIntegerField(verbose_name="reminders planned")),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_runs",
                        to="events.deadline",
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
            ],
            options={
                "ordering": ["-done_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("deadline", "closes_at", "step", "organisation"),
                        name="events_steprun_once_for_a_body",
                        violation_error_message="This step is already done.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", True)),
                        fields=("deadline", "closes_at", "step"),
                        name="events_steprun_once",
                        violation_error_message="This step is already done.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tracks",
                        to="events.conference",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "name"),
                        name="events_track_once_a_conference",
                        violation_error_message="This conference already has a track of that name.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="session",
            name="track",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="sessions",
                to="events.track",
            ),
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                ("town", models.CharField(blank=True, max_length=80)),
                ("address", models.TextField(blank=True)),
                (
                    "access_notes",
                    models.TextField(
                        blank=True, verbose_name="getting in and around, step-free access"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "town"),
                        name="events_venue_once_a_town",
                        violation_error_message="This venue is already there.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="conference",
            name="venue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conferences",
                to="events.venue",
            ),
        ),
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("authorised_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "authorised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorisations",
                        to="members.organisation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorisations",
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
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorisations",
                        to="events.conference",
                    ),
                ),
            ],
            options={
                "ordering": ["-authorised_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("conference", "organisation", "user"),
                        name="events_authorisation_once_each",
                        violation_error_message="This person is already authorised.",
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
                        name="events_authorisation_withdrawn_by_somebody",
                        violation_error_message="A withdrawn authority says who withdrew it.",
                    ),
                ],
            },
        ),
    ]
