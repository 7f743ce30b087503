"""What a conference tells those who come: the staff's own words, in numbered versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class JoiningInstructions(models.Model):
    """The words that staff add to what the site knows by itself (days, place, pass, extras, badge).

    A change of them is a new version, which may be sent again as changed. Who was sent which
    version stands in the outbox, whose keys are unique.
    """

    WORDS = ("arriving", "bring", "access", "more")

    conference = models.OneToOneField(
        "events.Conference", models.CASCADE, related_name="joining_instructions"
    )
    arriving = models.TextField(
        "arriving and getting in",
        max_length=2000,
        blank=True,
        help_text="When the doors open, which entrance, how to get there.",
    )
    bring = models.TextField(
        "what to bring",
        max_length=1000,
        blank=True,
        help_text="Photo ID is asked for by itself where the door's rules say so.",
    )
    access = models.TextField(
        "access",
        max_length=2000,
        blank=True,
        help_text="Beside what is known of the venue: quiet room, hearing loop, whom to ask.",
    )
    more = models.TextField("anything else", max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    written_at = models.DateTimeField("written", editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "joining instructions"
        constraints = [
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="registrations_joining_versions_from_one",
                violation_error_message="Versions count from one.",
            ),
        ]

    def __str__(self) -> str:
        return f"joining instructions of {self.conference}"

    @property
    def words(self) -> str:
        """Everything that staff wrote."""
        return "\n".join(getattr(self, name) for name in self.WORDS)
