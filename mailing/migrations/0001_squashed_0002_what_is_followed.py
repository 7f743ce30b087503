"""The tables as they stood after 2 migrations, in one: a new database is ready in seconds.

Databases that have those migrations take this one as done; they go with the next release.
"""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("mailing", "0001_outbox"), ("mailing", "0002_what_is_followed")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="part")),
                ("at", models.DateTimeField(verbose_name="last seen")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name",),
                        name="mailing_heartbeat_one_row_a_part",
                        violation_error_message="This part already has its row.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, verbose_name="reason")),
                ("message_id", models.CharField(max_length=330, verbose_name="Message-ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receipt", "receipt"),
                            ("notice", "notice"),
                            ("reminder", "reminder"),
                            ("result", "result"),
                            ("marketing", "news and campaigns"),
                            ("security", "sign-in and security"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "at once"), (1, "soon"), (2, "when there is room")],
                        verbose_name="urgency",
                    ),
                ),
                (
                    "conference",
                    models.SlugField(
                        blank=True, db_index=False, max_length=80, verbose_name="conference"
                    ),
                ),
                ("to_address", models.EmailField(max_length=254, verbose_name="to")),
                ("to_name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "reply_to",
                    models.EmailField(blank=True, max_length=254, verbose_name="answers go to"),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("html", models.TextField(blank=True, verbose_name="web version")),
                (
                    "headers",
                    models.JSONField(blank=True, default=dict, verbose_name="extra headers"),
                ),
                (
                    "unsubscribe_scope",
                    models.CharField(
                        blank=True, max_length=12, verbose_name="may unsubscribe from"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="written")),
                ("not_before", models.DateTimeField(verbose_name="not before")),
                (
                    "pointless_after",
                    models.DateTimeField(blank=True, null=True, verbose_name="pointless after"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "waiting"),
                            ("sending", "being sent"),
                            ("sent", "accepted by the mail server"),
                            ("uncertain", "uncertain"),
                            ("failed", "refused"),
                            ("cancelled", "cancelled"),
                            ("expired", "too late to send"),
                            ("suppressed", "address is spared"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("next_try_at", models.DateTimeField(verbose_name="next try")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("claim", models.UUIDField(blank=True, null=True, verbose_name="claim")),
                (
                    "lease_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="held until"),
                ),
                (
                    "uncertain_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="uncertain since"),
                ),
                (
                    "doubts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="times uncertain"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "smtp_reply",
                    models.CharField(blank=True, max_length=500, verbose_name="last answer"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "decided_by",
                    models.CharField(blank=True, max_length=254, verbose_name="decided by"),
                ),
                ("decision", models.CharField(blank=True, max_length=300, verbose_name="decision")),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["urgency", "next_try_at", "id"],
                        name="mailing_mail_due",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["sending", "uncertain"])),
                        fields=["state", "lease_until", "uncertain_since"],
                        name="mailing_mail_in_flight",
                    ),
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["pointless_after"],
                        name="mailing_mail_pointless",
                    ),
                    models.Index(fields=["-created_at", "-id"], name="mailing_mail_newest"),
                    models.Index(fields=["to_address"], name="mailing_mail_by_address"),
                    models.Index(
                        condition=models.Q(("state", "sent")),
                        fields=["-sent_at"],
                        name="mailing_mail_last_sent",
                    ),
                    models.Index(
                        condition=models.Q(("claim__isnull", False)),
                        fields=["claim"],
                        name="mailing_mail_claim",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key",),
                        name="mailing_mail_once_a_key",
                        violation_error_message="A mail for this reason is already in the outbox.",
                    ),
                    models.UniqueConstraint(
                        fields=("message_id",),
                        name="mailing_mail_once_a_message_id",
                        violation_error_message="A mail with this Message-ID is already in the outbox.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "pending",
                                    "sending",
                                    "sent",
                                    "uncertain",
                                    "failed",
                                    "cancelled",
                                    "expired",
                                    "suppressed",
                                ],
                            )
                        ),
                        name="mailing_mail_known_state",
                        violation_error_message="This is not a state a mail can be in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "receipt",
                                    "notice",
                                    "reminder",
                                    "result",
                                    "marketing",
                                    "security",
                                ],
                            ),
                            ("urgency__in", [0, 1, 2]),
                        ),
                        name="mailing_mail_known_kind_and_urgency",
                        violation_error_message="This is not a kind of mail we send.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claim__isnull", False),
                                ("lease_until__isnull", False),
                                ("state", "sending"),
                            ),
                            models.Q(
                                models.Q(("state", "sending"), _negated=True),
                                ("lease_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="mailing_mail_sending_has_claim_and_lease",
                        violation_error_message="A mail being sent, and no other, is held by a process.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="mailing_mail_sent_has_its_instant",
                        violation_error_message="A sent mail, and no other, says when it was accepted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "uncertain"), ("uncertain_since__isnull", False)),
                            models.Q(
                                models.Q(("state", "uncertain"), _negated=True),
                                ("uncertain_since__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="mailing_mail_uncertain_since",
                        violation_error_message="An uncertain mail says since when, others do not.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", False),
                                (
                                    "state__in",
                                    ("sent", "failed", "cancelled", "expired", "suppressed"),
                                ),
                            ),
                            models.Q(
                                ("settled_at__isnull", True),
                                ("state__in", ("pending", "sending", "uncertain")),
                            ),
                            _connector="OR",
                        ),
                        name="mailing_mail_settled_has_its_instant",
                        violation_error_message="A mail that is done with says when it was settled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reminder"), ("unsubscribe_scope", "reminders")),
                            models.Q(("kind", "marketing"), ("unsubscribe_scope", "marketing")),
                            models.Q(
                                ("kind", "notice"),
                                ("unsubscribe_scope__in", ["", "reminders", "following"]),
                            ),
                            models.Q(
                                ("kind__in", ["receipt", "result", "security"]),
                                ("unsubscribe_scope", ""),
                            ),
                            _connector="OR",
                        ),
                        name="mailing_mail_unsubscribe_fits_kind",
                        violation_error_message="Only reminders, news and what is followed can be unsubscribed from.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by", ""), ("decision", "")
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                models.Q(("decided_by", ""), _negated=True),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="mailing_mail_decision_is_whole",
                        violation_error_message="A decision names who made it, when and why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("next_try_at__gte", models.F("not_before"))),
                        name="mailing_mail_never_tried_too_early",
                        violation_error_message="A mail is not tried before its time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="address")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "everything but sign-in and security mail"),
                            ("reminders", "reminders"),
                            ("marketing", "news and campaigns"),
                            ("following", "news of motions they follow"),
                        ],
                        max_length=12,
                        verbose_name="spared",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("bounced", "bounced"),
                            ("complained", "reported as spam"),
                            ("unsubscribed", "unsubscribed"),
                            ("by_staff", "by staff"),
                        ],
                        max_length=14,
                        verbose_name="because",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("added_by", models.CharField(blank=True, max_length=254, verbose_name="added by")),
                ("created_at", models.DateTimeField(verbose_name="since")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="lifted")),
                (
                    "lifted_by",
                    models.CharField(blank=True, max_length=254, verbose_name="lifted by"),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("address", "scope"),
                        name="mailing_suppression_once_in_force",
                        violation_error_message="This address is already spared this mail.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address", django.db.models.functions.text.Lower("address"))
                        ),
                        name="mailing_suppression_address_in_lower_case",
                        violation_error_message="Addresses are kept in lower case.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope__in", ["all", "reminders", "marketing", "following"])
                        ),
                        name="mailing_suppression_known_scope",
                        violation_error_message="Choose what mail the address is spared.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["bounced", "complained", "unsubscribed", "by_staff"])
                        ),
                        name="mailing_suppression_known_reason",
                        violation_error_message="Choose why the address is spared.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_at__isnull", True),
                            ("lifted_at__gte", models.F("created_at")),
                            _connector="OR",
                        ),
                        name="mailing_suppression_lifted_after_added",
                        violation_error_message="It cannot be lifted before it was added.",
                    ),
                ],
            },
        ),
    ]
