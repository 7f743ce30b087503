"""What a member of the committee declares an interest in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class DeclaredInterest(models.Model):
    """A member's interest in one motion, or in everything a body sends to this conference.

    Whoever declares it is kept from ruling there until it is withdrawn; the other members see it.
    """

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    motion = models.ForeignKey(
        "motions.Motion", models.PROTECT, null=True, blank=True, related_name="interests"
    )
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField("what it is", max_length=300)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["conference", "declared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(motion__isnull=False, organisation__isnull=True)
                | Q(motion__isnull=True, organisation__isnull=False),
                name="motions_interest_in_one_thing",
                violation_error_message="An interest is in one motion or in one body.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="motions_interest_says_what",
                violation_error_message="Say what your interest is: the other members see it.",
            ),
            models.UniqueConstraint(
                fields=["member", "motion"],
                condition=Q(withdrawn_at__isnull=True, motion__isnull=False),
                name="motions_interest_once_a_motion",
                violation_error_message="This interest is declared already.",
            ),
            models.UniqueConstraint(
                fields=["member", "conference", "organisation"],
                condition=Q(withdrawn_at__isnull=True, organisation__isnull=False),
                name="motions_interest_once_a_body",
                violation_error_message="This interest is declared already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Interest in {self.motion or self.organisation}"
