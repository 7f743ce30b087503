"""A message of the staff to a group of those who booked: what was written, to whom, by whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ServiceMail(models.Model):
    """One message about what people booked; it promotes nothing, so no consent to news is asked.

    The mails themselves lie in the outbox under keys that begin with `key_of_mails`.
    """

    class Group(models.TextChoices):
        ALL = "all", "everybody with a place, and whoever booked for them"
        UNPAID = "unpaid", "whoever booked and still owes"
        UNNAMED = "unnamed", "whoever booked a place that has no name yet"
        DELEGATES = "delegates", "delegates of party councils and societies"
        DINNER = "dinner", "guests of the dinner"
        UNANSWERED = "unanswered", "whoever booked and has not said whether to keep the places"
        BODY = "body", "one body: its people, and whoever booked for them"

    conference = models.ForeignKey(
        "events.Conference", models.PROTECT, related_name="service_mails"
    )
    group = models.CharField("to", max_length=20, choices=Group)
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="body",
    )
    subject = models.CharField(max_length=150)
    text = models.TextField("message", max_length=4000)
    recipients = models.PositiveIntegerField("addresses")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("confirmed")
    leaves_at = models.DateTimeField("leaves")
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    stopped_at = models.DateTimeField("stopped", null=True, blank=True)
    idempotency_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = "message to a group"
        verbose_name_plural = "messages to groups"
        constraints = [
            models.CheckConstraint(
                condition=Q(group="body", organisation__isnull=False)
                | (~Q(group="body") & Q(organisation__isnull=True)),
                name="registrations_servicemail_names_its_body",
                violation_error_message="Choose the body, and only when the group is one body.",
            ),
            models.CheckConstraint(
                condition=Q(recipients__gte=1) & ~Q(subject="") & ~Q(text=""),
                name="registrations_servicemail_says_something_to_somebody",
                violation_error_message="A message has a subject, words and somebody to read it.",
            ),
            models.CheckConstraint(
                condition=Q(leaves_at__gte=F("sent_at")),
                name="registrations_servicemail_leaves_after_it_was_confirmed",
                violation_error_message="A message cannot leave before it was confirmed.",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="registrations_servicemail_stopped_by_somebody",
                violation_error_message="A message that was stopped says who did and when.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def audit_label(self) -> str:
        """What the trail calls it: its number, for its words may name somebody."""
        return f"message {self.pk}"

    @property
    def key_of_mails(self) -> str:
        """With what the keys of its mails in the outbox begin."""
        return f"service:{self.pk}:"
