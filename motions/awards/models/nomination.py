"""What a body sends: whom it proposes, for what, and what shows it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motions.awards.models.category import AwardCategory
from motions.awards.models.nominee import AwardNominee
from motions.models.sending import Sending


class AwardNomination(Sending):
    """One body proposes one nominee for an award, in its own words. Every one is kept.

    `nominee` is whom the panel judges; what this body wrote of them stays as it was sent.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", "sent in"
        WITHDRAWN = "withdrawn", "withdrawn"

    MOVES = {State.SUBMITTED: {State.WITHDRAWN}, State.WITHDRAWN: set()}

    category = models.ForeignKey(AwardCategory, models.PROTECT, related_name="nominations")
    nominee = models.ForeignKey(AwardNominee, models.PROTECT, related_name="nominations")
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        related_name="award_nominations",
        verbose_name="proposed by",
    )
    state = models.CharField(max_length=20, choices=State, default=State.SUBMITTED)
    nominee_name = models.CharField("nominee", max_length=150)
    nominee_body = models.ForeignKey(
        "members.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    nominee_email = models.EmailField("nominee's e-mail address", blank=True)
    is_under_18 = models.BooleanField("the nominee is under 18", default=False)
    citation = models.TextField()
    evidence = models.TextField(blank=True)

    class Meta(Sending.Meta):
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            *Sending.Meta.constraints,
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False),
                name="motions_awardnomination_has_a_time",
                violation_error_message="A nomination has the time at which it was sent in.",
            ),
            models.CheckConstraint(
                condition=~Q(nominee_name="") & ~Q(citation=""),
                name="motions_awardnomination_has_name_and_citation",
                violation_error_message="Name the nominee and say what they did.",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | Q(state="submitted", withdrawn_at__isnull=True),
                name="motions_awardnomination_withdrawn_has_a_time",
                violation_error_message="A withdrawn nomination says when.",
            ),
        ]

    def __str__(self) -> str:
        # no name here: labels reach the audit trail and admin logs, and the award is a secret
        return f"Nomination {self.pk} for {self.category.name}"


class AwardEvidence(models.Model):
    """One file that shows what the nominee did; pictures are drawn anew before they are kept."""

    nomination = models.ForeignKey(AwardNomination, models.CASCADE, related_name="files")
    file = models.FileField(upload_to="motions/evidence/%Y/")
    name = models.CharField("as the sender called it", max_length=120)

    class Meta:
        verbose_name_plural = "award evidence"
        ordering = ["nomination", "pk"]

    def __str__(self) -> str:
        return f"Evidence {self.pk}"
