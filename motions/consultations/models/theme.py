"""What the committee makes of the submissions: themes, what they are coded with, the response."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Theme(models.Model):
    """One thing that submissions say, with the committee's response to it."""

    class Outcome(models.TextChoices):
        TAKEN_UP = "taken_up", "taken up"
        IN_PART = "in_part", "taken up in part"
        LATER = "later", "kept for later work"
        NOT_TAKEN_UP = "not_taken_up", "not taken up"

    consultation = models.ForeignKey("motions.Consultation", models.PROTECT, related_name="themes")
    name = models.CharField(max_length=120)
    description = models.CharField("what is meant", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("order", default=0)
    outcome = models.CharField("what became of it", max_length=20, choices=Outcome, blank=True)
    response = models.TextField(blank=True)
    responded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    responded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "name"],
                name="motions_theme_once_a_consultation",
                violation_error_message="There is a theme of that name already.",
            ),
            models.CheckConstraint(
                condition=Q(
                    response="", outcome="", responded_by__isnull=True, responded_at__isnull=True
                )
                | (
                    ~Q(response="")
                    & ~Q(outcome="")
                    & Q(responded_by__isnull=False, responded_at__isnull=False)
                ),
                name="motions_theme_response_is_whole",
                violation_error_message="A response has its words, what became of it, by whom, when.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Coding(models.Model):
    """A submission, or one answer of it, is about a theme."""

    submission = models.ForeignKey(
        "motions.PolicySubmission", models.CASCADE, related_name="codings"
    )
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="codings")
    answer = models.ForeignKey(
        "motions.ConsultationAnswer",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="codings",
        help_text="Empty: the submission as a whole.",
    )
    coded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    coded_at = models.DateTimeField()

    class Meta:
        ordering = ["theme__position", "theme__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "theme"],
                condition=Q(answer__isnull=True),
                name="motions_coding_once_a_submission",
                violation_error_message="This submission has that theme already.",
            ),
            models.UniqueConstraint(
                fields=["answer", "theme"],
                condition=Q(answer__isnull=False),
                name="motions_coding_once_an_answer",
                violation_error_message="This answer has that theme already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme}: submission {self.submission_id}"


class ResponseReport(models.Model):
    """The committee's response to a consultation, published once for everybody who sent something."""

    consultation = models.OneToOneField(
        "motions.Consultation", models.PROTECT, related_name="report"
    )
    introduction = models.TextField(blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="motions_responsereport_published_by_somebody",
                violation_error_message="A published report says by whom.",
            ),
        ]

    def __str__(self) -> str:
        return f"Response to {self.consultation.title}"
