"""A body's appeal against a ruling, and what the committee made of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motions.models.ruling import Ruling


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Sets of appeals."""

    def waiting(self) -> AppealQuerySet:
        """Those that still have to be heard: the motion stands as the ruling left it."""
        return self.filter(outcome="", motion__state="not_in_order")


class Appeal(models.Model):
    """One appeal against one ruling, by an officer of the body. It is heard once."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "upheld: the motion is in order"
        DISMISSED = "dismissed", "dismissed: the ruling stands"

    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="appeal")
    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="appeals")
    text = models.TextField("why the ruling is wrong")
    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lodged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    closed_at = models.DateTimeField("could be lodged until")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    words = models.TextField("to the body", blank=True)
    heard_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    heard_at = models.DateTimeField(null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["motion", "lodged_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="motions_appeal_says_why",
                violation_error_message="Say why you think the ruling is wrong.",
            ),
            models.CheckConstraint(
                condition=Q(lodged_at__lt=F("closed_at")),
                name="motions_appeal_in_time",
                violation_error_message="The time to appeal has passed.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", heard_by__isnull=True, heard_at__isnull=True)
                | (~Q(outcome="") & Q(heard_by__isnull=False, heard_at__isnull=False)),
                name="motions_appeal_heard_by_somebody",
                violation_error_message="An appeal that was heard says by whom and when.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="dismissed") | ~Q(words=""),
                name="motions_appeal_dismissed_with_a_reason",
                violation_error_message="Say why the appeal is dismissed: it goes to the body.",
            ),
        ]

    def __str__(self) -> str:
        return f"Appeal on {self.motion}"
