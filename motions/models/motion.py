"""A motion: from a body's draft to the agenda. Its wording lives in immutable versions.

An amendment is a motion that amends another one, and stands in the same table: it is drafted, sent
in, ruled on, appealed and published by the same rules. `Motion.objects` are motions alone,
`motions.models.Amendment.objects` amendments alone; `Motion.and_amendments` is for what concerns both.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Length, Substr
from django.urls import reverse

from motions.models.call import Call
from motions.models.category import Category
from motions.models.motion_states import (
    EDITABLE,
    MOVES,
    PUBLIC,
    RULABLE,
    MotionState,
    for_everybody,
)
from motions.models.sending import Sending

#: By number as people count: 2 before 10, letters (C1, E1) after figures, those without one last.
AGENDA_ORDER = (
    Case(
        When(number="", then=Value("zz")),
        When(number__regex=r"^[0-9]", then=Value("0")),
        default=Substr("number", 1, 1),
    ),
    Length("number"),
    "number",
    "published_at",
    "pk",
)


class MotionQuerySet(models.QuerySet["Motion"]):
    """Sets of motions."""

    def for_conference(self, conference: models.Model) -> MotionQuerySet:
        """Motions to one conference."""
        return self.filter(conference=conference)

    def published(self) -> MotionQuerySet:
        """What everybody may read, in the order of the agenda."""
        return self.filter(state=Motion.State.PUBLISHED).in_agenda_order()

    def public(self) -> MotionQuerySet:
        """The same, with what stays readable: part of a composite, or withdrawn once published."""
        return self.filter(for_everybody()).in_agenda_order()

    def in_agenda_order(self) -> MotionQuerySet:
        """By number as people count."""
        return self.order_by(*AGENDA_ORDER)

    def with_the_cac(self) -> MotionQuerySet:
        """Everything that was sent in: what the CAC's desk shows."""
        return self.exclude(state=Motion.State.DRAFT).filter(current_version__isnull=False)

    def counted_for(self, *, call: Call, organisation: models.Model) -> MotionQuerySet:
        """What counts towards a body's limit: sent in, not withdrawn. A composite comes on top."""
        return self.filter(
            call=call, organisation=organisation, composited_from__isnull=True
        ).exclude(state__in=[Motion.State.DRAFT, Motion.State.WITHDRAWN])

    def with_words(self) -> MotionQuerySet:
        """With everything the committee's list shows, in one query."""
        return self.with_its_door().select_related("current_version", "amends__current_version")

    def with_its_door(self) -> MotionQuerySet:
        """With what every page of one motion asks: its call and deadline, its body, where it is."""
        rows = self.select_related("call__deadline", "conference", "organisation", "composite")
        return rows.prefetch_related("composited_into__conference")  # few are: not a wide join

    def with_titles(self) -> MotionQuerySet:
        """With what a list of published motions shows: the wording's title and the body."""
        return self.select_related("current_version", "organisation", "composited_into")


class MotionManager(models.Manager.from_queryset(MotionQuerySet)):
    """Motions alone: no list of motions ever has an amendment in it by accident."""

    def get_queryset(self) -> MotionQuerySet:
        return super().get_queryset().filter(amends__isnull=True)


