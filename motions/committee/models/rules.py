"""The rules of a conference for its Conference Arrangements Committee, as data that staff edit."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from events.models import Conference, LayAppointment

APPEAL_DAYS = 14


class CommitteeRules(models.Model):
    """How the committee of one conference works. A conference without a row has the defaults.

    The party's standing orders are not known: the defaults are common practice, and `basis` says
    where what was entered is written.
    """

    class Readers(models.IntegerChoices):
        ONE = 1, "one member"
        TWO = 2, "two members, each without seeing the other's opinion"

    class Numbering(models.TextChoices):
        SERIAL = "serial", "one after the other: 1, 2, 3"
        BY_CATEGORY = "by_category", "by category: 101, 102, then 201"

    conference = models.OneToOneField(
        "events.Conference", models.CASCADE, primary_key=True, related_name="committee_rules"
    )
    readers = models.PositiveSmallIntegerField(
        "before a ruling counts, a motion is read by", choices=Readers, default=Readers.ONE
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="the committee's chair",
        help_text="Decides where two members differ. Empty: any third member does.",
    )
    reasons = models.ManyToManyField(
        "motions.RulingReason",
        blank=True,
        related_name="+",
        verbose_name="reasons offered at this conference",
        help_text="None chosen: all reasons that are offered at all.",
    )
    takes_appeals = models.BooleanField(
        "a body may appeal when its motion is not in order", default=True
    )
    appeal_days = models.PositiveSmallIntegerField(
        "days to appeal",
        null=True,
        blank=True,
        default=APPEAL_DAYS,
        help_text="Whole days after the day of the letter. Leave it empty and choose a deadline "
        "instead, if everybody has the same last day.",
    )
    appeal_deadline = models.ForeignKey(
        "events.Deadline",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="or: appeals until this deadline",
    )
    composite_max_words = models.PositiveSmallIntegerField(
        "words of a composite, at most",
        null=True,
        blank=True,
        help_text="Empty: no limit. A composite is made of several motions.",
    )
    numbering = models.CharField(
        "motions are numbered",
        max_length=20,
        choices=Numbering,
        default=Numbering.SERIAL,
        help_text="A number is frozen as soon as an agenda with it is printed.",
    )
    basis = models.CharField("where these rules come from", max_length=200, blank=True)

    class Meta:
        verbose_name = "rules of a committee"
        verbose_name_plural = "rules of committees"
        constraints = [
            models.CheckConstraint(
                condition=Q(readers__in=[1, 2]),
                name="motions_committeerules_one_reader_or_two",
                violation_error_message="One member reads a motion, or two.",
            ),
            models.CheckConstraint(
                condition=Q(takes_appeals=False)
                | Q(appeal_days__isnull=False, appeal_deadline__isnull=True)
                | Q(appeal_days__isnull=True, appeal_deadline__isnull=False),
                name="motions_committeerules_appeals_end",
                violation_error_message="Say how many days a body has to appeal, or choose one "
                "deadline for all, not both.",
            ),
            models.CheckConstraint(
                condition=Q(appeal_days__isnull=True) | Q(appeal_days__gt=0),
                name="motions_committeerules_a_day_at_least",
                violation_error_message="A body has at least one day to appeal.",
            ),
            models.CheckConstraint(
                condition=Q(composite_max_words__isnull=True) | Q(composite_max_words__gt=0),
                name="motions_committeerules_words_above_zero",
                violation_error_message="A limit of words is at least 1; leave it empty for none.",
            ),
        ]

    def __str__(self) -> str:
        return f"Rules of the committee, {self.conference}"

    @classmethod
    def of(cls, conference: Conference) -> CommitteeRules:
        """The rules of a conference; the defaults, unsaved, when none were entered."""
        found = cls.objects.select_related("chair", "appeal_deadline").filter(conference=conference)
        return found.first() or cls(conference=conference)

    def clean(self) -> None:
        """The deadline is the conference's own, the chair sits on its committee."""
        if self.appeal_deadline and self.appeal_deadline.conference_id != self.conference_id:
            raise ValidationError({"appeal_deadline": "Choose a deadline of this conference."})
        if self.chair and not self._sits(self.chair):
            raise ValidationError(
                {"chair": "Make this person a member of the committee first, then its chair."}
            )

    def _sits(self, user: models.Model) -> bool:
        return LayAppointment.objects.filter(
            conference=self.conference_id,
            user=user,
            task=LayAppointment.Task.CAC_MEMBER,
            ended_at__isnull=True,
        ).exists()

    @property
    def needs_two(self) -> bool:
        """Must two members agree before a ruling counts?"""
        return self.readers == self.Readers.TWO

    @property
    def is_numbered_by_category(self) -> bool:
        """Does each category have a hundred of its own?"""
        return self.numbering == self.Numbering.BY_CATEGORY
