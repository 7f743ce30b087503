"""What is asked of whom, until when: a consultation, its papers, its timetable, where it is discussed."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from motions.models.door import Door


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Sets of consultations."""

    def public(self) -> ConsultationQuerySet:
        """Those whose calendar is no draft, with their door."""
        return self.exclude(deadline__conference__status="draft").with_their_door()

    def with_their_door(self) -> ConsultationQuerySet:
        """With the deadline and its conference, which every page names."""
        return self.select_related("deadline__conference")

    def with_how_many(self) -> ConsultationQuerySet:
        """With how many stand as sent in (`how_many`), and how many of them came late."""
        sent = Q(submissions__state="submitted")
        return self.annotate(
            how_many=Count("submissions", filter=sent),
            how_many_late=Count("submissions", filter=sent & Q(submissions__is_late=True)),
        )


class Consultation(Door):
    """A question put to bodies, members or everybody, with a deadline.

    Policy submissions to a conference are one; so is a draft plan that is circulated, answered,
    revised and agreed. Nothing here says whether it is open: the deadline does.
    """

    title = models.CharField(max_length=150)
    introduction = models.TextField("what is asked", blank=True)
    from_members = models.BooleanField("members may answer for themselves", default=False)
    from_public = models.BooleanField(
        "anybody may answer",
        default=False,
        help_text="Without an account: the address is confirmed by mail before anything is kept.",
    )
    max_words = models.PositiveSmallIntegerField(
        "at most this many words", null=True, blank=True, help_text="Empty: no limit."
    )
    takes_documents = models.BooleanField("a document may be sent", default=True)
    takes_late = models.BooleanField(
        "late submissions of bodies count",
        default=False,
        help_text="A body whose meetings fall late says so beforehand, or explains it when it sends. "
        "Marked as late, and counted, until the response is published.",
    )

    objects = ConsultationQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        return reverse("consultations:consultation", args=[self.conference.slug, self.pk])

    @property
    def senders_in_words(self) -> str:
        """'party councils, societies and members', for notices and refusals."""
        if self.from_public:
            return "anybody"
        words = super().senders_in_words
        if not self.from_members:
            return words
        return "members" if words == "nobody" else f"{words.replace(' and ', ', ')} and members"


class Paper(models.Model):
    """A file that a consultation is about: the draft, an annex, the minutes of a workshop."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=150)
    position = models.PositiveSmallIntegerField("order", default=0)
    file = models.FileField(upload_to="motions/papers/%Y/", blank=True)
    is_for_staff = models.BooleanField("only staff see it", default=False)
    note = models.CharField(
        max_length=200, blank=True, help_text="Where it can be found, if it is not a file here."
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "title"],
                name="motions_paper_once_a_consultation",
                violation_error_message="This consultation already has a paper of that title.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Stage(models.Model):
    """One day of a consultation's timetable, kept in the calendar; or words where no day is known."""

    class Kind(models.TextChoices):
        DRAFTED = "drafted", "draft agreed"
        CIRCULATED = "circulated", "circulated"
        REVISED = "revised", "revised draft"
        AGREED = "agreed", "agreed"
        OTHER = "other", "other"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="stages")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120, blank=True, help_text="Empty: the name of the kind.")
    deadline = models.ForeignKey(
        "events.Deadline",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="day in the calendar",
    )
    words = models.CharField(
        "when, if no day is known", max_length=80, blank=True, help_text="For example: early March."
    )
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "kind", "name"],
                name="motions_stage_once_a_consultation",
                violation_error_message="This consultation already has that stage.",
            ),
            models.CheckConstraint(
                condition=Q(deadline__isnull=False, words="")
                | (Q(deadline__isnull=True) & ~Q(words="")),
                name="motions_stage_has_a_day_or_words",
                violation_error_message="Give the day in the calendar, or words where none is known.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """'Revised draft'."""
        words = self.name or self.get_kind_display()
        return words[:1].upper() + words[1:]


class Discussion(models.Model):
    """A session of a conference at which the consultation is discussed."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="discussions")
    session = models.ForeignKey("events.Session", models.CASCADE, related_name="discussions")

    class Meta:
        ordering = ["session__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "session"],
                name="motions_discussion_once_a_session",
                violation_error_message="This session is named already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session.title}, {self.session.conference}"
