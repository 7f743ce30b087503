"""What the mover's body says of an amendment to its motion."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class MoversAnswer(models.Model):
    """The mover's body accepts a wording of an amendment, or does not. A later answer ends it.

    Accepted: one vote is taken on the motion as amended. Not accepted: the amendment is voted on
    first. Nobody has to answer; without an answer it is voted on first as well.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "accepted by the mover"
        DECLINED = "declined", "not accepted by the mover"

    amendment = models.ForeignKey("motions.Motion", models.PROTECT, related_name="movers_answers")
    version = models.ForeignKey("motions.MotionVersion", models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["amendment", "given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment"],
                condition=Q(ended_at__isnull=True),
                name="motions_moversanswer_one_stands",
                violation_error_message="Another answer to this amendment stands.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amendment}: {self.get_answer_display()}"
