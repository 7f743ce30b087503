"""The tables as they stood after 6 migrations, in one: a new database is ready in seconds.

Databases that have those migrations take this one as done; they go with the next release.
"""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from members import audit_triggers


def create(apps, schema_editor):
    audit_triggers.create(schema_editor.connection)


def drop(apps, schema_editor):
    audit_triggers.drop(schema_editor.connection)


REGIONS = [
    ("East Midlands", "east-midlands", False),
    ("East of England", "east-of-england", False),
    ("London", "london", False),
    ("North East & North Cumbria", "north-east-north-cumbria", False),
    ("North West", "north-west", False),
    ("South East", "south-east", False),
    ("South West", "south-west", False),
    ("West Midlands", "west-midlands", False),
    ("Yorkshire & the Humber", "yorkshire-the-humber", False),
    ("Scotland", "scotland", True),
    ("Wales", "wales", True),
    ("Northern Ireland", "northern-ireland", True),
]

# name, slug, and what it may do for its body
OFFICES = [
    ("Secretary", "secretary", {"may_submit", "may_book", "may_invite", "may_authorise"}),
    ("Treasurer", "treasurer", {"may_book", "may_pay"}),
    ("Chair", "chair", {"may_submit", "may_book", "may_invite", "may_authorise"}),
    ("Membership officer", "membership-officer", set()),
    # A constituency party may name somebody to the party's body in its area.
    ("Constituency party delegate", "constituency-delegate", set()),
    ("Constituency party liaison", "constituency-liaison", set()),
]

# The values of members.roles.Role on the day of this migration.
ROLES = [
    "administrator",
    "programme editor",
    "registrations officer",
    "finance",
    "access officer",
    "safeguarding lead",
    "data protection officer",
    "auditor",
]


