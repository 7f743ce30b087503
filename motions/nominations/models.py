"""Posts with vacancies, the people nominated and the bodies that nominate them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from motions.models.door import Door
from motions.models.sending import Sending


class Post(Door):
    """A post that conference fills: how many vacancies and who may stand, as data."""

    title = models.CharField(max_length=150)
    vacancies = models.PositiveSmallIntegerField(default=1)
    introduction = models.TextField("what the post is", blank=True)
    nominee_is_delegate = models.BooleanField(
        "the nominee must be a delegate",
        default=True,
        help_text="Until they are registered the nomination is conditional.",
    )
    statement_max_words = models.PositiveSmallIntegerField(
        "statement: at most this many words", null=True, blank=True
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
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.deadline.conference}"


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


class Candidate(models.Model):
    """A person nominated for a post, once, however many bodies nominate them."""

    class State(models.TextChoices):
        ASKED = "asked", "asked for their consent"
        CONSENTED = "consented", "has agreed to stand"
        DECLINED = "declined", "does not want to stand"
        STRUCK_OUT = "struck_out", "cannot stand"

    post = models.ForeignKey(Post, models.PROTECT, related_name="candidates")
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address")
    membership_number = models.CharField(max_length=30, blank=True)
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    statement = models.TextField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    decided_at = models.DateTimeField("answered", null=True, blank=True)
    struck_out_at = models.DateTimeField(null=True, blank=True)
    struck_out_reason = models.CharField(max_length=300, blank=True)
    struck_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["post", "name"]
        constraints = [
            models.UniqueConstraint(
                "post",
                Lower("email"),
                name="motions_candidate_once_a_post",
                violation_error_message="This person is already nominated for this post.",
            ),
            models.CheckConstraint(
                condition=~Q(state="struck_out")
                | (Q(struck_out_at__isnull=False) & ~Q(struck_out_reason="")),
                name="motions_candidate_struck_out_with_a_reason",
                violation_error_message="Say why this person cannot stand.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["consented", "declined"]) | Q(decided_at__isnull=False),
                name="motions_candidate_answer_has_a_time",
                violation_error_message="An answer has its time.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


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
