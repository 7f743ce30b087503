"""What the Conference Arrangements Committee decided, and motions that came late."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class RulingReason(models.Model):
    """A reason from the list, in the words that go to the body. Staff edit the list."""

    name = models.CharField(max_length=80, unique=True)
    words = models.TextField("what the body is told")
    position = models.PositiveSmallIntegerField("order", default=0)
    is_active = models.BooleanField("offered", default=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Ruling(models.Model):
    """The committee's decision on one version of a motion. A later one supersedes it; all stay.

    One ruling is in force at a time. When two members must look independently (a later issue),
    their opinions are rows of their own and this stays the decision that counts.
    """

    class Verdict(models.TextChoices):
        IN_ORDER = "in_order", "in order"
        NOT_IN_ORDER = "not_in_order", "not in order"
        REFERRED = "referred", "refer it"
        CLARIFICATION = "clarification", "ask the body a question"

    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="rulings")
    version = models.ForeignKey("motions.MotionVersion", models.PROTECT, related_name="rulings")
    verdict = models.CharField(max_length=20, choices=Verdict)
    reason = models.ForeignKey(RulingReason, models.PROTECT, null=True, blank=True)
    words = models.TextField("to the body, in your own words", blank=True)
    reply_by = models.DateTimeField("answer asked for by", null=True, blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["motion", "-ruled_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["motion"],
                condition=Q(superseded_at__isnull=True),
                name="motions_ruling_one_in_force",
                violation_error_message="Another ruling on this motion is in force.",
            ),
            models.CheckConstraint(
                condition=Q(verdict="in_order") | Q(reason__isnull=False) | ~Q(words=""),
                name="motions_ruling_says_why",
                violation_error_message="Choose a reason from the list or write one for the body.",
            ),
            models.CheckConstraint(
                condition=Q(reply_by__isnull=True) | Q(verdict="clarification"),
                name="motions_ruling_reply_only_to_a_question",
                violation_error_message="A date for the answer belongs to a question.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.motion}: {self.get_verdict_display()}"


class LateEntry(models.Model):
    """A motion that missed its deadline, put before the CAC with the body's reason."""

    motion = models.OneToOneField("motions.Motion", models.PROTECT, related_name="late_entry")
    closed_at = models.DateTimeField("the deadline it missed")
    reason = models.TextField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at"]
        verbose_name_plural = "late list"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="motions_lateentry_has_a_reason",
                violation_error_message="Say why it is late: the CAC decides on that.",
            ),
            models.CheckConstraint(
                condition=Q(entered_at__gte=models.F("closed_at")),
                name="motions_lateentry_is_late",
                violation_error_message="The deadline has not passed: send it in instead.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.motion} (late)"
