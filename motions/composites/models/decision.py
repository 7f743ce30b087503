"""What the committee decided about an amendment to a motion that became part of a composite."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class AmendmentDecision(models.Model):
    """One decision on one amendment. What was carried over is from then on one to the composite."""

    class Outcome(models.TextChoices):
        CARRIED_OVER = "carried_over", "carried over to the composite"
        GIVEN_BACK = "given_back", "back to its body for new wording"
        ENDED = "ended", "ended"

    composite = models.ForeignKey(
        "motions.Composite", models.PROTECT, related_name="amendment_decisions"
    )
    amendment = models.OneToOneField(
        "motions.Motion", models.PROTECT, related_name="composite_decision"
    )
    original = models.ForeignKey(
        "motions.Motion", models.PROTECT, related_name="+", verbose_name="motion it was to"
    )
    outcome = models.CharField(max_length=20, choices=Outcome)
    words = models.TextField("to the body", blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["composite", "decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="ended") | ~Q(words=""),
                name="motions_amendmentdecision_ended_says_why",
                violation_error_message="Say why it ends: it goes to the body.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment}: {self.get_outcome_display()}"
