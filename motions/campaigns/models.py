"""A model motion: a wording that a campaign offers to bodies as a start."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

import clock
from motions.texts import blocks, words


class ModelMotionQuerySet(models.QuerySet["ModelMotion"]):
    """Sets of model motions."""

    def offered(self, *, conference: models.Model, at: dt.datetime) -> ModelMotionQuerySet:
        """What may be taken for this conference on this day."""
        on = clock.in_london(at).date()
        return self.filter(
            Q(conference=conference) | Q(conference__isnull=True),
            Q(offered_from__isnull=True) | Q(offered_from__lte=on),
            Q(offered_until__isnull=True) | Q(offered_until__gte=on),
        )


class ModelMotion(models.Model):
    """Staff enter it; a body takes it as a start, and everybody sees that its motion began so.

    Once a body has taken it, its wording stays, so that what the body changed can be shown.
    """

    title = models.CharField(max_length=200)
    campaign = models.CharField(max_length=150, help_text="For example: High street 2022.")
    text = models.TextField(
        help_text="An empty line between paragraphs; “- ” begins a bullet, “# ” a heading."
    )
    conference = models.ForeignKey(
        "events.Conference",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="model_motions",
        help_text="Empty: for every conference.",
    )
    offered_from = models.DateField(null=True, blank=True, help_text="Empty: at once.")
    offered_until = models.DateField(
        "offered until the end of", null=True, blank=True, help_text="Empty: without an end."
    )

    objects = ModelMotionQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(campaign="") & ~Q(text=""),
                name="motions_modelmotion_says_what",
                violation_error_message="A model motion has a title, a campaign and a text.",
            ),
            models.CheckConstraint(
                condition=Q(offered_from__isnull=True)
                | Q(offered_until__isnull=True)
                | Q(offered_until__gte=models.F("offered_from")),
                name="motions_modelmotion_ends_after_it_began",
                violation_error_message="It is offered until a day after it began.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.campaign})"

    @property
    def words(self) -> int:
        """By the one rule of counting."""
        return words.count(self.text)

    @property
    def blocks(self) -> list[blocks.Block]:
        """Its wording, block by block."""
        return blocks.parse(self.text)
