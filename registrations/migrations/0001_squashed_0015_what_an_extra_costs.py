"""The tables as they stood after 15 migrations, in one: a new database is ready in seconds.

Databases that have those migrations take this one as done; they go with the next release.
"""

import uuid
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("registrations", "0001_bookings_and_prices"),
        ("registrations", "0002_badges_and_doors"),
        ("registrations", "0003_invoices_and_the_ledger"),
        ("registrations", "0004_delegations"),
        ("registrations", "0005_lead_chosen_at"),
        ("registrations", "0006_waivers_end"),
        ("registrations", "0007_booked_at_the_door"),
        ("registrations", "0008_messages_to_groups"),
        ("registrations", "0009_joining_instructions"),
        ("registrations", "0010_places_kept"),
        ("registrations", "0011_carers"),
        ("registrations", "0012_support_and_reductions"),
        ("registrations", "0013_cards"),
        ("registrations", "0014_ways_to_pay"),
        ("registrations", "0015_what_an_extra_costs"),
    ]

    initial = True

    dependencies = [
        ("events", "0001_squashed_0011_judges_and_presenters"),
        ("members", "0001_squashed_0006_inviters_are_not_named"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DelegationRules",
            fields=[
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="delegation_rules",
                        serialize=False,
                        to="events.conference",
                    ),
                ),
                (
                    "beyond",
                    models.CharField(
                        choices=[
                            ("refused", "refused"),
                            ("queued", "refused, and the body may ask staff for more"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="a place beyond the allocation is",
                    ),
                ),
                (
                    "without_allocation",
                    models.CharField(
                        choices=[("no_limit", "no limit"), ("none", "no places")],
                        default="no_limit",
                        max_length=10,
                        verbose_name="a body for which nothing was entered has",
                    ),
                ),
                (
                    "imbalance_blocks",
                    models.BooleanField(
                        default=False,
                        help_text="Otherwise it is warned and reported: the party asks that each delegation is half women, it does not turn people away.",
                        verbose_name="a delegation that is not balanced is not in order",
                    ),
                ),
                (
                    "odd_may_differ",
                    models.BooleanField(
                        default=True,
                        verbose_name="with an odd number one more of a gender is balanced",
                    ),
                ),
                (
                    "youth_until",
                    models.PositiveSmallIntegerField(
                        choices=[(26, "26 or under"), (30, "30 or under")],
                        default=30,
                        verbose_name="oldest age of a youth delegate on day one",
                    ),
                ),
                (
                    "membership_on",
                    models.DateField(
                        blank=True,
                        help_text="Empty: the first day.",
                        null=True,
                        verbose_name="membership is judged on",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules for delegations",
                "verbose_name_plural": "rules for delegations",
            },
        ),
        migrations.CreateModel(
            name="InvoiceSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "prefix",
                    models.SlugField(help_text="For example: CONF-", max_length=20, unique=True),
                ),
                ("last_number", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "series of invoices",
                "verbose_name_plural": "series of invoices",
                "ordering": ["prefix"],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, help_text="Empty: not yet known.", max_length=150),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, db_index=True, max_length=254, verbose_name="e-mail address"
                    ),
                ),
                ("named_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["booking", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PassType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                (
                    "description",
                    models.CharField(blank=True, max_length=300, verbose_name="what it includes"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("delegate", "delegate"),
                            ("youth_delegate", "youth delegate"),
                            ("visitor", "visitor"),
                            ("observer", "observer"),
                            ("ex_officio", "ex-officio"),
                            ("exhibitor", "exhibitor"),
                            ("carer", "carer or personal assistant"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "sold_to",
                    models.CharField(
                        choices=[
                            ("bodies", "party councils and societies"),
                            ("members", "members, for themselves"),
                            ("everybody", "everybody"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: no limit.",
                        null=True,
                        verbose_name="places in all",
                    ),
                ),
                (
                    "membership_required",
                    models.BooleanField(
                        default=False, verbose_name="only for members of the party"
                    ),
                ),
                (
                    "only_on",
                    models.DateField(
                        blank=True,
                        help_text="A day pass. Empty: every day.",
                        null=True,
                        verbose_name="only on",
                    ),
                ),
                (
                    "is_on_sale",
                    models.BooleanField(
                        default=True, verbose_name="on sale while its door is open"
                    ),
                ),
                ("nominal_code", models.CharField(blank=True, max_length=20)),
                (
                    "vat_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Part of the price. Empty: no VAT charged.",
                        max_digits=5,
                        null=True,
                        verbose_name="VAT rate (%)",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pass_types",
                        to="events.conference",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pass_types",
                        to="events.deadline",
                        verbose_name="its door",
                    ),
                ),
            ],
            options={
                "ordering": ["conference", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "code"),
                        name="registrations_passtype_code_once",
                        violation_error_message="This conference already has a pass with that code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vat_rate__isnull", True),
                            models.Q(
                                ("vat_rate__gte", Decimal("0")), ("vat_rate__lte", Decimal("100"))
                            ),
                            _connector="OR",
                        ),
                        name="registrations_passtype_vat_rate",
                        violation_error_message="A VAT rate lies between nothing and 100 per cent.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(editable=False, max_length=12, unique=True)),
                ("contact_name", models.CharField(blank=True, max_length=150)),
                (
                    "contact_email",
                    models.EmailField(
                        blank=True,
                        db_index=True,
                        max_length=254,
                        verbose_name="contact's e-mail address",
                    ),
                ),
                (
                    "contact_phone",
                    models.CharField(blank=True, max_length=40, verbose_name="contact's phone"),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "on the site"),
                            ("post", "by post"),
                            ("email", "by e-mail"),
                            ("staff", "by staff"),
                            ("door", "at the door"),
                        ],
                        default="web",
                        max_length=10,
                        verbose_name="came",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "booked"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "payment_method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("invoice", "invoice"),
                            ("bacs", "bank transfer"),
                            ("cheque", "cheque"),
                            ("grant", "deduction from the grant"),
                            ("cash", "cash at the door"),
                            ("card", "card at the door"),
                            ("free", "nothing to pay"),
                        ],
                        max_length=10,
                    ),
                ),
                ("bill_to", models.TextField(blank=True, max_length=500, verbose_name="bill to")),
                (
                    "purchase_order",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="purchase order number"
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="booked"),
                ),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kept_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="kept for the new date"
                    ),
                ),
                ("entered_at", models.DateTimeField(blank=True, null=True)),
                ("scan", models.FileField(blank=True, upload_to="scans/%Y/%m")),
                (
                    "override_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was let in late"
                    ),
                ),
                (
                    "idempotency_key",
                    models.UUIDField(blank=True, editable=False, null=True, unique=True),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "booked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
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
                        related_name="bookings",
                        to="events.conference",
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
                    "kept_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Empty: by the personal link.",
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
                        related_name="bookings",
                        to="members.organisation",
                        verbose_name="for the body",
                    ),
                ),
            ],
            options={
                "ordering": ["-submitted_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["conference", "state", "-submitted_at"], name="reg_booking_list"
                    ),
                    models.Index(fields=["organisation", "conference"], name="reg_booking_body"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", True),
                                ("state", "draft"),
                                ("submitted_at__isnull", True),
                            ),
                            models.Q(
                                ("cancelled_at__isnull", True),
                                ("state", "submitted"),
                                ("submitted_at__isnull", False),
                            ),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("state", "cancelled"),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_booking_state_has_its_times",
                        violation_error_message="A booking's state and its times must agree.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel", "web"),
                                ("entered_at__isnull", True),
                                ("entered_by__isnull", True),
                            ),
                            models.Q(
                                models.Q(("channel", "web"), _negated=True),
                                ("entered_at__isnull", False),
                                ("entered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_booking_entered_by_somebody",
                        violation_error_message="A booking that staff entered says who did and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kept_at__isnull", False), ("kept_by__isnull", True), _connector="OR"
                        ),
                        name="registrations_booking_kept_at_some_time",
                        violation_error_message="Who keeps places for a new date said so at some time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("override_reason", ""), ("entered_by__isnull", False), _connector="OR"
                        ),
                        name="registrations_booking_only_staff_override",
                        violation_error_message="Only staff let a late booking in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scan", ""), ("channel__in", ["post", "email"]), _connector="OR"
                        ),
                        name="registrations_booking_scan_of_paper",
                        violation_error_message="Only what came by post or e-mail has a scan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("channel", "web"), _negated=True),
                            models.Q(
                                models.Q(("contact_email", ""), _negated=True),
                                models.Q(("contact_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_booking_has_a_contact",
                        violation_error_message="Give a contact's name and e-mail address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("payment_method", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="registrations_booking_says_how_it_is_paid",
                        violation_error_message="Say how the booking will be paid.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="registrations.booking",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="registrations_key_expires_later",
                        violation_error_message="A link must last for a while.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_hash", models.CharField(editable=False, max_length=64)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="registrations.booking",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(fields=["booking", "-created_at"], name="reg_code_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="registrations_code_expires_later",
                        violation_error_message="A code must last for a while.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CardAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider", models.CharField(max_length=30)),
                ("key", models.CharField(editable=False, max_length=40, unique=True)),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="amount (£)"),
                ),
                ("started_at", models.DateTimeField(verbose_name="begun")),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="card_attempts",
                        to="registrations.booking",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", Decimal("0"))),
                        name="registrations_cardattempt_is_something",
                        violation_error_message="Only something that is owed is paid.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="amount (£)"),
                ),
                ("recorded_at", models.DateTimeField()),
                ("idempotency_key", models.UUIDField(editable=False, unique=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_out",
                        to="registrations.booking",
                        verbose_name="from",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_in",
                        to="registrations.booking",
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "credit moved",
                "verbose_name_plural": "credit moved",
                "ordering": ["-recorded_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gt", Decimal("0")),
                            models.Q(("source", models.F("target")), _negated=True),
                        ),
                        name="registrations_credit_moves_something_elsewhere",
                        violation_error_message="Credit moves to another booking.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lead_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="lead chosen"),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="events.conference",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="members.organisation",
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "ordering": ["conference", "organisation__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "organisation"),
                        name="registrations_delegation_once",
                        violation_error_message="This body already has a delegation at this conference.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
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
                        choices=[("standard", "delegates"), ("youth", "youth delegates")],
                        max_length=10,
                    ),
                ),
                ("places", models.PositiveSmallIntegerField()),
                (
                    "source",
                    models.CharField(
                        help_text="For example: grant letter of 3 March.", max_length=200
                    ),
                ),
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
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="allocations",
                        to="registrations.delegation",
                    ),
                ),
            ],
            options={
                "ordering": ["delegation", "kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("delegation", "kind"),
                        name="registrations_allocation_kind_once",
                        violation_error_message="Places of this kind are allocated already: change them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="registrations_allocation_has_a_source",
                        violation_error_message="Say where the number is written.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extra",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("description", models.CharField(blank=True, max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dinner", "dinner"),
                            ("hotel_night", "hotel night"),
                            ("meal", "meal"),
                            ("other", "other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on_date", models.DateField(blank=True, null=True, verbose_name="on")),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: no limit.",
                        null=True,
                        verbose_name="places in all",
                    ),
                ),
                (
                    "is_on_sale",
                    models.BooleanField(
                        default=True, verbose_name="on sale while its door is open"
                    ),
                ),
                (
                    "is_free_for_carers",
                    models.BooleanField(
                        default=False,
                        help_text="A carer's pass costs nothing anyhow. Unticked: a carer pays the price of this.",
                        verbose_name="free for a carer",
                    ),
                ),
                ("nominal_code", models.CharField(blank=True, max_length=20)),
                (
                    "vat_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Part of the price. Empty: no VAT charged.",
                        max_digits=5,
                        null=True,
                        verbose_name="VAT rate (%)",
                    ),
                ),
                (
                    "cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Only for what is sold above it, such as a sponsor's table: the rest may be a gift to the party, and the month end shows it. Empty: it is not asked.",
                        max_digits=8,
                        null=True,
                        verbose_name="what one costs us (£)",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extras",
                        to="events.conference",
                    ),
                ),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extras",
                        to="events.deadline",
                        verbose_name="its door",
                    ),
                ),
            ],
            options={
                "ordering": ["conference", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "code"),
                        name="registrations_extra_code_once",
                        violation_error_message="This conference already has an extra with that code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vat_rate__isnull", True),
                            models.Q(
                                ("vat_rate__gte", Decimal("0")), ("vat_rate__lte", Decimal("100"))
                            ),
                            _connector="OR",
                        ),
                        name="registrations_extra_vat_rate",
                        violation_error_message="A VAT rate lies between nothing and 100 per cent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cost__isnull", True), ("cost__gte", Decimal("0")), _connector="OR"
                        ),
                        name="registrations_extra_cost_not_negative",
                        violation_error_message="Nothing costs us less than nothing.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
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
                    "is_member",
                    models.BooleanField(default=False, verbose_name="a member of the party"),
                ),
                (
                    "wants_marketing",
                    models.BooleanField(
                        default=False, verbose_name="asked for news; recorded on confirming"
                    ),
                ),
                ("registered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("key_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "idempotency_key",
                    models.UUIDField(blank=True, editable=False, null=True, unique=True),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="events.conference",
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
                "verbose_name": "registered interest",
                "verbose_name_plural": "registered interest",
                "ordering": ["-registered_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "email"),
                        name="registrations_interest_once_an_address",
                        violation_error_message="This address is already registered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="registrations_interest_email_in_lower_case",
                        violation_error_message="E-mail addresses are kept in lower case.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="registrations_interest_withdrawn_after_confirmed",
                        violation_error_message="Only confirmed interest is withdrawn.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("label", models.CharField(max_length=40, unique=True, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[("invoice", "invoice"), ("credit_note", "credit note")],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                ("due_on", models.DateField(verbose_name="to be paid by")),
                ("supplier_name", models.CharField(max_length=150)),
                ("supplier_address", models.TextField()),
                (
                    "vat_number",
                    models.CharField(blank=True, max_length=20, verbose_name="VAT number"),
                ),
                (
                    "vat_rounding",
                    models.CharField(
                        choices=[
                            ("line", "for each thing sold"),
                            ("document", "once for the whole document"),
                        ],
                        max_length=10,
                    ),
                ),
                ("payer_name", models.CharField(max_length=150, verbose_name="payer")),
                ("payer_address", models.TextField(blank=True)),
                (
                    "purchase_order",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="purchase order number"
                    ),
                ),
                ("conference_title", models.CharField(max_length=200)),
                ("how_to_pay", models.JSONField(default=list)),
                ("imprint", models.TextField(blank=True)),
                ("net", models.DecimalField(decimal_places=2, max_digits=10)),
                ("vat", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="VAT")),
                (
                    "gross",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="total"),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="registrations.booking",
                    ),
                ),
                (
                    "credits",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_note",
                        to="registrations.invoice",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="registrations.invoiceseries",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice or credit note",
                "verbose_name_plural": "invoices and credit notes",
                "ordering": ["-issued_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("series", "number"),
                        name="registrations_invoice_number_once",
                        violation_error_message="This number is taken.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credits__isnull", True), ("kind", "invoice")),
                            models.Q(("credits__isnull", False), ("kind", "credit_note")),
                            _connector="OR",
                        ),
                        name="registrations_credit_note_of_an_invoice",
                        violation_error_message="A credit note, and only that, takes an invoice back.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "gross__gt",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("net"), "+", models.F("vat")
                                    ),
                                    "-",
                                    models.Value(Decimal("0.001")),
                                ),
                            ),
                            (
                                "gross__lt",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("net"), "+", models.F("vat")
                                    ),
                                    "+",
                                    models.Value(Decimal("0.001")),
                                ),
                            ),
                            ("gross__gt", Decimal("0")),
                        ),
                        name="registrations_invoice_adds_up",
                        violation_error_message="Net and VAT must come to the total.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vat", Decimal("0")),
                            models.Q(("vat_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="registrations_invoice_vat_with_a_number",
                        violation_error_message="VAT is charged by a supplier with a VAT number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoiceLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("description", models.CharField(max_length=300)),
                ("nominal_code", models.CharField(blank=True, max_length=20)),
                ("quantity", models.PositiveSmallIntegerField()),
                ("price", models.DecimalField(decimal_places=2, max_digits=8)),
                (
                    "vat_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="VAT rate (%)",
                    ),
                ),
                ("net", models.DecimalField(decimal_places=2, max_digits=10)),
                ("vat", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="VAT")),
                (
                    "gross",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="total"),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="registrations.invoice",
                    ),
                ),
            ],
            options={
                "ordering": ["invoice", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("invoice", "position"),
                        name="registrations_invoice_line_position_once",
                        violation_error_message="Two lines of an invoice cannot have the same number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "gross__gt",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("net"), "+", models.F("vat")
                                    ),
                                    "-",
                                    models.Value(Decimal("0.001")),
                                ),
                            ),
                            (
                                "gross__lt",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("net"), "+", models.F("vat")
                                    ),
                                    "+",
                                    models.Value(Decimal("0.001")),
                                ),
                            ),
                            ("net__gte", Decimal("0")),
                            ("vat__gte", Decimal("0")),
                        ),
                        name="registrations_invoice_line_adds_up",
                        violation_error_message="Net and VAT must come to the total.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "gross__gt",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("price"), "*", models.F("quantity")
                                    ),
                                    "-",
                                    models.Value(Decimal("0.001")),
                                ),
                            ),
                            (
                                "gross__lt",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("price"), "*", models.F("quantity")
                                    ),
                                    "+",
                                    models.Value(Decimal("0.001")),
                                ),
                            ),
                        ),
                        name="registrations_invoice_line_price_times_quantity",
                        violation_error_message="A line comes to its price times its quantity.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vat_rate__isnull", False), ("vat", Decimal("0")), _connector="OR"
                        ),
                        name="registrations_invoice_line_no_rate_no_vat",
                        violation_error_message="Where no VAT is charged there is none.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoiningInstructions",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "arriving",
                    models.TextField(
                        blank=True,
                        help_text="When the doors open, which entrance, how to get there.",
                        max_length=2000,
                        verbose_name="arriving and getting in",
                    ),
                ),
                (
                    "bring",
                    models.TextField(
                        blank=True,
                        help_text="Photo ID is asked for by itself where the door's rules say so.",
                        max_length=1000,
                        verbose_name="what to bring",
                    ),
                ),
                (
                    "access",
                    models.TextField(
                        blank=True,
                        help_text="Beside what is known of the venue: quiet room, hearing loop, whom to ask.",
                        max_length=2000,
                        verbose_name="access",
                    ),
                ),
                (
                    "more",
                    models.TextField(blank=True, max_length=2000, verbose_name="anything else"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("written_at", models.DateTimeField(editable=False, verbose_name="written")),
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joining_instructions",
                        to="events.conference",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "joining instructions",
                "verbose_name_plural": "joining instructions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="registrations_joining_versions_from_one",
                        violation_error_message="Versions count from one.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Particulars",
            fields=[
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="particulars",
                        serialize=False,
                        to="registrations.place",
                    ),
                ),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("woman", "woman"),
                            ("man", "man"),
                            ("another", "I describe myself in another way"),
                            ("undisclosed", "I prefer not to say"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "gender_words",
                    models.CharField(blank=True, max_length=60, verbose_name="in their own words"),
                ),
                ("pronouns", models.CharField(blank=True, max_length=40)),
                (
                    "age_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("under_18", "under 18"),
                            ("18_26", "18 to 26"),
                            ("27_30", "27 to 30"),
                            ("over_30", "over 30"),
                            ("undisclosed", "I prefer not to say"),
                        ],
                        max_length=12,
                        verbose_name="age on the first day",
                    ),
                ),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                (
                    "guardian_name",
                    models.CharField(blank=True, max_length=150, verbose_name="parent or guardian"),
                ),
                (
                    "guardian_contact",
                    models.CharField(
                        blank=True,
                        max_length=150,
                        verbose_name="how to reach the parent or guardian",
                    ),
                ),
                (
                    "may_photograph",
                    models.BooleanField(default=False, verbose_name="agrees to be photographed"),
                ),
                (
                    "may_list",
                    models.BooleanField(
                        default=False, verbose_name="agrees to be on the list of delegates"
                    ),
                ),
                (
                    "told_needs",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="told us of needs as well"
                    ),
                ),
                ("given_by", models.EmailField(editable=False, max_length=254)),
                ("told_at", models.DateTimeField()),
                ("purge_on", models.DateField(verbose_name="deleted on")),
            ],
            options={
                "verbose_name": "particulars",
                "verbose_name_plural": "particulars of delegates",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_band", "under_18"),
                            models.Q(
                                ("born_on__isnull", True),
                                ("guardian_contact", ""),
                                ("guardian_name", ""),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_particulars_birth_only_under_18",
                        violation_error_message="A date of birth and a guardian are asked for under 18 only.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_band", "under_18"), ("may_list", True), _negated=True
                        ),
                        name="registrations_particulars_no_child_is_listed",
                        violation_error_message="Nobody under 18 is on a list of delegates.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceNeeds",
            fields=[
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="needs",
                        serialize=False,
                        to="registrations.place",
                    ),
                ),
                (
                    "access",
                    models.TextField(blank=True, max_length=1000, verbose_name="access needs"),
                ),
                (
                    "dietary",
                    models.TextField(blank=True, max_length=500, verbose_name="dietary needs"),
                ),
                ("told_at", models.DateTimeField()),
                ("purge_on", models.DateField(verbose_name="deleted on")),
            ],
            options={
                "verbose_name": "needs",
                "verbose_name_plural": "access and dietary needs",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("access", ""), ("dietary", ""), _negated=True),
                        name="registrations_needs_say_something",
                        violation_error_message="Say what is needed, or keep no record at all.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="place",
            name="booking",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="places",
                to="registrations.booking",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="comes_with",
            field=models.ForeignKey(
                blank=True,
                help_text="A carer or personal assistant comes with somebody. Empty: for themself.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="carers",
                to="registrations.place",
                verbose_name="comes with",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="member",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="places",
                to="members.member",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="region",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="places",
                to="members.region",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="places",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sign-in",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="lead",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="leads",
                to="registrations.place",
                verbose_name="lead delegate",
            ),
        ),
        migrations.CreateModel(
            name="DelegateLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="sent to")),
                ("key_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="delegate_links",
                        to="registrations.place",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "indexes": [
                    models.Index(fields=["place", "-created_at"], name="reg_delegatelink_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="registrations_delegatelink_expires_later",
                        violation_error_message="A link must last for a while.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.PositiveSmallIntegerField(default=1, verbose_name="person of the place"),
                ),
                ("seed", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "short_code",
                    models.CharField(
                        editable=False, max_length=9, unique=True, verbose_name="code to type"
                    ),
                ),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                (
                    "voided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="void since"),
                ),
                (
                    "void_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lost", "the badge was replaced"),
                            ("substituted", "somebody else has the place"),
                            ("cancelled", "the place was cancelled"),
                        ],
                        max_length=12,
                        verbose_name="why it is void",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to="registrations.place",
                    ),
                ),
            ],
            options={
                "ordering": ["place", "-issued_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("place",),
                        name="registrations_credential_one_valid_a_place",
                        violation_error_message="This place has a valid badge already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("void_reason", ""),
                                ("voided_at__isnull", True),
                                ("voided_by__isnull", True),
                            ),
                            models.Q(
                                ("voided_at__gte", models.F("issued_at")),
                                ("voided_at__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_credential_void_says_why",
                        violation_error_message="A void badge says since when and why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("used_at", models.DateTimeField(verbose_name="used")),
                (
                    "given_back_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="given back"),
                ),
                (
                    "given_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="code_uses",
                        to="registrations.place",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a code",
                "verbose_name_plural": "uses of codes",
                "ordering": ["-used_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="place",
            name="pass_type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="places",
                to="registrations.passtype",
                verbose_name="pass",
            ),
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("description", models.CharField(max_length=200)),
                ("band", models.CharField(blank=True, max_length=60, verbose_name="price band")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="amount (£)",
                    ),
                ),
                ("priced_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kept",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=8,
                        verbose_name="kept when cancelled (£)",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="registrations.booking",
                    ),
                ),
                (
                    "extra",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="registrations.extra",
                    ),
                ),
                (
                    "invoice_line",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="Where it stands billed. Empty: nowhere, or credited.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="billed",
                        to="registrations.invoiceline",
                    ),
                ),
                (
                    "reduces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reductions",
                        to="registrations.line",
                    ),
                ),
                (
                    "use",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="registrations.codeuse",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="registrations.place",
                    ),
                ),
                (
                    "pass_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="registrations.passtype",
                    ),
                ),
            ],
            options={
                "ordering": ["booking", "place", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("priced_at__isnull", False)
                        ),
                        fields=["pass_type"],
                        name="reg_line_pass_holding",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("priced_at__isnull", False)
                        ),
                        fields=["extra"],
                        name="reg_line_extra_holding",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("extra__isnull", True),
                                ("pass_type__isnull", False),
                                ("use__isnull", True),
                            ),
                            models.Q(
                                ("extra__isnull", False),
                                ("pass_type__isnull", True),
                                ("use__isnull", True),
                            ),
                            models.Q(
                                ("extra__isnull", True),
                                ("pass_type__isnull", True),
                                ("use__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_line_pass_or_extra",
                        violation_error_message="A line is for a pass, for an extra, or a reduction.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reduces__isnull", True), ("use__isnull", True)),
                            models.Q(
                                ("amount__lt", Decimal("0")),
                                ("reduces__isnull", False),
                                ("use__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_line_reduces_another",
                        violation_error_message="A reduction takes something off another line.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True), ("use__isnull", False)),
                        fields=("reduces",),
                        name="registrations_line_reduced_once",
                        violation_error_message="This has a reduction already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__isnull", True), ("band", ""), ("priced_at__isnull", True)
                            ),
                            models.Q(
                                ("amount__isnull", False),
                                ("priced_at__isnull", False),
                                models.Q(("band", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_line_priced_with_its_band",
                        violation_error_message="A price comes with its band and its time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True),
                            ("amount__gte", Decimal("0")),
                            ("use__isnull", False),
                            _connector="OR",
                        ),
                        name="registrations_line_amount_not_negative",
                        violation_error_message="A line cannot cost less than nothing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kept", Decimal("0")),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("kept__gt", Decimal("0")),
                                ("kept__lte", models.F("amount")),
                            ),
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("kept__gte", models.F("amount")),
                                ("kept__lt", Decimal("0")),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_line_keeps_part_of_its_price",
                        violation_error_message="Only of what is cancelled is part of the price kept.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("pass_type__isnull", False)
                        ),
                        fields=("place",),
                        name="registrations_line_one_pass_a_place",
                        violation_error_message="A place has one pass.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("extra__isnull", False)
                        ),
                        fields=("place", "extra"),
                        name="registrations_line_extra_once_a_place",
                        violation_error_message="This place already has that extra.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DoorRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asks_photo_id",
                    models.BooleanField(default=False, verbose_name="stewards ask for photo ID"),
                ),
                (
                    "refuses_unpaid",
                    models.BooleanField(
                        default=False, verbose_name="no entry while the booking is unpaid"
                    ),
                ),
                (
                    "quorum",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: none is set.",
                        null=True,
                        verbose_name="delegates that make a quorum",
                    ),
                ),
                (
                    "scans_kept_days",
                    models.PositiveSmallIntegerField(
                        default=28,
                        help_text="Who came to a party's conference is sensitive: no longer than is needed.",
                        validators=[django.core.validators.MaxValueValidator(366)],
                        verbose_name="days that scans are kept after the conference",
                    ),
                ),
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="door_rules",
                        to="events.conference",
                    ),
                ),
                (
                    "walk_in_pass",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: nobody is booked in at the door. Its own door has to be open on the day, and its price then is the price at the door.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registrations.passtype",
                        verbose_name="pass sold at the door",
                    ),
                ),
            ],
            options={
                "verbose_name": "door rules",
                "verbose_name_plural": "door rules",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scans_kept_days__lte", 366)),
                        name="registrations_doorrules_scans_kept_a_year_at_most",
                        violation_error_message="Scans are kept for a year at most.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("cheque", "cheque"),
                            ("bacs", "bank transfer"),
                            ("grant", "deducted from the grant"),
                            ("card", "card"),
                            ("cash", "cash"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="amount (£)"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("banked", "banked"),
                            ("cleared", "cleared"),
                            ("bounced", "bounced"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_on", models.DateField()),
                ("state_on", models.DateField(verbose_name="in this state since")),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="cheque number or reference"
                    ),
                ),
                ("payer", models.CharField(blank=True, max_length=150, verbose_name="paid by")),
                ("recorded_at", models.DateTimeField()),
                (
                    "idempotency_key",
                    models.UUIDField(blank=True, editable=False, null=True, unique=True),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="registrations.booking",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: by the card provider.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-received_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", Decimal("0"))),
                        name="registrations_payment_is_something",
                        violation_error_message="A payment is more than nothing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("method", "cheque"), ("state", "cleared"), _connector="OR"
                        ),
                        name="registrations_payment_only_cheques_wait",
                        violation_error_message="Only a cheque waits to be cleared.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recorded_by__isnull", False), ("method", "card"), _connector="OR"
                        ),
                        name="registrations_payment_recorded_by_somebody",
                        violation_error_message="Somebody records a payment, or the card provider does.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state_on__gte", models.F("received_on"))),
                        name="registrations_payment_moves_after_receipt",
                        violation_error_message="A payment cannot move before it was received.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider", models.CharField(max_length=30)),
                (
                    "event_id",
                    models.CharField(max_length=120, verbose_name="the provider's number"),
                ),
                ("kind", models.CharField(max_length=30)),
                (
                    "charge_id",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="the provider's payment"
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=10)),
                ("currency", models.CharField(max_length=3)),
                ("received_at", models.DateTimeField(verbose_name="came")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("recorded", "recorded as a payment"),
                            ("held", "kept for you to look at"),
                            ("settled", "looked at"),
                        ],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=300)),
                (
                    "attempt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="registrations.cardattempt",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="card_event",
                        to="registrations.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of the card provider",
                "verbose_name_plural": "events of the card provider",
                "ordering": ["-received_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "event_id"),
                        name="registrations_cardevent_once",
                        violation_error_message="This event came already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "recorded"), ("payment__isnull", False)),
                            models.Q(("outcome", "recorded"), _negated=True),
                            _connector="OR",
                        ),
                        name="registrations_cardevent_recorded_with_its_payment",
                        violation_error_message="What is recorded has its payment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "settled"), _negated=True),
                            models.Q(
                                ("settled_by__isnull", False), models.Q(("why", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="registrations_cardevent_settled_by_somebody",
                        violation_error_message="Say what was done about it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceRequest",
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
                        choices=[("standard", "delegates"), ("youth", "youth delegates")],
                        default="standard",
                        max_length=10,
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(verbose_name="places asked for")),
                ("reason", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("granted", "granted"),
                            ("refused", "refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "granted",
                    models.PositiveSmallIntegerField(default=0, verbose_name="places granted"),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "why",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it was decided so"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="registrations.delegation",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for places",
                "verbose_name_plural": "requests for places",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("delegation", "kind"),
                        name="registrations_request_one_waiting",
                        violation_error_message="A request for such places is waiting already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state", "waiting"),
                            ),
                            models.Q(
                                ("state__in", ["granted", "refused"]),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_request_decided_by_somebody",
                        violation_error_message="A decision says who decided and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("granted__gte", 1), ("state", "granted")),
                            models.Q(models.Q(("state", "granted"), _negated=True), ("granted", 0)),
                            _connector="OR",
                        ),
                        name="registrations_request_grants_places",
                        violation_error_message="What is granted is at least one place.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("places__gte", 1), ("granted__lte", models.F("places"))
                        ),
                        name="registrations_request_of_some_places",
                        violation_error_message="Ask for at least one place, and grant no more than asked.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceBand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=8, verbose_name="price (£)"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "extra",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="registrations.extra",
                    ),
                ),
                (
                    "pass_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="registrations.passtype",
                    ),
                ),
                (
                    "until",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bands",
                        to="events.deadline",
                        verbose_name="ends with",
                    ),
                ),
            ],
            options={
                "ordering": ["pass_type", "extra", "position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("extra__isnull", True), ("pass_type__isnull", False)),
                            models.Q(("extra__isnull", False), ("pass_type__isnull", True)),
                            _connector="OR",
                        ),
                        name="registrations_band_pass_or_extra",
                        violation_error_message="A price belongs to a pass or to an extra.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", Decimal("0"))),
                        name="registrations_band_amount_not_negative",
                        violation_error_message="A price cannot be less than nothing.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("pass_type__isnull", False)),
                        fields=("pass_type", "until"),
                        name="registrations_band_pass_once_until",
                        violation_error_message="Two prices of a pass cannot end with one deadline.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("extra__isnull", False)),
                        fields=("extra", "until"),
                        name="registrations_band_extra_once_until",
                        violation_error_message="Two prices of an extra cannot end with one deadline.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReductionCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="per cent off",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="£ off"
                    ),
                ),
                ("nominal_code", models.CharField(blank=True, max_length=20)),
                ("expires_at", models.DateTimeField(verbose_name="good until")),
                ("created_at", models.DateTimeField()),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reduction_codes",
                        to="events.conference",
                    ),
                ),
                (
                    "extras",
                    models.ManyToManyField(blank=True, related_name="+", to="registrations.extra"),
                ),
                (
                    "pass_types",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="registrations.passtype"
                    ),
                ),
            ],
            options={
                "verbose_name": "code for a reduction",
                "verbose_name_plural": "codes for reductions",
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__isnull", True),
                                ("percent__gt", Decimal("0")),
                                ("percent__lte", Decimal("100")),
                            ),
                            models.Q(("amount__gt", Decimal("0")), ("percent__isnull", True)),
                            _connector="OR",
                        ),
                        name="registrations_reduction_share_or_amount",
                        violation_error_message="A code takes off a share or an amount, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="registrations_reduction_expires_later",
                        violation_error_message="A code must last for a while.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="codeuse",
            name="code",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uses",
                to="registrations.reductioncode",
            ),
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="amount (£)"),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("cheque", "cheque"),
                            ("bacs", "bank transfer"),
                            ("grant", "deducted from the grant"),
                            ("card", "card"),
                            ("cash", "cash"),
                        ],
                        max_length=10,
                    ),
                ),
                ("paid_to", models.CharField(max_length=150)),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="cheque number or reference"
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("refunded_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("idempotency_key", models.UUIDField(editable=False, unique=True)),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="registrations.booking",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-refunded_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", Decimal("0"))),
                        name="registrations_refund_is_something",
                        violation_error_message="A refund is more than nothing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("paid_to", ""), _negated=True),
                        ),
                        name="registrations_refund_says_to_whom_and_why",
                        violation_error_message="Say to whom the money goes back, and why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RefundPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "percent_kept",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, verbose_name="per cent kept"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refund_periods",
                        to="events.conference",
                    ),
                ),
                (
                    "until",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund_periods",
                        to="events.deadline",
                        verbose_name="ends with",
                    ),
                ),
            ],
            options={
                "ordering": ["conference", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conference", "until"),
                        name="registrations_refund_once_until",
                        violation_error_message="Two refund periods cannot end with one deadline.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent_kept__gte", Decimal("0")),
                            ("percent_kept__lte", Decimal("100")),
                        ),
                        name="registrations_refund_percent",
                        violation_error_message="Between nothing and 100 per cent can be kept.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SaleTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("supplier_name", models.CharField(max_length=150)),
                ("supplier_address", models.TextField(max_length=500)),
                (
                    "vat_number",
                    models.CharField(
                        blank=True,
                        help_text="Empty: no VAT can be charged.",
                        max_length=20,
                        verbose_name="VAT number",
                    ),
                ),
                (
                    "vat_rounding",
                    models.CharField(
                        choices=[
                            ("line", "for each thing sold"),
                            ("document", "once for the whole document"),
                        ],
                        default="line",
                        max_length=10,
                        verbose_name="VAT is rounded",
                    ),
                ),
                (
                    "days_to_pay",
                    models.PositiveSmallIntegerField(default=30, verbose_name="days to pay"),
                ),
                (
                    "account_name",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="name of the bank account"
                    ),
                ),
                ("sort_code", models.CharField(blank=True, max_length=10)),
                ("account_number", models.CharField(blank=True, max_length=12)),
                (
                    "cheques_to",
                    models.CharField(
                        blank=True, max_length=150, verbose_name="cheques are made out to"
                    ),
                ),
                (
                    "cheque_address",
                    models.TextField(blank=True, max_length=500, verbose_name="and sent to"),
                ),
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sale_terms",
                        to="events.conference",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        help_text="Conferences may share one.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="registrations.invoiceseries",
                        verbose_name="series of invoices",
                    ),
                ),
            ],
            options={
                "verbose_name": "sale settings",
                "verbose_name_plural": "sale settings",
                "ordering": ["conference"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("account_name", ""), ("account_number", ""), ("sort_code", "")
                            ),
                            models.Q(
                                models.Q(("account_name", ""), _negated=True),
                                models.Q(("sort_code", ""), _negated=True),
                                models.Q(("account_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_terms_bank_account_whole",
                        violation_error_message="Give the bank account's name, sort code and number.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("in", "in"), ("again", "in again"), ("out", "out")],
                        default="in",
                        max_length=6,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("admitted", "admitted"), ("refused", "refused")], max_length=10
                    ),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "not one of our codes"),
                            ("elsewhere", "for another conference"),
                            ("replaced", "the badge was replaced"),
                            ("substituted", "somebody else has the place"),
                            ("cancelled", "the place was cancelled"),
                            ("halted", "the conference does not take place"),
                            ("wrong_day", "not on this day"),
                            ("unpaid", "not paid"),
                            ("delegates_only", "for delegates only"),
                            ("already_in", "already in"),
                            ("not_in", "was not in"),
                        ],
                        max_length=15,
                        verbose_name="why not",
                    ),
                ),
                (
                    "is_first",
                    models.BooleanField(default=False, verbose_name="first time through this door"),
                ),
                ("device", models.CharField(blank=True, max_length=40)),
                (
                    "is_offline",
                    models.BooleanField(default=False, verbose_name="made without a connection"),
                ),
                ("scanned_at", models.DateTimeField(verbose_name="scanned")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("nonce", models.UUIDField(unique=True)),
                ("purge_on", models.DateField(db_index=True, verbose_name="deleted on")),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="events.conference",
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scans",
                        to="registrations.credential",
                    ),
                ),
                (
                    "scanned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scans",
                        to="events.session",
                    ),
                ),
            ],
            options={
                "ordering": ["-scanned_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "admitted")),
                        fields=["conference", "session", "scanned_at"],
                        name="reg_scan_at_a_door",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_first", True), ("session__isnull", True)),
                        fields=("credential",),
                        name="registrations_scan_first_at_the_entrance_once",
                        violation_error_message="This badge came in already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_first", True)),
                        fields=("credential", "session"),
                        name="registrations_scan_first_at_a_session_once",
                        violation_error_message="This badge came in already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("credential__isnull", False),
                                ("outcome", "admitted"),
                                ("refusal", ""),
                            ),
                            models.Q(
                                ("is_first", False),
                                ("outcome", "refused"),
                                models.Q(("refusal", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_scan_refused_with_a_reason",
                        violation_error_message="A refusal has a reason, an admission a badge.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_first", False), ("direction", "in"), _connector="OR"
                        ),
                        name="registrations_scan_first_is_a_way_in",
                        violation_error_message="The first time through a door is a way in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scanned_at__lte", models.F("received_at"))),
                        name="registrations_scan_received_after_it_happened",
                        violation_error_message="A scan cannot come from the future.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("all", "everybody with a place, and whoever booked for them"),
                            ("unpaid", "whoever booked and still owes"),
                            ("unnamed", "whoever booked a place that has no name yet"),
                            ("delegates", "delegates of party councils and societies"),
                            ("dinner", "guests of the dinner"),
                            (
                                "unanswered",
                                "whoever booked and has not said whether to keep the places",
                            ),
                            ("body", "one body: its people, and whoever booked for them"),
                        ],
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                ("subject", models.CharField(max_length=150)),
                ("text", models.TextField(max_length=4000, verbose_name="message")),
                ("recipients", models.PositiveIntegerField(verbose_name="addresses")),
                ("sent_at", models.DateTimeField(verbose_name="confirmed")),
                ("leaves_at", models.DateTimeField(verbose_name="leaves")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="stopped")),
                ("idempotency_key", models.UUIDField(editable=False, unique=True)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_mails",
                        to="events.conference",
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
                        verbose_name="body",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stopped_by",
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
                "verbose_name": "message to a group",
                "verbose_name_plural": "messages to groups",
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group", "body"), ("organisation__isnull", False)),
                            models.Q(
                                models.Q(("group", "body"), _negated=True),
                                ("organisation__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_servicemail_names_its_body",
                        violation_error_message="Choose the body, and only when the group is one body.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recipients__gte", 1),
                            models.Q(("subject", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="registrations_servicemail_says_something_to_somebody",
                        violation_error_message="A message has a subject, words and somebody to read it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leaves_at__gte", models.F("sent_at"))),
                        name="registrations_servicemail_leaves_after_it_was_confirmed",
                        violation_error_message="A message cannot leave before it was confirmed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stopped_at__isnull", True), ("stopped_by__isnull", True)),
                            models.Q(("stopped_at__isnull", False), ("stopped_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="registrations_servicemail_stopped_by_somebody",
                        violation_error_message="A message that was stopped says who did and when.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportFund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "budget",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="budget (£)"),
                ),
                (
                    "conference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_fund",
                        to="events.conference",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget for support",
                "verbose_name_plural": "budgets for support",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("budget__gte", Decimal("0"))),
                        name="registrations_fund_not_negative",
                        violation_error_message="A budget is nothing or more.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                (
                    "email",
                    models.EmailField(db_index=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("purposes", models.CharField(blank=True, max_length=80, verbose_name="for")),
                (
                    "rough_cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="roughly (£)",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="in their own words"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("granted", "granted"),
                            ("refused", "refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "granted",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="granted (£)",
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, max_length=1000, verbose_name="what we wrote"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("purge_on", models.DateField(verbose_name="deleted on")),
                ("idempotency_key", models.UUIDField(editable=False, unique=True)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_requests",
                        to="events.conference",
                    ),
                ),
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
                    "user",
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
                "verbose_name": "request for support",
                "verbose_name_plural": "requests for support",
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("granted__isnull", True),
                                ("state", "waiting"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("granted__isnull", True),
                                ("state", "refused"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("granted__gt", Decimal("0")),
                                ("state", "granted"),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_support_decided_with_its_time",
                        violation_error_message="Something is granted, or refused, at a time.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("conference", "email"),
                        name="registrations_support_one_waits_a_person",
                        violation_error_message="A request from this address waits already.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="reductioncode",
            name="request",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="code",
                to="registrations.supportrequest",
            ),
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("balance", "gender balance"),
                            ("youth", "age of youth delegates"),
                            ("membership", "membership"),
                            ("twice", "somebody in two delegations"),
                            ("names", "names by the deadline"),
                            ("lead", "a lead delegate"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("waived_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "why_ended",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was ended"),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waivers",
                        to="registrations.delegation",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "waived_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["delegation", "rule", "waived_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("delegation", "rule"),
                        name="registrations_waiver_rule_once",
                        violation_error_message="This rule is waived already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="registrations_waiver_has_a_reason",
                        violation_error_message="Say why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("why_ended", ""),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("why_ended", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registrations_waiver_ended_by_somebody",
                        violation_error_message="A waiver that was ended says who did, when and why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WriteOff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="amount (£)"),
                ),
                ("reason", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("idempotency_key", models.UUIDField(editable=False, unique=True)),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="write_offs",
                        to="registrations.booking",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "write-off",
                "ordering": ["-recorded_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gt", Decimal("0")), models.Q(("reason", ""), _negated=True)
                        ),
                        name="registrations_write_off_something_for_a_reason",
                        violation_error_message="A write-off is more than nothing, and has a reason.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                fields=("booking", "position"),
                name="registrations_place_position_once",
                violation_error_message="Two places of a booking cannot have the same number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("comes_with__isnull", True),
                    models.Q(("comes_with", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="registrations_place_comes_with_another",
                violation_error_message="A carer comes with somebody else.",
            ),
        ),
        migrations.AddConstraint(
            model_name="codeuse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("given_back_at__isnull", True)),
                fields=("code",),
                name="registrations_code_used_once",
                violation_error_message="This code was used already.",
            ),
        ),
    ]
