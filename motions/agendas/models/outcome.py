"""What became of a motion, or of a part of it, at conference."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motions.models.call import Call

COUNTS = ("votes_for", "votes_against", "abstentions", "spoilt")


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """Sets of outcomes."""

    def in_force(self) -> OutcomeQuerySet:
        """Those that stand: not corrected since."""
        return self.filter(superseded_at__isnull=True)

    def of_conference(self, conference: models.Model) -> OutcomeQuerySet:
        """Those of the motions of one conference that stand."""
        return self.in_force().filter(motion__conference=conference)


class Outcome(models.Model):
    """One outcome, entered by the chair's desk. A correction supersedes it with a reason; all stay.

    Where votes were counted they are whole numbers, and what they decide is checked here too: more
    for than against, or two thirds of both; abstentions and spoilt papers are kept apart and count
    for nothing; without a vote for it nothing is ever carried.
    """

    class Result(models.TextChoices):
        CARRIED = "carried", "carried"
        LOST = "lost", "lost"
        FELL = "fell", "fell"
        REMITTED = "remitted", "remitted"
        REFERRED_BACK = "referred_back", "referred back"
        NEXT_BUSINESS = "next_business", "next business"
        WITHDRAWN = "withdrawn", "withdrawn with consent"
        NOT_MOVED = "not_moved", "not moved"

    #: What somebody has to see to after conference.
    FOLLOWED_UP = (Result.CARRIED, Result.REMITTED, Result.REFERRED_BACK)

    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="outcomes")
    part = models.ForeignKey(
        "motions.VotePart", models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    version = models.ForeignKey("motions.MotionVersion", models.PROTECT, related_name="+")
    result = models.CharField(max_length=20, choices=Result)
    threshold = models.CharField(max_length=12, choices=Call.Threshold)
    votes_for = models.PositiveIntegerField("for", null=True, blank=True)
    votes_against = models.PositiveIntegerField("against", null=True, blank=True)
    abstentions = models.PositiveIntegerField(null=True, blank=True)
    spoilt = models.PositiveIntegerField(null=True, blank=True)
    words = models.CharField("note", max_length=300, blank=True)
    correction = models.CharField("why it was corrected", max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    because = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="made_fall",
        verbose_name="fell because of",
    )
    taken_back = models.CharField("why it was taken back", max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["motion", "entered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["motion"],
                condition=Q(superseded_at__isnull=True, part__isnull=True),
                name="motions_outcome_one_of_a_motion",
                violation_error_message="The outcome of this motion is entered already.",
            ),
            models.UniqueConstraint(
                fields=["part"],
                condition=Q(superseded_at__isnull=True, part__isnull=False),
                name="motions_outcome_one_of_a_part",
                violation_error_message="The outcome of this part is entered already.",
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True, votes_against__isnull=True)
                | Q(votes_for__isnull=False, votes_against__isnull=False),
                name="motions_outcome_for_and_against",
                violation_error_message="Enter the votes for and the votes against, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=False)
                | Q(abstentions__isnull=True, spoilt__isnull=True),
                name="motions_outcome_counted_in_full",
                violation_error_message="Abstentions and spoilt papers go with votes for and against.",
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True) | Q(result__in=["carried", "lost"]),
                name="motions_outcome_votes_carry_or_lose",
                violation_error_message="Where votes were counted it was carried or lost.",
            ),
            models.CheckConstraint(
                condition=~Q(result="carried")
                | Q(votes_for__isnull=True)
                | Q(threshold="simple", votes_for__gt=F("votes_against"))
                | Q(threshold="two_thirds", votes_for__gt=0, votes_for__gte=2 * F("votes_against")),
                name="motions_outcome_carried_by_enough",
                violation_error_message="So many votes do not carry it.",
            ),
            models.CheckConstraint(
                condition=~Q(result="lost")
                | Q(votes_for__isnull=True)
                | Q(votes_for=0)
                | Q(threshold="simple", votes_for__lte=F("votes_against"))
                | Q(threshold="two_thirds", votes_for__lt=2 * F("votes_against")),
                name="motions_outcome_lost_by_too_few",
                violation_error_message="So many votes carry it.",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction="")
                | (Q(corrects__isnull=False) & ~Q(correction="")),
                name="motions_outcome_correction_says_why",
                violation_error_message="Say why the outcome is corrected.",
            ),
            models.CheckConstraint(
                condition=Q(because__isnull=True) | Q(result="fell"),
                name="motions_outcome_only_what_fell_fell_because",
                violation_error_message="Only what fell did so because of something else.",
            ),
            models.CheckConstraint(
                condition=Q(taken_back="") | Q(superseded_at__isnull=False),
                name="motions_outcome_taken_back_no_longer_stands",
                violation_error_message="What was taken back no longer stands.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part or self.motion}: {self.get_result_display()}"

    @property
    def is_counted(self) -> bool:
        """Were votes counted?"""
        return self.votes_for is not None

    @property
    def count_in_words(self) -> str:
        """'120 for, 80 against, 5 abstentions, 2 spoilt'; '' where nothing was counted."""
        if not self.is_counted:
            return ""
        said = [f"{self.votes_for} for", f"{self.votes_against} against"]
        if self.abstentions is not None:
            said.append(f"{self.abstentions} abstention{'' if self.abstentions == 1 else 's'}")
        if self.spoilt is not None:
            said.append(f"{self.spoilt} spoilt")
        return ", ".join(said)

    @property
    def tone(self) -> str:
        """How pages colour the word."""
        return {"carried": "good", "lost": "bad", "fell": "bad"}.get(self.result, "quiet")