def fill(apps, schema_editor):
    Region = apps.get_model("members", "Region")
    Office = apps.get_model("members", "Office")
    Group = apps.get_model("auth", "Group")
    for position, (name, slug, is_nation) in enumerate(REGIONS, start=1):
        Region.objects.get_or_create(
            slug=slug, defaults={"name": name, "is_nation": is_nation, "position": position}
        )
    for position, (name, slug, powers) in enumerate(OFFICES, start=1):
        Office.objects.get_or_create(
            slug=slug,
            defaults={"name": name, "position": position, **dict.fromkeys(powers, True)},
        )
    for name in ROLES:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    replaces = [
        ("members", "0001_initial"),
        ("members", "0002_people_and_bodies"),
        ("members", "0003_audit_trail_is_append_only"),
        ("members", "0004_regions_offices_and_roles"),
        ("members", "0005_merging_invitations_and_erasures"),
        ("members", "0006_inviters_are_not_named"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("may_book", models.BooleanField(default=False, verbose_name="books delegates")),
                (
                    "may_submit",
                    models.BooleanField(
                        default=False, verbose_name="submits motions and other business"
                    ),
                ),
                (
                    "may_pay",
                    models.BooleanField(default=False, verbose_name="sees and settles invoices"),
                ),
                (
                    "may_invite",
                    models.BooleanField(
                        default=False, verbose_name="invites and ends other officers"
                    ),
                ),
                (
                    "may_authorise",
                    models.BooleanField(
                        default=False, verbose_name="authorises others to draft and submit"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=0, verbose_name="order in lists"),
                ),
            ],
            options={
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("slug", models.SlugField(max_length=80, unique=True)),
                (
                    "is_nation",
                    models.BooleanField(
                        default=False, verbose_name="a nation, not an English region"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        db_index=True, default=0, verbose_name="order in lists"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "Another sign-in has this e-mail address."},
                        max_length=254,
                        unique=True,
                        verbose_name="e-mail address",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="full name")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Staff of the party. Lay people (CAC, tellers, stewards) are never staff.",
                        verbose_name="works in the admin",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="since"
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="The sign-in that this duplicate was made one with.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "email"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="members_user_email_in_lower_case",
                        violation_error_message="E-mail addresses are kept in lower case.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True), ("is_active", False), _connector="OR"
                        ),
                        name="members_user_merged_is_not_active",
                        violation_error_message="A sign-in that was merged into another is closed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="members_user_not_merged_into_itself",
                        violation_error_message="A sign-in cannot be merged into itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "address",
                    models.EmailField(db_index=True, max_length=254, verbose_name="e-mail address"),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("marketing", "news and campaigns by e-mail"),
                            ("photo", "being photographed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("wording", models.CharField(max_length=500, verbose_name="the words agreed to")),
                ("source", models.CharField(max_length=100, verbose_name="where it was given")),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-given_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("address", "purpose"),
                        name="members_consent_one_in_force",
                        violation_error_message="This consent is already recorded.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="members_consent_withdrawn_after_given",
                        violation_error_message="Consent cannot be withdrawn before it was given.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "user_number",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="number of the sign-in"
                    ),
                ),
                (
                    "digests",
                    models.JSONField(default=list, verbose_name="keyed digests of the addresses"),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="why")),
                ("counts", models.JSONField(default=dict, verbose_name="rows by table")),
                (
                    "is_replay",
                    models.BooleanField(default=False, verbose_name="done again after a restore"),
                ),
                (
                    "by",
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
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="members_erasure_has_a_reason",
                        violation_error_message="Say why this person is erased.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, unique=True)),
                ("slug", models.SlugField(max_length=150, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("party_council", "party council"),
                            ("branch", "branch"),
                            ("society", "society"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "postal_address",
                    models.TextField(blank=True, verbose_name="postal address for invoices"),
                ),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="shared mailbox"),
                ),
                (
                    "register_number",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        max_length=30,
                        verbose_name="number in the party's register",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="exists now")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="A branch's party council.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="members.organisation",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="members.region",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="members_organisation_not_its_own_parent",
                        violation_error_message="A body cannot be part of itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "branch"), ("parent__isnull", True), _connector="OR"
                        ),
                        name="members_organisation_only_branches_have_a_parent",
                        violation_error_message="Only a branch belongs to a party council.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficeInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.office",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="members.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("withdrawn_at__isnull", True)
                        ),
                        fields=("organisation", "office", "email"),
                        name="members_invitation_one_open_each",
                        violation_error_message="This address is already invited to this office.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="members_invitation_email_in_lower_case",
                        violation_error_message="E-mail addresses are kept in lower case.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="members_invitation_expires_after_it_was_made",
                        violation_error_message="An invitation ends after it was made.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(
                                ("accepted_at__isnull", False), ("accepted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="members_invitation_accepted_by_somebody",
                        violation_error_message="An accepted invitation says who accepted it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Officeholding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_on", models.DateField()),
                (
                    "ended_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="ended on (first day no longer held)"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("claimed", "claimed, waiting for staff"),
                            ("verified", "verified"),
                            ("rejected", "not confirmed"),
                        ],
                        default="claimed",
                        max_length=20,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("staff", "entered by staff"),
                            ("claim", "claimed by the person"),
                            ("invitation", "invited by an officer"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        help_text="For example: minutes of 3 March.",
                        max_length=300,
                        verbose_name="how we know",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision_reason",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="reason told to the person",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="members.office",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officeholdings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officeholdings",
                        to="members.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["organisation", "office", "-started_on"],
                "indexes": [models.Index(fields=["user", "state"], name="members_oh_user_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="members_officeholding_ends_after_it_starts",
                        violation_error_message="An office cannot end before it starts.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            models.Q(("state", "rejected"), _negated=True),
                        ),
                        fields=("organisation", "office", "user"),
                        name="members_officeholding_one_open_each",
                        violation_error_message="This person already holds or has claimed this office.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "claimed")),
                            models.Q(
                                models.Q(("state", "claimed"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="members_officeholding_decided_unless_claimed",
                        violation_error_message="A decided claim carries the time of the decision.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.CharField(help_text="For example: deadline.extended", max_length=80),
                ),
                ("object_type", models.CharField(max_length=80)),
                ("object_id", models.CharField(max_length=40)),
                (
                    "object_label",
                    models.CharField(max_length=200, verbose_name="what it was called then"),
                ),
                (
                    "before",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty when the system acted.",
                        null=True,
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
                        verbose_name="for the body",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit trail",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["object_type", "object_id"], name="members_audit_object"),
                    models.Index(fields=["-at"], name="members_audit_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, verbose_name="membership number")),
                ("given_names", models.CharField(max_length=100)),
                ("surname", models.CharField(max_length=100)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        db_index=True,
                        max_length=254,
                        verbose_name="e-mail address in the register",
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("full", "full member"),
                            ("provisional", "provisional (first three months, no vote)"),
                            ("lapsed", "lapsed"),
                        ],
                        default="full",
                        max_length=20,
                    ),
                ),
                ("joined_on", models.DateField(blank=True, null=True)),
                ("lapsed_on", models.DateField(blank=True, null=True)),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="member",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sign-in",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="The branch or party council this member belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="members.organisation",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="members.region",
                    ),
                ),
            ],
            options={
                "ordering": ["surname", "given_names"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("number"),
                        name="members_member_number_is_unique",
                        violation_error_message="There is already a member with this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lapsed_on__isnull", True),
                            ("joined_on__isnull", True),
                            ("lapsed_on__gte", models.F("joined_on")),
                            _connector="OR",
                        ),
                        name="members_member_lapses_after_joining",
                        violation_error_message="A membership cannot lapse before it began.",
                    ),
                ],
            },
        ),
        migrations.RunPython(create, drop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
