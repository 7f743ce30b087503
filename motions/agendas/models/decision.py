"""What becomes of what conference decided: whose task it is, until when, and what was done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Decision(models.Model):
    """A decision to follow up. What was decided is the motion's outcome; this says who sees to it.

    `owner` is in words, as conference names it ('the National Executive Committee'); `keeper` is
    the person who reports for it on this site.
    """

    class State(models.TextChoices):
        OPEN = "open", "not begun"
        IN_HAND = "in_hand", "in hand"
        DONE = "done", "done"
        DROPPED = "dropped", "not pursued"

    motion = models.OneToOneField("motions.Motion", models.PROTECT, related_name="decision")
    owner = models.CharField("whose task it is", max_length=150)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="kept_decisions",
        verbose_name="who reports on it here",
    )
    due_on = models.DateField("due", null=True, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["motion"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(owner=""),
                name="motions_decision_has_an_owner",
                violation_error_message="Say whose task it is.",
            ),
        ]
        indexes = [
            # serves: what a person still has to report on, on their start page
            models.Index(fields=["keeper", "state"], name="motions_decision_keeper"),
        ]

    def __str__(self) -> str:
        return f"Decision on {self.motion}"

    @property
    def is_settled(self) -> bool:
        """Is there nothing left to do?"""
        return self.state in (self.State.DONE, self.State.DROPPED)

    @property
    def tone(self) -> str:
        """How pages colour the state."""
        return {"done": "good", "in_hand": "info"}.get(self.state, "quiet")


class DecisionReport(models.Model):
    """One report on a decision, public, with the state it left. Added to, never changed."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="reports")
    state = models.CharField(max_length=20, choices=Decision.State)
    text = models.TextField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        ordering = ["decision", "reported_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="motions_decisionreport_says_something",
                violation_error_message="Say what was done.",
            ),
        ]

    def __str__(self) -> str:
        return f"Report on {self.decision.motion}"
