"""Which of two insertions at one point comes first, as it was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class InsertionOrderQuerySet(models.QuerySet["InsertionOrder"]):
    """Sets of decided orders."""

    def standing(self) -> InsertionOrderQuerySet:
        """Those that no later decision replaced."""
        return self.filter(ended_at__isnull=True)


class InsertionOrder(models.Model):
    """Of two amendments that insert at one point of one text, `first` comes first.

    It is about the text it was decided on (`base`): when the text moves on, it is asked again.
    """

    base = models.ForeignKey("motions.MotionVersion", models.PROTECT, related_name="+")
    first = models.ForeignKey("motions.Motion", models.PROTECT, related_name="+")
    second = models.ForeignKey("motions.Motion", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InsertionOrderQuerySet.as_manager()

    class Meta:
        ordering = ["base", "decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["base", "first", "second"],
                condition=Q(ended_at__isnull=True),
                name="motions_insertionorder_once_a_pair",
                violation_error_message="This order is decided already.",
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")),
                name="motions_insertionorder_of_two",
                violation_error_message="An order is between two amendments.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} before {self.second}"
