"""What a judge gives a nominee, criterion by criterion."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motions.awards.models.nominee import AwardNominee
from motions.awards.models.rules import AwardCriterion


class AwardScore(models.Model):
    """One judge's score of one nominee. One that no longer counts is ended and stays."""

    nominee = models.ForeignKey(AwardNominee, models.PROTECT, related_name="scores")
    judge = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField("for the panel, in your own words", blank=True)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["nominee", "given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nominee", "judge"],
                condition=Q(ended_at__isnull=True),
                name="motions_awardscore_one_a_judge",
                violation_error_message="This judge has already scored this nominee.",
            ),
        ]

    def __str__(self) -> str:
        return f"Score {self.pk}"


class AwardPoints(models.Model):
    """The points of a score for one criterion, from nought to the most the conference gives."""

    score = models.ForeignKey(AwardScore, models.CASCADE, related_name="points")
    criterion = models.ForeignKey(AwardCriterion, models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "award points"
        ordering = ["score", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["score", "criterion"],
                name="motions_awardpoints_once_a_criterion",
                violation_error_message="This criterion has its points already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Points {self.pk}"
