"""Personal links and the fresh codes they ask for. Only hashes are stored."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class AccessKey(models.Model):
    """A link to one booking, sent by mail. It opens nothing private without a fresh code."""

    booking = models.ForeignKey("registrations.Booking", models.CASCADE, related_name="keys")
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="registrations_key_expires_later",
                violation_error_message="A link must last for a while.",
            ),
        ]

    def __str__(self) -> str:
        return f"link to {self.booking_id}"


class AccessCode(models.Model):
    """A six-figure code mailed to the booking's contact: short-lived, few tries, used once."""

    booking = models.ForeignKey("registrations.Booking", models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="registrations_code_expires_later",
                violation_error_message="A code must last for a while.",
            ),
        ]
        indexes = [
            # serves: the newest code of a booking
            models.Index(fields=["booking", "-created_at"], name="reg_code_newest"),
        ]

    def __str__(self) -> str:
        return f"code for {self.booking_id}"
