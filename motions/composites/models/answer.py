"""What a body says of a composite: it signs a version, stays out, or withdraws its motion."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Sets of answers."""

    def in_force(self) -> AnswerQuerySet:
        """Those no later one of the same body took the place of."""
        return self.filter(superseded_at__isnull=True)


class Answer(models.Model):
    """One answer for one motion. A later one takes its place; all stay.

    Where an officer confirms what others send (`needs_officer`), it counts once `confirmed_at` is
    set. `speaker` is the person of this body who moves or seconds it, named in public only with
    `names_consent`.
    """

    class Choice(models.TextChoices):
        SIGNS = "signs", "signs this version"
        STAYS_OUT = "stays_out", "stays out: the motion stands alone"
        WITHDRAWS = "withdraws", "withdraws its motion"

    part = models.ForeignKey("motions.CompositePart", models.PROTECT, related_name="answers")
    version = models.ForeignKey(
        "motions.CompositeVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        help_text="None: it was given before a text was laid before the bodies.",
    )
    choice = models.CharField("answer", max_length=20, choices=Choice)
    speaker = models.CharField("moves or seconds it", max_length=120, blank=True)
    names_consent = models.BooleanField("agrees to be named in public", default=False)
    words = models.TextField("to the committee", blank=True)
    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    needs_officer = models.BooleanField("an officer has to confirm it", default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("confirmed by an officer", null=True, blank=True)
    superseded_at = models.DateTimeField("answered again", null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["part", "-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part"],
                condition=Q(superseded_at__isnull=True),
                name="motions_answer_one_in_force",
                violation_error_message="Another answer of this body is in force.",
            ),
            models.CheckConstraint(
                condition=~Q(choice="signs") | Q(version__isnull=False),
                name="motions_answer_signs_a_version",
                violation_error_message="A signature is under a version of the text.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, needs_officer=True),
                name="motions_answer_confirmed_by_somebody",
                violation_error_message="A confirmed answer says who confirmed it.",
            ),
            models.CheckConstraint(
                condition=Q(choice="signs") | Q(speaker="", names_consent=False),
                name="motions_answer_speaker_of_a_signature",
                violation_error_message="Only who signs names somebody to move or second it.",
            ),
            models.CheckConstraint(
                condition=~Q(speaker="") | Q(names_consent=False),
                name="motions_answer_consent_of_somebody",
                violation_error_message="Nobody is named who could agree to it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part.motion.organisation} {self.get_choice_display()}"

    @property
    def counts(self) -> bool:
        """Is it the body's answer, or does an officer still have to confirm it?"""
        return not self.needs_officer or self.confirmed_at is not None
