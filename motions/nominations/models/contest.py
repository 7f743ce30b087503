"""The list of candidates once it is settled, lots drawn by people, and the tellers' figures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from motions.nominations.models.candidate import Candidate
from motions.nominations.models.post import Post


class Contest(models.Model):
    """The list of candidates for a post, settled; later its result, declared.

    `kind` follows who still stands: it is looked at again when somebody leaves the list, until the
    result is declared.
    """

    class Kind(models.TextChoices):
        CONTESTED = "contested", "more candidates than places"
        UNOPPOSED = "unopposed", "elected unopposed"
        VACANT = "vacant", "nobody stands"

    post = models.OneToOneField(Post, models.PROTECT, related_name="contest")
    kind = models.CharField(max_length=12, choices=Kind)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    declared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["post"]
        constraints = [
            models.CheckConstraint(
                condition=Q(declared_at__isnull=True, declared_by__isnull=True)
                | Q(declared_at__isnull=False, declared_by__isnull=False),
                name="motions_contest_declared_by_somebody",
                violation_error_message="A declared result says who declared it, and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.get_kind_display()}"


class InForceQuerySet(models.QuerySet):
    """Sets of figures or lots, of which one stands."""

    def in_force(self) -> InForceQuerySet:
        """Those not corrected or taken back since."""
        return self.filter(superseded_at__isnull=True)


class Count(models.Model):
    """The tellers' figures of a contest. A correction supersedes them with a reason; all stay."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="counts")
    papers = models.PositiveIntegerField("valid papers", null=True, blank=True)
    spoilt = models.PositiveIntegerField("spoilt papers", null=True, blank=True)
    tellers = models.CharField("counted by", max_length=200)
    correction = models.CharField("why it was corrected", max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "-entered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest"],
                condition=Q(superseded_at__isnull=True),
                name="motions_count_one_of_a_contest",
                violation_error_message="The figures of this contest are entered already.",
            ),
            models.CheckConstraint(
                condition=~Q(tellers=""),
                name="motions_count_has_tellers",
                violation_error_message="Say who counted.",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction="")
                | (Q(corrects__isnull=False) & ~Q(correction="")),
                name="motions_count_correction_says_why",
                violation_error_message="Say why the figures are corrected.",
            ),
        ]

    def __str__(self) -> str:
        return f"Figures of {self.contest.post}"


class CountLine(models.Model):
    """One candidate's votes in a count."""

    count = models.ForeignKey(Count, models.PROTECT, related_name="lines")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="count_lines")
    votes = models.PositiveIntegerField()

    class Meta:
        ordering = ["count", "-votes", "candidate"]
        constraints = [
            models.UniqueConstraint(
                fields=["count", "candidate"],
                name="motions_countline_once_a_candidate",
                violation_error_message="This candidate's votes are entered already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.votes}"


class Lot(models.Model):
    """A lot drawn by people, not by the machine: who drew, when, before whom, in which order.

    Whoever is drawn first has the longer term, or the place.
    """

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="lots")
    drawn_at = models.DateTimeField("drawn at (UK time)")
    drawn_by = models.CharField("drawn by", max_length=200)
    witnesses = models.CharField("in the presence of", max_length=300)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    taken_back = models.CharField("why it was taken back", max_length=300, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "entered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(drawn_by="") & ~Q(witnesses=""),
                name="motions_lot_has_people",
                violation_error_message="Say who drew the lot, and in whose presence.",
            ),
            models.CheckConstraint(
                condition=Q(taken_back="", superseded_at__isnull=True)
                | (~Q(taken_back="") & Q(superseded_at__isnull=False)),
                name="motions_lot_taken_back_with_a_reason",
                violation_error_message="Say why the lot is taken back.",
            ),
        ]

    def __str__(self) -> str:
        return f"Lot for {self.contest.post}"


class LotPlace(models.Model):
    """Who was drawn as which."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="places")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="lot_places")
    position = models.PositiveSmallIntegerField("drawn as number")

    class Meta:
        ordering = ["lot", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "candidate"],
                name="motions_lotplace_once_a_candidate",
                violation_error_message="Nobody is drawn twice.",
            ),
            models.UniqueConstraint(
                fields=["lot", "position"],
                name="motions_lotplace_once_a_position",
                violation_error_message="Two candidates cannot be drawn as the same number.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.candidate}"
