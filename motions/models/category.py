"""The categories under which a conference lists its motions: data of the conference, in order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Category(models.Model):
    """'Economy', 'Housing': bodies choose one, the CAC corrects it, the agenda may number by it."""

    conference = models.ForeignKey(
        "events.Conference", models.CASCADE, related_name="motion_categories"
    )
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(
        "place in the list", default=0, help_text="Small numbers come first."
    )

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["conference", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "name"],
                name="motions_category_once_a_conference",
                violation_error_message="This conference already has a category of that name.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="motions_category_has_a_name",
                violation_error_message="A category needs a name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