class Motion(Sending):
    """A motion of one body at one conference, or an amendment to one (`amends`).

    `title` and `draft_text` are the working copy; `draft_version` counts its saves, so that an
    older copy never silently overwrites. Sending it in makes a MotionVersion that never changes.
    """

    State = MotionState
    MOVES, PUBLIC, EDITABLE, RULABLE = MOVES, PUBLIC, EDITABLE, RULABLE

    class Language(models.TextChoices):
        ENGLISH = "en", "English"
        WELSH = "cy", "Welsh"

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="motions")
    call = models.ForeignKey(Call, models.PROTECT, related_name="motions")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, related_name="motions", verbose_name="body"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="motions"
    )
    begun_from = models.ForeignKey(
        "motions.ModelMotion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="motions",
        verbose_name="begun from the model motion",
    )
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="amends"
    )
    base = models.ForeignKey(
        "motions.MotionVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="text it is written against",
        help_text="For an amendment: the version of the motion that its working copy changes.",
    )
    state = models.CharField(max_length=30, choices=State, default=State.DRAFT)
    language = models.CharField(max_length=5, choices=Language, default=Language.ENGLISH)
    title = models.CharField(max_length=200, blank=True)
    draft_text = models.TextField("text", blank=True)
    draft_version = models.PositiveIntegerField(default=1)
    draft_saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    current_version = models.ForeignKey(
        "motions.MotionVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )

    mover = models.CharField(max_length=120, blank=True)
    seconder = models.CharField(max_length=120, blank=True)
    names_consent = models.BooleanField(
        "mover and seconder agree to be named in public", default=False
    )
    meeting_name = models.CharField("passed by (meeting)", max_length=150, blank=True)
    meeting_on = models.DateField("held on", null=True, blank=True)
    event_on = models.DateField("day of the emergency", null=True, blank=True)

    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("confirmed by an officer", null=True, blank=True)
    number = models.CharField(
        "number on the agenda", max_length=20, blank=True, help_text="Frozen at first print."
    )
    published_at = models.DateTimeField(null=True, blank=True)
    # of an amendment: the composite that its motion became part of, and with that it ended
    composited_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="composited_from"
    )

    objects = MotionManager()
    and_amendments = MotionQuerySet.as_manager()

    class Meta(Sending.Meta):
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Sending.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | Q(state="withdrawn")
                | (
                    ~Q(state__in=["draft", "withdrawn"])
                    & Q(submitted_at__isnull=False, current_version__isnull=False)
                ),
                name="motions_motion_sent_in_has_time_and_text",
                violation_error_message="What was sent in has its time and its text.",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="motions_motion_withdrawn_has_a_time",
                violation_error_message="A withdrawn motion says when it was withdrawn.",
            ),
            models.CheckConstraint(
                condition=Q(state="composited", composited_into__isnull=False)
                | (~Q(state="composited") & Q(composited_into__isnull=True)),
                name="motions_motion_composited_into_a_motion",
                violation_error_message="A composited motion says which composite it is part of.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "composited"]) | Q(published_at__isnull=False),
                name="motions_motion_published_has_a_time",
                violation_error_message="A published motion says when it was published.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="motions_motion_confirmed_by_somebody",
                violation_error_message="A confirmed motion says who confirmed it.",
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True, base__isnull=True)
                | Q(amends__isnull=False, base__isnull=False),
                name="motions_motion_amendment_has_a_base",
                violation_error_message="An amendment says which text it amends.",
            ),
            models.UniqueConstraint(
                fields=["conference", "number"],
                condition=~Q(number=""),
                name="motions_motion_number_once_a_conference",
                violation_error_message="Another motion already has this number.",
            ),
        ]
        indexes = [
            # serves: the CAC's queue and the published list of a conference
            models.Index(fields=["conference", "state"], name="motions_motion_conf_state"),
            # serves: the amendments beside a motion
            models.Index(
                fields=["amends", "state"],
                condition=Q(amends__isnull=False),
                name="motions_motion_amends_state",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Untitled draft of {self.organisation}"

    def get_absolute_url(self) -> str:
        name = "motions:amendment" if self.is_amendment else "motions:motion"
        return reverse(name, args=[self.conference.slug, self.pk])

    @property
    def is_published(self) -> bool:
        """Is it before conference?"""
        return self.state == self.State.PUBLISHED

    @property
    def is_shown(self) -> bool:
        """May everybody read it? An amendment that was published stays so while it is reworded."""
        was_published = self.state == self.State.REWORDING and self.published_at is not None
        return self.state in self.PUBLIC or was_published

    @property
    def is_amendment(self) -> bool:
        """Does it amend another motion?"""
        return self.amends_id is not None

    @property
    def numbered_under(self) -> str:
        """Of an amendment that keeps the number it was printed with: the number of the motion it was
        to then. '' where its number says which motion it is to."""
        under = self.number.rpartition(".")[0] if self.is_amendment else ""
        return under if under and self.amends.number not in {"", under} else ""

    @property
    def noun(self) -> str:
        """What people call it: 'amendment' or 'motion'."""
        return "amendment" if self.is_amendment else "motion"

    @property
    def nouns(self) -> str:
        """'Amendments' or 'Motions', to begin a sentence with."""
        return f"{self.noun.capitalize()}s"

    def may_move_to(self, state: str) -> bool:
        """Does the table of moves allow this?"""
        return state in self.MOVES[self.State(self.state)]

    def require_move(self, state: str) -> None:
        """Raises ValidationError (code `state`) with the two states in words when it is not."""
        if not self.may_move_to(state):
            wanted = self.State(state).label
            raise ValidationError(
                f"This {self.noun} is “{self.get_state_display()}”, so it cannot become "
                f"“{wanted}”.",
                code="state",
            )

    @property
    def may_choose_category(self) -> bool:
        """Does the body still choose its category? Once it is sent in, the CAC does."""
        return self.state == self.State.DRAFT and not self.is_amendment

    @property
    def is_public(self) -> bool:
        """May everybody read it? Also what was withdrawn after it was published."""
        return self.state in self.PUBLIC or self.was_withdrawn

    @property
    def was_withdrawn(self) -> bool:
        """Was it withdrawn after everybody could read it?"""
        return self.state == self.State.WITHDRAWN and self.published_at is not None

    @property
    def is_composite(self) -> bool:
        """Was it made of several motions, by agreement of their bodies?"""
        # a draft that was never sent is none: not asked
        return self.current_version_id is not None and hasattr(self, "composite")

    @property
    def can_be_withdrawn(self) -> bool:
        """May its body withdraw it? A composite belongs to several, and none withdraws it alone."""
        return self.may_move_to(self.State.WITHDRAWN) and not self.is_composite

    @property
    def state_in_words(self) -> str:
        """'published', 'composited into C1', 'withdrawn'."""
        if self.composited_into is None:
            return self.get_state_display()
        words = "ended: its motion is part of" if self.is_amendment else "composited into"
        return f"{words} {self.composited_into.number}"

    @property
    def is_editable(self) -> bool:
        """May the body change its working copy?"""
        return self.state in self.EDITABLE and self.channel == "web"

    @property
    def is_asked(self) -> bool:
        """Does the committee wait for its body's answer or new wording, whatever the deadline?"""
        return self.state in (self.State.CLARIFICATION, self.State.REWORDING)

    @property
    def is_rulable(self) -> bool:
        """May the CAC rule on it now?"""
        return self.state in self.RULABLE

    @property
    def has_unsent_changes(self) -> bool:
        """Does the working copy differ from what was sent in last? True for a draft never sent."""
        version = self.current_version
        return version is None or (self.draft_saved_at or self.created_at) > version.created_at

    @property
    def is_over_limit(self) -> bool:
        """Does what was sent in have more words than its call allows? (Paper may.)"""
        limit = self.call.max_words
        return bool(limit and self.current_version and self.current_version.words > limit)

    @property
    def tone(self) -> str:
        """How pages colour the word of the state: good, soon, bad, info or quiet."""
        quiet = (self.State.DRAFT, self.State.WITHDRAWN, self.State.COMPOSITED)
        return dict.fromkeys(quiet, "quiet").get(self.state) or {
            self.State.IN_ORDER: "good",
            self.State.PUBLISHED: "good",
            self.State.NOT_IN_ORDER: "bad",
            self.State.SUBMITTED: "info",
        }.get(self.state, "soon")
