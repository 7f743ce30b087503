"""People who would like to come to a conference without places to book."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class InterestQuerySet(models.QuerySet["Interest"]):
    """Sets of registered interest."""

    def confirmed(self) -> InterestQuerySet:
        """Confirmed by the link in the mail, and not withdrawn."""
        return self.filter(confirmed_at__isnull=False, withdrawn_at__isnull=True)


class Interest(models.Model):
    """A member or supporter registered their interest; it counts once they confirm by mail."""

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="interests")
    name = models.CharField(max_length=150)
    email = models.EmailField("e-mail address")
    region = models.ForeignKey(
        "members.Region", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_member = models.BooleanField("a member of the party", default=False)
    wants_marketing = models.BooleanField("asked for news; recorded on confirming", default=False)
    registered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    idempotency_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = "registered interest"
        verbose_name_plural = "registered interest"
        ordering = ["-registered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "email"],
                name="registrations_interest_once_an_address",
                violation_error_message="This address is already registered.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="registrations_interest_email_in_lower_case",
                violation_error_message="E-mail addresses are kept in lower case.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="registrations_interest_withdrawn_after_confirmed",
                violation_error_message="Only confirmed interest is withdrawn.",
            ),
        ]

    def __str__(self) -> str:
        return f"interest in {self.conference_id}"
