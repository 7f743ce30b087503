"""How the awards of a conference are judged and when they are presented, as data that staff edit."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

import clock
from events.calendar import london_instant
from events.models import Conference

#: The morning after the presentation: nobody in the hall is told by their phone.
TOLD_AT = dt.time(9)


class AwardRules(models.Model):
    """How the panel of one conference works. A conference without a row has the defaults.

    Before `presented_at` nobody outside the panel learns what it decided; without it nobody ever
    does (`motions.awards.embargo`).
    """

    conference = models.OneToOneField(
        "events.Conference", models.CASCADE, primary_key=True, related_name="award_rules"
    )
    presented_at = models.DateTimeField(
        "presented at (UK time)",
        null=True,
        blank=True,
        help_text="Until this hour nobody outside the panel learns who is honoured. Empty: not yet "
        "known, and nothing becomes public.",
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="the panel's chair",
        help_text="One of the judges. Decides; where the chair is kept from it, another judge does.",
    )
    least_scores = models.PositiveSmallIntegerField(
        "scores are shown once this many judges have scored",
        default=2,
        help_text="The chair sees no score before. Where fewer judges may score, all who may.",
    )
    most_points = models.PositiveSmallIntegerField("points for a criterion, at most", default=5)
    basis = models.CharField("where these rules come from", max_length=200, blank=True)

    class Meta:
        verbose_name = "rules of recognition awards"
        verbose_name_plural = "rules of recognition awards"
        constraints = [
            models.CheckConstraint(
                condition=Q(least_scores__gt=0),
                name="motions_awardrules_a_score_at_least",
                violation_error_message="At least one judge scores.",
            ),
            models.CheckConstraint(
                condition=Q(most_points__gt=0),
                name="motions_awardrules_a_point_at_least",
                violation_error_message="There is at least one point to give.",
            ),
        ]

    def __str__(self) -> str:
        return f"Recognition awards of {self.conference}"

    @classmethod
    def of(cls, conference: Conference) -> AwardRules:
        """The rules of a conference, or the defaults."""
        return cls.objects.select_related("conference", "chair").filter(
            conference=conference
        ).first() or cls(conference=conference)

    @property
    def told_from(self) -> dt.datetime | None:
        """From when bodies and nominees are written to: nine in the morning after."""
        if self.presented_at is None:
            return None
        day = clock.in_london(self.presented_at).date() + dt.timedelta(days=1)
        return london_instant(day, TOLD_AT)


class AwardCriterion(models.Model):
    """One of the criteria by which nominees are scored, as stated before judging."""

    rules = models.ForeignKey(AwardRules, models.CASCADE, related_name="criteria")
    name = models.CharField(max_length=80)
    words = models.CharField("what it asks", max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField("counts how many times", default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "award criteria"
        ordering = ["rules", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["rules", "name"],
                name="motions_awardcriterion_once_a_conference",
                violation_error_message="This conference already has a criterion of that name.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="motions_awardcriterion_counts",
                violation_error_message="A criterion counts at least once.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
