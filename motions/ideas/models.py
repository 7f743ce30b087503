"""A call for ideas, its questions, the ideas, who supports them, and what takes them up."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from events.calendar import DoorState, Window, closing_instant


class CallForIdeas(models.Model):
    """What a campaign asks the public. Dates nobody published stay empty."""

    campaign = models.ForeignKey("events.Campaign", models.PROTECT, related_name="calls_for_ideas")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    takes_any = models.BooleanField("takes any other idea too", default=True)
    max_words = models.PositiveSmallIntegerField("most words of an idea", default=300)
    opens_at = models.DateTimeField(null=True, blank=True, help_text="Empty: at once.")
    closes_on = models.DateField("last day", null=True, blank=True, help_text="It counts whole.")
    is_over = models.BooleanField(
        "takes no more ideas, whatever its dates", default=False, help_text="What is out stays."
    )

    class Meta:
        verbose_name = "call for ideas"
        verbose_name_plural = "calls for ideas"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & Q(max_words__gte=1),
                name="motions_callforideas_says_what",
                violation_error_message="A call has a title, and an idea at least one word.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:call", args=[self.slug])

    @property
    def closing(self) -> dt.datetime | None:
        """The first instant at which an idea comes too late; None where none is known."""
        return closing_instant(closes_on=self.closes_on, closes_at=None)

    def state(self, at: dt.datetime) -> DoorState:
        """Not yet, open or closed. Without a last day it is open until somebody says it is over."""
        if self.is_over:
            return DoorState.CLOSED
        found = Window(self.opens_at, self.closing).state(at)
        if found is not DoorState.UNKNOWN:
            return found
        is_early = self.opens_at is not None and at < self.opens_at
        return DoorState.NOT_YET if is_early else DoorState.OPEN

    def next_change(self, at: dt.datetime) -> dt.datetime | None:
        """The next instant at which its door moves."""
        instants = [each for each in (self.opens_at, self.closing) if each and each > at]
        return min(instants, default=None)


class IdeaQuestion(models.Model):
    """One thing that the call asks."""

    call = models.ForeignKey(CallForIdeas, models.PROTECT, related_name="questions")
    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "question of a call"
        verbose_name_plural = "questions of a call"
        constraints = [
            models.UniqueConstraint(
                fields=["call", "text"],
                name="motions_ideaquestion_once_a_call",
                violation_error_message="This call asks that already.",
            )
        ]

    def __str__(self) -> str:
        return self.text


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Sets of ideas."""

    def published(self) -> IdeaQuerySet:
        """What everybody may read."""
        return self.filter(state=Idea.State.PUBLISHED, call__campaign__is_public=True)

    def waiting(self) -> IdeaQuerySet:
        """Confirmed by their senders, and not read yet."""
        return self.filter(state=Idea.State.WAITING)

    def with_support(self) -> IdeaQuerySet:
        """With `support`: how many confirmed that they support it."""
        confirmed = Q(supports__confirmed_at__isnull=False)
        return self.annotate(support=Count("supports", filter=confirmed))


class Idea(models.Model):
    """One idea as it was sent. Nobody but its sender changes its words, and they are not edited."""

    class State(models.TextChoices):
        SENT = "sent", "not confirmed by mail yet"
        WAITING = "waiting", "waits to be read"
        PUBLISHED = "published", "published"
        DECLINED = "declined", "not published"
        WITHDRAWN = "withdrawn", "withdrawn by its sender"

    # From each state the ones that may follow; everything else is refused.
    MOVES = {
        State.SENT: {State.WAITING},
        State.WAITING: {State.PUBLISHED, State.DECLINED, State.WITHDRAWN},
        State.PUBLISHED: {State.DECLINED, State.WITHDRAWN},
        State.DECLINED: {State.PUBLISHED},
        State.WITHDRAWN: set(),
    }

    call = models.ForeignKey(CallForIdeas, models.PROTECT, related_name="ideas")
    question = models.ForeignKey(
        IdeaQuestion, models.PROTECT, null=True, blank=True, related_name="ideas"
    )
    title = models.CharField(max_length=150)
    text = models.TextField()
    name = models.CharField(max_length=150)
    email = models.EmailField("e-mail address")
    region = models.ForeignKey(
        "members.Region", models.PROTECT, null=True, blank=True, related_name="+"
    )
    may_name = models.BooleanField("may be shown with the name", default=False)
    state = models.CharField(max_length=20, choices=State, default=State.SENT)
    sent_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField("why it is not published, as its sender was told", blank=True)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", confirmed_at__isnull=True)
                | (~Q(state="sent") & Q(confirmed_at__isnull=False)),
                name="motions_idea_confirmed_before_it_is_read",
                violation_error_message="An idea is confirmed by mail before it goes further.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "declined"]) | Q(decided_at__isnull=False),
                name="motions_idea_decided_at_an_instant",
                violation_error_message="A decision on an idea says when it was made.",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="motions_idea_declined_with_a_reason",
                violation_error_message="An idea that is not published has a reason.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="motions_idea_email_in_lower_case",
                violation_error_message="E-mail addresses are kept in lower case.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""),
                name="motions_idea_says_something",
                violation_error_message="An idea has a title and a text.",
            ),
        ]
        indexes = [
            # serves: the published ideas of a call; what waits to be read
            models.Index(fields=["call", "state"], name="motions_idea_call_state")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:idea", args=[self.call.slug, self.pk])

    @property
    def audit_label(self) -> str:
        """What the audit trail, which cannot forget, calls it: without words or names."""
        return f"idea {self.pk}"

    @property
    def sender_shown(self) -> str:
        """The sender's name where they agreed to it; '' otherwise."""
        return self.name if self.may_name else ""


class IdeaSupport(models.Model):
    """One person supports an idea; it counts once it is confirmed. Nobody sees who."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="supports")
    email = models.EmailField("e-mail address")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = "support of an idea"
        verbose_name_plural = "support of ideas"
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "email"],
                name="motions_ideasupport_once_an_address",
                violation_error_message="This address supports the idea already.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="motions_ideasupport_email_in_lower_case",
                violation_error_message="E-mail addresses are kept in lower case.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("asked_at")),
                name="motions_ideasupport_confirmed_after_it_was_asked",
                violation_error_message="Support is confirmed after it was given.",
            ),
        ]

    def __str__(self) -> str:
        return f"support of idea {self.idea_id}"


class IdeaTakenUp(models.Model):
    """What takes an idea up: a consultation or a motion."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="taken_up")
    consultation = models.ForeignKey(
        "motions.Consultation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    motion = models.ForeignKey(
        "motions.Motion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ["linked_at", "pk"]
        verbose_name = "idea taken up"
        verbose_name_plural = "ideas taken up"
        constraints = [
            models.CheckConstraint(
                condition=Q(consultation__isnull=False, motion__isnull=True)
                | Q(consultation__isnull=True, motion__isnull=False),
                name="motions_ideatakenup_by_one",
                violation_error_message="A consultation or a motion takes it up, not both.",
            ),
            models.UniqueConstraint(
                fields=["idea", "consultation"],
                name="motions_ideatakenup_once_a_consultation",
                violation_error_message="This consultation has taken it up already.",
            ),
            models.UniqueConstraint(
                fields=["idea", "motion"],
                name="motions_ideatakenup_once_a_motion",
                violation_error_message="This motion has taken it up already.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.consultation or self.motion)
