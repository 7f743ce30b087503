"""Consultations and what bodies send to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motions.models.door import Door
from motions.models.sending import Sending


class Consultation(Door):
    """A question put to bodies, with a deadline: policy submissions to a conference, for one."""

    title = models.CharField(max_length=150)
    introduction = models.TextField("what is asked", blank=True)
    max_words = models.PositiveSmallIntegerField(
        "at most this many words", null=True, blank=True, help_text="Empty: no limit."
    )

    class Meta(Door.Meta):
        ordering = ["deadline", "title"]
        constraints = [
            *Door.Meta.constraints,
            models.UniqueConstraint(
                fields=["deadline", "title"],
                name="motions_consultation_once_a_deadline",
                violation_error_message="This deadline already has a consultation of that title.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.deadline.conference}"


class PolicySubmission(Sending):
    """A body's submission: text or a document. A draft until it is sent; read-only afterwards."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        SUBMITTED = "submitted", "sent in"
        WITHDRAWN = "withdrawn", "withdrawn"

    MOVES = {
        State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.WITHDRAWN},
        State.WITHDRAWN: set(),
    }

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="submissions")
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        related_name="policy_submissions",
        verbose_name="body",
    )
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    document = models.FileField(upload_to="motions/submissions/%Y/", blank=True)
    document_name = models.CharField("name of the file", max_length=200, blank=True)
    draft_version = models.PositiveIntegerField(default=1)
    is_late = models.BooleanField("late submission", default=False)
    names_consent = models.BooleanField("may be published with the body's name", default=False)

    class Meta(Sending.Meta):
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Sending.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | Q(state="submitted", submitted_at__isnull=False)
                | Q(state="withdrawn"),
                name="motions_policysubmission_sent_has_a_time",
                violation_error_message="What was sent in has its time.",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | (~Q(title="") & (~Q(text="") | ~Q(document=""))),
                name="motions_policysubmission_sent_has_words",
                violation_error_message="A submission needs a title, and a text or a document.",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="motions_policysubmission_withdrawn_has_a_time",
                violation_error_message="A withdrawn submission says when.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Untitled submission of {self.organisation}"
