"""What one member of the committee thinks of a motion."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motions.models.ruling import Ruling, RulingReason

MOST_READERS = 2


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Sets of opinions."""

    def open(self) -> OpinionQuerySet:
        """Those that count now: on the wording before the committee, no ruling made of them yet."""
        return self.filter(
            ended_at__isnull=True,
            ruling__isnull=True,
            version=F("motion__current_version"),
        )


class Opinion(models.Model):
    """What one member thinks of one version of a motion, given without seeing another's.

    Where two members read a motion, at most two opinions stand on a version at a time; what they
    agree on becomes the ruling. An opinion that was changed, or whose giver then declared an
    interest, is ended and stays in the record.
    """

    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="opinions")
    version = models.ForeignKey("motions.MotionVersion", models.PROTECT, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("first or second")
    verdict = models.CharField(max_length=20, choices=Ruling.Verdict)
    reason = models.ForeignKey(
        RulingReason, models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField("to the body, in your own words", blank=True)
    reply_by = models.DateTimeField("answer asked for by", null=True, blank=True)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ruling = models.ForeignKey(
        Ruling, models.PROTECT, null=True, blank=True, related_name="opinions"
    )

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["motion", "given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "member"],
                condition=Q(ended_at__isnull=True, ruling__isnull=True),
                name="motions_opinion_one_a_member",
                violation_error_message="This member has already given an opinion.",
            ),
            models.UniqueConstraint(
                fields=["version", "position"],
                condition=Q(ended_at__isnull=True, ruling__isnull=True),
                name="motions_opinion_one_a_place",
                violation_error_message="Another member was first: look at the page again.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_READERS),
                name="motions_opinion_of_two_at_most",
                violation_error_message="At most two members look at a motion.",
            ),
            models.CheckConstraint(
                condition=Q(verdict="in_order") | Q(reason__isnull=False) | ~Q(words=""),
                name="motions_opinion_says_why",
                violation_error_message="Choose a reason from the list or write one for the body.",
            ),
            models.CheckConstraint(
                condition=Q(reply_by__isnull=True) | Q(verdict="clarification"),
                name="motions_opinion_reply_only_to_a_question",
                violation_error_message="A date for the answer belongs to a question.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ruling__isnull=True),
                name="motions_opinion_ended_or_ruled",
                violation_error_message="What was ended did not become a ruling.",
            ),
        ]

    def __str__(self) -> str:
        return f"Opinion {self.position} on {self.motion}"

    @property
    def reasons(self) -> list[RulingReason]:
        """The reason from the list, as a ruling has them."""
        return [self.reason] if self.reason else []
