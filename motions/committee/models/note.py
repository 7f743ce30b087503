"""The committee's private notes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class CommitteeNote(models.Model):
    """A note of the committee on a motion. Added to, never changed; no body ever sees it."""

    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="committee_notes")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["motion", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="motions_committeenote_has_text",
                violation_error_message="Write the note first.",
            ),
        ]

    def __str__(self) -> str:
        return f"Note on {self.motion}"
