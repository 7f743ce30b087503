"""'Falls if 4 is carried': what the committee sets between items of the agenda."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class FallsIfQuerySet(models.QuerySet["FallsIf"]):
    """Sets of such relations."""

    def standing(self) -> FallsIfQuerySet:
        """Those that were not taken back."""
        return self.filter(removed_at__isnull=True)


class FallsIf(models.Model):
    """This motion or amendment is not put to the vote when the other one is carried.

    The relations of a conference never go round in a circle; the service sees to that.
    """

    item = models.ForeignKey("motions.Motion", models.PROTECT, related_name="falls_if")
    carried = models.ForeignKey("motions.Motion", models.PROTECT, related_name="makes_fall")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = FallsIfQuerySet.as_manager()

    class Meta:
        ordering = ["item", "set_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "carried"],
                condition=Q(removed_at__isnull=True),
                name="motions_fallsif_once_a_pair",
                violation_error_message="This is set already.",
            ),
            models.CheckConstraint(
                condition=~Q(item=F("carried")),
                name="motions_fallsif_not_by_itself",
                violation_error_message="Nothing falls because it is carried itself.",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="motions_fallsif_removed_by_somebody",
                violation_error_message="What was taken back says by whom.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} falls if {self.carried} is carried"
