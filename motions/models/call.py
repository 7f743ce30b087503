"""The call for one kind of motion at one conference: its rules are data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motions import thresholds
from motions.models.door import Door


class CallQuerySet(models.QuerySet["Call"]):
    """Sets of calls."""

    def for_conference(self, conference: models.Model) -> CallQuerySet:
        """The calls of one conference, with what pages show of them."""
        return self.filter(deadline__conference=conference).select_related("deadline__conference")


class Call(Door):
    """Who may send motions of one kind, how many and how long. The Rule Book is not known: edit."""

    class Kind(models.TextChoices):
        ORGANISATIONAL = "organisational", "organisational motion"
        RULE_CHANGE = "rule_change", "rule change"
        EMERGENCY = "emergency", "emergency motion"
        AMENDMENT = "amendment", "amendment"

    class Threshold(models.TextChoices):
        SIMPLE = thresholds.Threshold.SIMPLE.value, "simple majority"
        TWO_THIRDS = thresholds.Threshold.TWO_THIRDS.value, "two thirds"

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ORGANISATIONAL)
    name = models.CharField(max_length=120, blank=True, help_text="Empty: the name of the kind.")
    introduction = models.TextField(
        "what it is for", blank=True, help_text="Plain text, shown above the form."
    )
    max_words = models.PositiveSmallIntegerField(
        "at most this many words",
        null=True,
        blank=True,
        help_text="Empty: no limit. Of an amendment the words it inserts are counted.",
    )
    needs_mover = models.BooleanField("a mover must be named", default=False)
    needs_seconder = models.BooleanField("a seconder must be named", default=False)
    needs_meeting = models.BooleanField("the meeting that passed it must be named", default=False)
    takes_late = models.BooleanField(
        "late motions are put before the CAC",
        default=True,
        help_text="A body may ask, with a reason; the CAC decides.",
    )
    late_test = models.TextField(
        "the test for a late motion",
        blank=True,
        help_text="What the CAC asks before it takes one. Shown to the body and to the CAC.",
    )
    emergency_test = models.TextField(
        "the test for an emergency",
        blank=True,
        help_text="For emergency motions: what makes one. Shown to the body and to the CAC.",
    )
    threshold = models.CharField(
        "to be carried it needs",
        max_length=12,
        choices=Threshold,
        default=Threshold.SIMPLE,
        help_text="Of the votes for and against; a tie falls. Rule changes usually need two thirds.",
    )

    objects = CallQuerySet.as_manager()

    class Meta(Door.Meta):
        ordering = ["deadline", "kind", "name"]
        constraints = [
            *Door.Meta.constraints,
            models.UniqueConstraint(
                fields=["deadline", "kind", "name"],
                name="motions_call_once_a_deadline",
                violation_error_message="This deadline already has a call of that kind.",
            ),
            models.CheckConstraint(
                condition=Q(max_words__isnull=True) | Q(max_words__gt=0),
                name="motions_call_words_above_zero",
                violation_error_message="A limit of words is at least 1; leave it empty for none.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.deadline.conference}"

    @property
    def is_emergency(self) -> bool:
        """Are its motions about something that happened after the ordinary deadline?"""
        return self.kind == self.Kind.EMERGENCY

    @property
    def is_for_amendments(self) -> bool:
        """Does it call for amendments to published motions?"""
        return self.kind == self.Kind.AMENDMENT

    @property
    def threshold_in_words(self) -> str:
        """'more votes for than against'."""
        return thresholds.in_words(self.threshold)

    @property
    def label(self) -> str:
        """'Organisational motion': what people call one of these, with a capital."""
        words = self.name or self.get_kind_display()
        return words[:1].upper() + words[1:]
