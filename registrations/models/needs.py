"""Access and dietary needs: special-category data in a table of its own, with few readers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class PlaceNeeds(models.Model):
    """What a person told us they need. Read by the access officer; purged on the stated day."""

    place = models.OneToOneField(
        "registrations.Place", models.CASCADE, related_name="needs", primary_key=True
    )
    access = models.TextField("access needs", max_length=1000, blank=True)
    dietary = models.TextField("dietary needs", max_length=500, blank=True)
    told_at = models.DateTimeField()
    purge_on = models.DateField("deleted on")

    class Meta:
        verbose_name = "needs"
        verbose_name_plural = "access and dietary needs"
        constraints = [
            models.CheckConstraint(
                condition=~Q(access="", dietary=""),
                name="registrations_needs_say_something",
                violation_error_message="Say what is needed, or keep no record at all.",
            ),
        ]

    def __str__(self) -> str:
        return f"needs of place {self.pk}"
