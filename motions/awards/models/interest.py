"""What a judge declares an interest in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motions.awards.models.nominee import AwardNominee


class AwardInterest(models.Model):
    """A judge's interest in one nominee, or in every nominee that a body proposes or is.

    Whoever declares it neither scores nor decides there until it is withdrawn; the others see it.
    """

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="+")
    judge = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    nominee = models.ForeignKey(
        AwardNominee, models.PROTECT, null=True, blank=True, related_name="interests"
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
                condition=Q(nominee__isnull=False, organisation__isnull=True)
                | Q(nominee__isnull=True, organisation__isnull=False),
                name="motions_awardinterest_in_one_thing",
                violation_error_message="An interest is in one nominee or in one body.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="motions_awardinterest_says_what",
                violation_error_message="Say what your interest is: the other judges see it.",
            ),
            models.UniqueConstraint(
                fields=["judge", "nominee"],
                condition=Q(withdrawn_at__isnull=True, nominee__isnull=False),
                name="motions_awardinterest_once_a_nominee",
                violation_error_message="This interest is declared already.",
            ),
            models.UniqueConstraint(
                fields=["judge", "conference", "organisation"],
                condition=Q(withdrawn_at__isnull=True, organisation__isnull=False),
                name="motions_awardinterest_once_a_body",
                violation_error_message="This interest is declared already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Interest {self.pk}"
