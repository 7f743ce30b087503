"""A composite in the making: which motions are in it, and how far it is."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from motions.models.call import Call


class CompositeQuerySet(models.QuerySet["Composite"]):
    """Sets of composites."""

    def open(self) -> CompositeQuerySet:
        """Those that are neither published nor ended."""
        return self.filter(state__in=Composite.OPEN)

    def with_its_door(self) -> CompositeQuerySet:
        """With what every page of one asks: its conference, its call, its date."""
        return self.select_related("conference", "call", "deadline", "motion")


class Composite(models.Model):
    """Motions of one call on one theme, which their bodies may make one motion.

    The committee holds the pen. Nothing of it is seen by anybody but the committee and the bodies
    asked, until it is published as a motion (`motion`) that names all it was made of. The bodies
    answer by the closing of `deadline`.
    """

    class State(models.TextChoices):
        DRAFTING = "drafting", "being drafted"
        SIGNING = "signing", "before the bodies"
        PUBLISHED = "published", "published"
        ENDED = "ended", "ended without agreement"

    # From each state the ones it may move to; staff read this table in the admin.
    MOVES = {
        State.DRAFTING: {State.SIGNING, State.ENDED},
        # a new version is laid before the bodies: they are asked again
        State.SIGNING: {State.SIGNING, State.PUBLISHED, State.ENDED},
        State.PUBLISHED: set(),
        State.ENDED: set(),
    }
    OPEN = (State.DRAFTING, State.SIGNING)

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="composites")
    call = models.ForeignKey(Call, models.PROTECT, related_name="composites")
    deadline = models.OneToOneField("events.Deadline", models.PROTECT, related_name="composite")
    theme = models.CharField(max_length=100)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFTING)
    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    grouped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    grouped_at = models.DateTimeField()
    laid = models.ForeignKey(
        "motions.CompositeVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="version before the bodies",
    )
    motion = models.OneToOneField(
        "motions.Motion", models.PROTECT, null=True, blank=True, related_name="composite"
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="published or ended by",
        help_text="Nobody: its date had passed.",
    )
    closed_at = models.DateTimeField("published or ended", null=True, blank=True)
    ending = models.TextField("how it ended", blank=True)

    objects = CompositeQuerySet.as_manager()

    class Meta:
        ordering = ["-grouped_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(theme=""),
                name="motions_composite_has_a_theme",
                violation_error_message="Say what the motions have in common.",
            ),
            models.CheckConstraint(
                condition=Q(state="published", motion__isnull=False)
                | (~Q(state="published") & Q(motion__isnull=True)),
                name="motions_composite_published_as_a_motion",
                violation_error_message="A composite that is published is a motion.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["published", "ended"], closed_at__isnull=False)
                | (~Q(state__in=["published", "ended"]) & Q(closed_at__isnull=True)),
                name="motions_composite_closed_has_a_time",
                violation_error_message="What was published or has ended says when.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signing", "published"]) | Q(laid__isnull=False),
                name="motions_composite_signed_is_a_version",
                violation_error_message="What the bodies sign is a version of the text.",
            ),
            models.CheckConstraint(
                condition=Q(state="ended") | Q(ending=""),
                name="motions_composite_ending_when_ended",
                violation_error_message="Only what has ended says how it ended.",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | ~Q(ending=""),
                name="motions_composite_ended_says_how",
                violation_error_message="Say how it ended: the bodies are told.",
            ),
        ]

    def __str__(self) -> str:
        return f"Composite: {self.theme}"

    def get_absolute_url(self) -> str:
        return reverse("motions:composite", args=[self.conference.slug, self.pk])

    @property
    def is_open(self) -> bool:
        """Is it still being made?"""
        return self.state in self.OPEN

    @property
    def tone(self) -> str:
        """How pages colour the word of the state."""
        tones = {
            self.State.PUBLISHED: "good",
            self.State.ENDED: "quiet",
            self.State.SIGNING: "soon",
        }
        return tones.get(self.state, "info")

    def require_move(self, state: str) -> None:
        """Raises ValidationError (code `state`) when the table of moves does not allow it."""
        if state not in self.MOVES[self.State(self.state)]:
            raise ValidationError(
                f"This composite is “{self.get_state_display()}”, so it cannot become "
                f"“{self.State(state).label}”.",
                code="state",
            )


class CompositePart(models.Model):
    """One motion in a composite, with the wording its clauses are taken from.

    `label` is how the margin calls it: A, B, C … `ended_at`: when the composite was published or
    ended; until then a motion is in one composite only.
    """

    composite = models.ForeignKey(Composite, models.PROTECT, related_name="parts")
    motion = models.ForeignKey("motions.Motion", models.PROTECT, related_name="composite_parts")
    version = models.ForeignKey("motions.MotionVersion", models.PROTECT, related_name="+")
    label = models.CharField(max_length=3)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["composite", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["composite", "motion"],
                name="motions_compositepart_once_a_composite",
                violation_error_message="This motion is in the composite already.",
            ),
            models.UniqueConstraint(
                fields=["composite", "label"],
                name="motions_compositepart_label_once",
                violation_error_message="Another motion of this composite has that letter.",
            ),
            models.UniqueConstraint(
                fields=["motion"],
                condition=Q(ended_at__isnull=True),
                name="motions_compositepart_in_one_composite",
                violation_error_message="This motion is being composited already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.motion}"
