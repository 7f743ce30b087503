"""What became of an amendment when the text it amends moved on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class RebasingQuerySet(models.QuerySet["Rebasing"]):
    """Sets of what became of amendments."""

    def waiting(self) -> RebasingQuerySet:
        """Those whose body has still to send a new wording, the latest first."""
        rows = self.filter(outcome=Rebasing.Outcome.SENT_BACK, mended_at__isnull=True)
        return rows.order_by("-at", "-pk")


class Rebasing(models.Model):
    """An amendment carried over from one version of its motion to the next, or sent back to its body.

    `places` are, for one that was sent back, where the two texts change the same: each with
    `paragraph`, `kind`, `was`, `is_now`, `asked`. The body may send a new wording until `mend_by`,
    an instant the committee sets (none: until it sets one).
    """

    class Outcome(models.TextChoices):
        CARRIED_OVER = "carried_over", "carried over"
        SENT_BACK = "sent_back", "sent back for new wording"

    amendment = models.ForeignKey("motions.Motion", models.PROTECT, related_name="rebasings")
    old = models.ForeignKey("motions.MotionVersion", models.PROTECT, related_name="+")
    new = models.ForeignKey("motions.MotionVersion", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome)
    note = models.CharField("what became of it", max_length=200)
    places = models.JSONField(default=list, blank=True)
    caused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    mend_by = models.DateTimeField("new wording until", null=True, blank=True)
    mended_at = models.DateTimeField("new wording came", null=True, blank=True)

    objects = RebasingQuerySet.as_manager()

    class Meta:
        ordering = ["amendment", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(old=F("new")),
                name="motions_rebasing_from_one_to_another",
                violation_error_message="An amendment is carried over to another text.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="sent_back") | Q(mend_by__isnull=True, mended_at__isnull=True),
                name="motions_rebasing_mended_when_sent_back",
                violation_error_message="Only what was sent back waits for new wording.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment}: {self.get_outcome_display()}"
