"""A post that conference fills, its terms of office, and who may stand, as data."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from motions.models.door import Door


class Post(Door):
    """A post that conference fills: how many places, for how long, and who may stand."""

    title = models.CharField(max_length=150)
    vacancies = models.PositiveSmallIntegerField(default=1)
    introduction = models.TextField("what the post is", blank=True)
    fills = models.ForeignKey(
        "motions.StandingCommittee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name="seats on",
        help_text="Whoever is elected is then listed there, with term and region.",
    )
    nominee_is_delegate = models.BooleanField(
        "the nominee must be a delegate",
        default=True,
        help_text="Until they are registered the nomination is conditional.",
    )
    member_months = models.PositiveSmallIntegerField(
        "a member for at least this many months",
        null=True,
        blank=True,
        help_text="When nominations close. 0: a member, however new. Empty: not asked.",
    )
    for_region = models.ForeignKey(
        "members.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="only for members from",
    )
    one_per_region = models.BooleanField(
        "at most one from a region",
        default=True,
        help_text="Of those elected, and of those who sit already and carry on.",
    )
    region_rule_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    region_rule_confirmed_at = models.DateTimeField(
        "rule of regions confirmed", null=True, blank=True
    )
    nominations_needed = models.PositiveSmallIntegerField("nominations needed", default=1)
    statement_max_words = models.PositiveSmallIntegerField(
        "statement: at most this many words", null=True, blank=True
    )
    answers_deadline = models.ForeignKey(
        "events.Deadline",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nominees answer and write until",
        help_text="Empty: until the list of candidates is settled.",
    )
    withdrawal_deadline = models.ForeignKey(
        "events.Deadline",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nominees may withdraw until",
        help_text="Empty: until the list of candidates is settled.",
    )
    barred_regions = models.ManyToManyField(
        "members.Region", through="motions.BarredRegion", related_name="+", blank=True
    )

    class Meta(Door.Meta):
        ordering = ["deadline", "title"]
        constraints = [
            *Door.Meta.constraints,
            models.UniqueConstraint(
                fields=["deadline", "title"],
                name="motions_post_once_a_deadline",
                violation_error_message="This deadline already has a post of that title.",
            ),
            models.CheckConstraint(
                condition=Q(vacancies__gt=0),
                name="motions_post_has_a_vacancy",
                violation_error_message="A post has at least one vacancy.",
            ),
            models.CheckConstraint(
                condition=Q(nominations_needed__gt=0),
                name="motions_post_needs_a_nomination",
                violation_error_message="At least one nomination is needed.",
            ),
            models.CheckConstraint(
                condition=Q(
                    region_rule_confirmed_at__isnull=True, region_rule_confirmed_by__isnull=True
                )
                | Q(region_rule_confirmed_at__isnull=False, region_rule_confirmed_by__isnull=False),
                name="motions_post_region_rule_confirmed_by_somebody",
                violation_error_message="A confirmed rule says who confirmed it, and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.deadline.conference}"

    @property
    def year(self) -> int | None:
        """The year of the conference that fills it; None while its days are not known."""
        starts_on = self.conference.starts_on
        return starts_on.year if starts_on else None

    @property
    def places(self) -> list[int | None]:
        """The term of each place in years, the longest first; None where none is stated."""
        years = [term.years for term in self.terms.all() for _ in range(term.places)]
        years.sort(reverse=True)
        return [*years, *[None] * self.vacancies][: self.vacancies]

    @property
    def answers_until(self) -> dt.datetime | None:
        """The first instant at which nominees may no longer write; None: until it is settled."""
        return self.answers_deadline.closing if self.answers_deadline else None

    @property
    def withdrawal_until(self) -> dt.datetime | None:
        """The first instant at which nominees may no longer withdraw; None: until it is settled."""
        return self.withdrawal_deadline.closing if self.withdrawal_deadline else None

    def clean(self) -> None:
        """Its deadlines are those of one conference. Raises ValidationError."""
        super().clean()
        for name in ("answers_deadline", "withdrawal_deadline"):
            other = getattr(self, name)
            if other and self.deadline_id and other.conference_id != self.conference.pk:
                raise ValidationError({name: f"Choose a deadline of {self.conference}."})


class PostTerm(models.Model):
    """So many places of a post are for so many years."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="terms")
    years = models.PositiveSmallIntegerField("for so many years")
    places = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["post", "-years"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "years"],
                name="motions_term_once_a_post",
                violation_error_message="This term is listed already.",
            ),
            models.CheckConstraint(
                condition=Q(years__gt=0, places__gt=0),
                name="motions_term_above_zero",
                violation_error_message="A term is of at least one year and one place.",
            ),
        ]

    def __str__(self) -> str:
        years = "1 year" if self.years == 1 else f"{self.years} years"
        return f"{self.places} for {years}"


class BarredRegion(models.Model):
    """Members from this region cannot stand this time, and the reason they are told."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="bars")
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    reason = models.CharField("because", max_length=200)

    class Meta:
        ordering = ["post", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "region"],
                name="motions_bar_once_a_region",
                violation_error_message="This region is already barred.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="motions_bar_has_a_reason",
                violation_error_message="Say why members from this region cannot stand.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.reason}"
