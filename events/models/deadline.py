"""Deadlines are data, and the only judge of open and closed."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events import calendar


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Sets of deadlines."""

    def told(self) -> DeadlineQuerySet:
        """Those that pages, calendars and files of a conference tell; not the private ones."""
        return self.exclude(kind__in=Deadline.PRIVATE)


class Deadline(models.Model):
    """One door of a conference: when it opens and closes, whom it concerns.

    It closes on an inclusive date in London or at an exact instant. Neither known: 'to be
    announced', and not open. No opening known: open as soon as the conference is announced.
    """

    class Kind(models.TextChoices):
        ORGANISATIONAL_MOTIONS = "organisational_motions", "organisational motions"
        AMENDMENTS = "amendments", "amendments to motions"
        EMERGENCY_MOTIONS = "emergency_motions", "emergency motions"
        POLICY_SUBMISSIONS = "policy_submissions", "policy submissions"
        CAC_NOMINATIONS = "cac_nominations", "nominations for the CAC"
        RECOGNITION_AWARDS = "recognition_awards", "recognition awards"
        EARLY_PRICE = "early_price", "early price"
        DELEGATE_REGISTRATION = "delegate_registration", "delegate registration"
        VISITOR_REGISTRATION = "visitor_registration", "registration"
        NAMES = "names", "names of delegates"
        LEAD_DELEGATE = "lead_delegate", "lead delegate"
        EXTRAS = "extras", "dinner and other extras"
        CHANGES = "changes", "changes and cancellations"
        SUPPORT = "support", "requests for support"
        COMPOSITES = "composites", "answers on a composite"
        CONSULTATION = "consultation", "consultation"
        STAGE = "stage", "stage of a consultation"
        OTHER = "other", "other"

    #: Between the committee and a few bodies: no page, calendar or file of the conference tells them.
    PRIVATE = (Kind.COMPOSITES,)

    #: Days of a timetable: nothing closes on them, and nobody is reminded.
    DAYS = (Kind.STAGE,)

    class Audience(models.TextChoices):
        BODIES = "bodies", "party councils and societies"
        DELEGATES = "delegates", "delegates"
        MEMBERS = "members", "members"
        EVERYBODY = "everybody", "everybody"

    conference = models.ForeignKey("events.Conference", models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=30, choices=Kind)
    name = models.CharField(max_length=120, blank=True, help_text="Empty: the name of the kind.")
    audience = models.CharField("concerns", max_length=20, choices=Audience)
    opens_at = models.DateTimeField("opens", null=True, blank=True)
    closes_on = models.DateField(
        "closes at the end of", null=True, blank=True, help_text="The whole of this day counts."
    )
    closes_at = models.DateTimeField("or closes at exactly", null=True, blank=True)
    is_reminded = models.BooleanField("reminders are sent", default=True)
    note = models.CharField("where this comes from", max_length=200, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = [F("closes_on").asc(nulls_last=True), "closes_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "kind", "name"],
                name="events_deadline_once_a_kind",
                violation_error_message="This conference already has that deadline.",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_at__isnull=True),
                name="events_deadline_date_or_instant",
                violation_error_message="Give a last day or an exact time, not both.",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="events_deadline_closes_after_it_opens",
                violation_error_message="It must close after it opens.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What people call it, with a capital."""
        words = self.name or self.get_kind_display()
        return words[:1].upper() + words[1:]

    @property
    def is_a_day(self) -> bool:
        """A day of a timetable rather than a door: 'Monday 16 May', not 'closes'."""
        return self.kind in self.DAYS

    @property
    def closing(self) -> dt.datetime | None:
        """The first instant at which it is closed for everybody; None while unknown."""
        return calendar.closing_instant(closes_on=self.closes_on, closes_at=self.closes_at)

    @property
    def window(self) -> calendar.Window:
        """The half-open window for a body without an extension of its own."""
        return calendar.Window(opens_at=self.opens_at, closes_at=self.closing)


class DeadlineChange(models.Model):
    """Staff moved a deadline for everybody, or extended it for one body, and said why."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="changes")
    organisation = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deadline_changes",
        help_text="Empty: for everybody.",
    )
    closed_before = models.DateTimeField("closed at, before", null=True, blank=True)
    closes_on = models.DateField("now closes at the end of", null=True, blank=True)
    closes_at = models.DateTimeField("or now closes at exactly", null=True, blank=True)
    reason = models.CharField(max_length=300)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    form_key = models.UUIDField(
        "the form it came from",
        null=True,
        blank=True,
        editable=False,
        unique=True,  # the same form sent twice moves the deadline once
    )

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__isnull=False, closes_at__isnull=True)
                | Q(closes_on__isnull=True, closes_at__isnull=False),
                name="events_deadlinechange_date_or_instant",
                violation_error_message="Give a last day or an exact time.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="events_deadlinechange_has_a_reason",
                violation_error_message="Say why the deadline moves.",
            ),
        ]
        indexes = [
            # serves: a body's own closing of a deadline
            models.Index(fields=["deadline", "organisation"], name="events_change_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.deadline}: {self.organisation or 'everybody'}"

    @property
    def closing(self) -> dt.datetime:
        """The first instant at which it is closed after this change."""
        return calendar.closing_instant(closes_on=self.closes_on, closes_at=self.closes_at)


class ReminderStep(models.Model):
    """One rung of a deadline's ladder of reminders."""

    class When(models.TextChoices):
        OPENING = "opening", "on opening"
        DAYS_BEFORE = "days_before", "days before the last day"
        LAST_DAY = "last_day", "on the last day"

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="steps")
    when = models.CharField(max_length=20, choices=When)
    days = models.PositiveSmallIntegerField("days before", default=0)
    time = models.TimeField("at (UK time)", default=dt.time(9, 0))

    class Meta:
        ordering = ["deadline", "when", "-days"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "when", "days"],
                name="events_step_once_a_deadline",
                violation_error_message="This reminder is already on the ladder.",
            ),
            models.CheckConstraint(
                condition=Q(when="days_before", days__gt=0) | (~Q(when="days_before") & Q(days=0)),
                name="events_step_days_only_before",
                violation_error_message="Days belong to reminders some days before, only there.",
            ),
        ]

    def __str__(self) -> str:
        if self.when == self.When.DAYS_BEFORE:
            return f"{self.days} days before"
        return self.get_when_display()
