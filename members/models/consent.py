"""What a person agreed to, in which words, and when they took it back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Consent(models.Model):
    """Consent given by an address for one purpose. Marketing is never assumed, always unticked."""

    class Purpose(models.TextChoices):
        MARKETING = "marketing", "news and campaigns by e-mail"
        PHOTO = "photo", "being photographed"

    address = models.EmailField("e-mail address", db_index=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    wording = models.CharField("the words agreed to", max_length=500)
    source = models.CharField("where it was given", max_length=100)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="members_consent_one_in_force",
                violation_error_message="This consent is already recorded.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="members_consent_withdrawn_after_given",
                violation_error_message="Consent cannot be withdrawn before it was given.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.given_at:%Y-%m-%d})"
