"""What everything sent in has in common: who, when, and by which way it came."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Channel(models.TextChoices):
    """How it reached the party."""

    WEB = "web", "on this site"
    POST = "post", "by post"
    EMAIL = "email", "by e-mail"


ON_PAPER = models.CheckConstraint(
    condition=Q(channel="web", received_at__isnull=True, entered_by__isnull=True)
    | (~Q(channel="web") & Q(received_at__isnull=False, entered_by__isnull=False)),
    name="%(app_label)s_%(class)s_paper_has_a_receipt_time",
    violation_error_message=(
        "What came by post or e-mail has its time of receipt and who entered it."
    ),
)


class Sending(models.Model):
    """One thing that a body sends in. What came on paper is judged by the instant of receipt."""

    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField("came", max_length=10, choices=Channel, default=Channel.WEB)
    received_at = models.DateTimeField(
        "received (UK time)", null=True, blank=True, help_text="When it came by post or e-mail."
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    scan = models.FileField(upload_to="motions/scans/%Y/", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField("sent in", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("withdrawn", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            ON_PAPER,
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="%(app_label)s_%(class)s_sent_by_somebody",
                violation_error_message="What was sent in says by whom.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="%(app_label)s_%(class)s_withdrawn_by_somebody",
                violation_error_message="What was withdrawn says by whom.",
            ),
        ]

    @property
    def judged_at(self) -> dt.datetime | None:
        """The instant that decides the deadline: receipt of the paper, else the sending."""
        return self.received_at or self.submitted_at
