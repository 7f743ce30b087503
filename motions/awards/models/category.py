"""What is honoured, as data of a conference."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motions.models.door import Door


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
    most_winners = models.PositiveSmallIntegerField(
        "at most this many winners", default=1, help_text="Of commended there may be any number."
    )
    position = models.PositiveSmallIntegerField(
        "place in the evening", default=0, help_text="The lowest is presented first."
    )

    class Meta(Door.Meta):
        ordering = ["deadline", "position", "name"]
        verbose_name_plural = "award categories"
        constraints = [
            *Door.Meta.constraints,
            models.UniqueConstraint(
                fields=["deadline", "name"],
                name="motions_awardcategory_once_a_deadline",
                violation_error_message="This deadline already has a category of that name.",
            ),
            models.CheckConstraint(
                condition=Q(most_winners__gt=0),
                name="motions_awardcategory_has_a_winner",
                violation_error_message="An award has at least one winner.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.deadline.conference}"

    @property
    def is_for_people(self) -> bool:
        """Is a person honoured, not a body?"""
        return self.honours == self.Honours.PERSON
