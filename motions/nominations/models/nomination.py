"""One body's nomination of one person."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from motions.models.sending import Sending
from motions.nominations.models.candidate import Candidate


class Nomination(Sending):
    """One body nominates one person for a post."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", "sent in"
        WITHDRAWN = "withdrawn", "withdrawn"

    MOVES = {State.SUBMITTED: {State.WITHDRAWN}, State.WITHDRAWN: set()}

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="nominations")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, related_name="nominations", verbose_name="body"
    )
    state = models.CharField(max_length=20, choices=State, default=State.SUBMITTED)
    meeting_name = models.CharField("agreed by (meeting)", max_length=150, blank=True)
    meeting_on = models.DateField("held on", null=True, blank=True)

    class Meta(Sending.Meta):
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            *Sending.Meta.constraints,
            models.UniqueConstraint(
                fields=["candidate", "organisation"],
                condition=Q(state="submitted"),
                name="motions_nomination_once_a_body",
                violation_error_message="Your body has already nominated this person.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False),
                name="motions_nomination_has_a_time",
                violation_error_message="A nomination has the time at which it was sent in.",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | Q(state="submitted", withdrawn_at__isnull=True),
                name="motions_nomination_withdrawn_has_a_time",
                violation_error_message="A withdrawn nomination says when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} by {self.organisation}"

    @property
    def sent_at(self) -> dt.datetime:
        """The instant that counts."""
        return self.judged_at
