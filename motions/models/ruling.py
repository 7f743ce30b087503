"""What the Conference Arrangements Committee decided, and motions that came late."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


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

    One ruling is in force at a time. What each member thought stands in `motions.committee`; this is
    the decision that counts, and says on what it rests.
    """

    class Basis(models.TextChoices):
        ALONE = "alone", "by one member"
        AGREED = "agreed", "by two members who agreed"
        DECIDED = "decided", "decided where two members differed"
        APPEAL = "appeal", "on appeal"

    class Verdict(models.TextChoices):
        IN_ORDER = "in_order", "in order"
        NOT_IN_ORDER = "not_in_order", "not in order"
        REFERRED = "referred", "refer it"
        CLARIFICATION = "clarification", "ask the body a question"

    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="rulings")
    version = models.ForeignKey("motions.MotionVersion", models.PROTECT, related_name="rulings")
    verdict = models.CharField(max_length=20, choices=Verdict)
    reason = models.ForeignKey(RulingReason, models.PROTECT, null=True, blank=True)
    second_reason = models.ForeignKey(
        RulingReason, models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField("to the body, in your own words", blank=True)
    reply_by = models.DateTimeField("answer asked for by", null=True, blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    also_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="and by",
    )
    appeal_by = models.DateTimeField(
        "may be appealed until", null=True, blank=True, help_text="As the letter says it."
    )
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.ALONE)
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
            models.CheckConstraint(
                condition=Q(appeal_by__isnull=True) | Q(verdict="not_in_order"),
                name="motions_ruling_appeal_against_a_refusal",
                violation_error_message="Only a ruling ‘not in order’ can be appealed.",
            ),
            models.CheckConstraint(
                condition=(Q(basis="agreed", also_by__isnull=False) & ~Q(also_by=F("ruled_by")))
                | (~Q(basis="agreed") & Q(also_by__isnull=True)),
                name="motions_ruling_agreed_by_two",
                violation_error_message="What two members agreed on names two members.",
            ),
            models.CheckConstraint(
                condition=Q(second_reason__isnull=True)
                | (Q(reason__isnull=False) & ~Q(second_reason=F("reason"))),
                name="motions_ruling_second_reason_is_another",
                violation_error_message="A second reason is another than the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.motion}: {self.get_verdict_display()}"

    @property
    def reasons(self) -> list[RulingReason]:
        """The reasons from the list: none, one, or one of each of two members."""
        return [reason for reason in (self.reason, self.second_reason) if reason]


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
                condition=Q(entered_at__gte=F("closed_at")),
                name="motions_lateentry_is_late",
                violation_error_message="The deadline has not passed: send it in instead.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.motion} (late)"
