"""What the panel did, kept from everybody else until the presentation."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from motions.awards.models.category import AwardCategory


class SealedEntry(models.Model):
    """One act of the panel, as the audit trail will have it.

    The trail is read by people outside the panel, and a gap in its numbers would tell as much as an
    entry: so these wait here and enter it, with their own time, once the hour has come.
    """

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="+")
    category = models.ForeignKey(AwardCategory, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    action = models.CharField(max_length=80)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    entered_at = models.DateTimeField("in the trail since", null=True, blank=True)

    class Meta:
        verbose_name_plural = "sealed entries"
        ordering = ["conference", "at", "pk"]
        indexes = [
            # serves: what is still to enter the trail
            models.Index(
                fields=["conference", "at"],
                condition=Q(entered_at__isnull=True),
                name="motions_sealedentry_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"Sealed entry {self.pk}"
