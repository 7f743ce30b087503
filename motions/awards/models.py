"""Recognition awards. Nobody outside the panel and its staff learns of a nomination."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motions.models.door import Door
from motions.models.sending import Sending


class AwardCategory(Door):
    """What is honoured: a member, or a local party or branch. Staff may add more."""

    class Honours(models.TextChoices):
        PERSON = "person", "a member"
        BODY = "body", "a local party or branch"

    name = models.CharField(max_length=120)
    honours = models.CharField(max_length=10, choices=Honours)
    introduction = models.TextField("what it is for", blank=True)
    max_words = models.PositiveSmallIntegerField(
        "citation: at most this many words", null=True, blank=True
    )

    class Meta(Door.Meta):
        ordering = ["deadline", "name"]
        verbose_name_plural = "award categories"
        constraints = [
            *Door.Meta.constraints,
            models.UniqueConstraint(
                fields=["deadline", "name"],
                name="motions_awardcategory_once_a_deadline",
                violation_error_message="This deadline already has a category of that name.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.deadline.conference}"


class AwardNomination(Sending):
    """One body proposes one nominee for an award. Merged for judging later; every one is kept."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", "sent in"
        WITHDRAWN = "withdrawn", "withdrawn"

    MOVES = {State.SUBMITTED: {State.WITHDRAWN}, State.WITHDRAWN: set()}

    category = models.ForeignKey(AwardCategory, models.PROTECT, related_name="nominations")
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        related_name="award_nominations",
        verbose_name="proposed by",
    )
    state = models.CharField(max_length=20, choices=State, default=State.SUBMITTED)
    nominee_name = models.CharField("nominee", max_length=150)
    nominee_body = models.ForeignKey(
        "members.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    citation = models.TextField()
    evidence = models.TextField(blank=True)

    class Meta(Sending.Meta):
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            *Sending.Meta.constraints,
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False),
                name="motions_awardnomination_has_a_time",
                violation_error_message="A nomination has the time at which it was sent in.",
            ),
            models.CheckConstraint(
                condition=~Q(nominee_name="") & ~Q(citation=""),
                name="motions_awardnomination_has_name_and_citation",
                violation_error_message="Name the nominee and say what they did.",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | Q(state="submitted", withdrawn_at__isnull=True),
                name="motions_awardnomination_withdrawn_has_a_time",
                violation_error_message="A withdrawn nomination says when.",
            ),
        ]

    def __str__(self) -> str:
        # no name here: labels reach the audit trail and admin logs, and the award is a secret
        return f"Nomination {self.pk} for {self.category.name}"
