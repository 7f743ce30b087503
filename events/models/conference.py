"""Conferences, and the series they are part of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class ConferenceSeries(models.Model):
    """Conferences with a common theme, such as the regional conferences of 2022."""

    name = models.CharField(max_length=150, unique=True)
    slug = models.SlugField(max_length=150, unique=True)
    theme = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "conference series"

    def __str__(self) -> str:
        return self.name


class JoinedNames(models.Aggregate):
    """Names of related rows, one a line, so that a list of conferences stays one query."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, char(10))"
    output_field = models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="%(function)s(%(expressions)s, chr(10) ORDER BY %(expressions)s)",
            function="STRING_AGG",
            **context,
        )


class ConferenceQuerySet(models.QuerySet["Conference"]):
    """Sets of conferences."""

    def public(self) -> ConferenceQuerySet:
        """Everything but drafts."""
        return self.exclude(status=Conference.Status.DRAFT)

    def held(self) -> ConferenceQuerySet:
        """Conferences that people go to; a consultation with a calendar of its own is none."""
        return self.exclude(kind=Conference.Kind.CONSULTATION)

    def coming(self, on: dt.date) -> ConferenceQuerySet:
        """Public ones not over on a date, soonest first; a date not yet known comes last."""
        return (
            self.public()
            .exclude(status=Conference.Status.OVER)
            .filter(Q(ends_on__gte=on) | Q(ends_on__isnull=True))
            .order_by(F("starts_on").asc(nulls_last=True), "title")
        )

    def past(self, on: dt.date) -> ConferenceQuerySet:
        """Public ones that are over on a date, latest first."""
        return (
            self.public()
            .filter(Q(ends_on__lt=on) | Q(status=Conference.Status.OVER))
            .order_by(F("starts_on").desc(nulls_last=True), "title")
        )

    def for_pages(self, at: dt.datetime) -> ConferenceQuerySet:
        """With everything a public page says of a conference, in one query.

        `shows_venue`: may the venue be known at this instant?
        """
        return self.select_related("venue", "series", "imprint").annotate(
            region_names=JoinedNames("regions__name"),
            shows_venue=models.ExpressionWrapper(
                Q(venue_public_from__isnull=True) | Q(venue_public_from__lte=at),
                output_field=models.BooleanField(),
            ),
        )

    def with_deadlines(self) -> ConferenceQuerySet:
        """A row for each deadline (`deadline_…`), one with nothing where there is none.

        So a page has a conference and its dates in one query.
        """
        columns = ("pk", "kind", "name", "audience", "opens_at", "closes_on", "closes_at")
        return self.annotate(**{f"deadline_{name}": F(f"deadlines__{name}") for name in columns})

    def reminding(self) -> ConferenceQuerySet:
        """Those whose deadlines are reminded of: not draft, postponed, cancelled or over."""
        return self.filter(status__in=Conference.REMINDING)


class Conference(models.Model):
    """One conference. Facts nobody published stay empty; inferred ones say so in `basis`.

    A consultation that belongs to no conference (the Strategic Plan of 2016) has its calendar here
    as well, and is listed among consultations only.
    """

    class Kind(models.TextChoices):
        REGIONAL = "regional", "regional conference"
        LOCAL_GOVERNMENT = "local_government", "local government conference"
        ANNUAL = "annual", "annual conference"
        AGM = "agm", "annual general meeting"
        OTHER = "other", "conference"
        CONSULTATION = "consultation", "consultation"

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", "in person"
        ONLINE = "online", "online"
        HYBRID = "hybrid", "in person and online"

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        ANNOUNCED = "announced", "announced"
        PROVISIONAL = "provisional", "programme provisional"
        OPEN = "open", "open"
        POSTPONED = "postponed", "postponed"
        CANCELLED = "cancelled", "cancelled"
        OVER = "over", "over"

    class Attendance(models.TextChoices):
        """How people come in."""

        BOOKING = "booking", "places are booked"
        INTEREST = "interest", "people register their interest"
        NONE = "none", "no registration here"

    # From each status the ones staff may move to; everything else is refused.
    MOVES = {
        Status.DRAFT: {Status.ANNOUNCED, Status.PROVISIONAL, Status.OPEN},
        Status.ANNOUNCED: {
            Status.DRAFT,
            Status.PROVISIONAL,
            Status.OPEN,
            Status.POSTPONED,
            Status.CANCELLED,
            Status.OVER,
        },
        Status.PROVISIONAL: {
            Status.ANNOUNCED,
            Status.OPEN,
            Status.POSTPONED,
            Status.CANCELLED,
            Status.OVER,
        },
        Status.OPEN: {Status.PROVISIONAL, Status.POSTPONED, Status.CANCELLED, Status.OVER},
        Status.POSTPONED: {
            Status.ANNOUNCED,
            Status.PROVISIONAL,
            Status.OPEN,
            Status.CANCELLED,
        },
        Status.CANCELLED: set(),
        Status.OVER: set(),
    }
    REMINDING = (Status.ANNOUNCED, Status.PROVISIONAL, Status.OPEN)
    DOORS_OPEN = (Status.ANNOUNCED, Status.PROVISIONAL, Status.OPEN)

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    other_names = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    series = models.ForeignKey(
        ConferenceSeries,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conferences",
        verbose_name="part of",
    )
    regions = models.ManyToManyField("members.Region", blank=True, related_name="conferences")
    theme = models.CharField(max_length=200, blank=True)
    strands = models.JSONField("strands of the theme", default=list, blank=True)
    summary = models.TextField(blank=True)
    mode = models.CharField(max_length=20, choices=Mode, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    status_note = models.CharField(
        "why it was postponed or cancelled, what happens next", max_length=300, blank=True
    )
    attendance = models.CharField(max_length=20, choices=Attendance, default=Attendance.BOOKING)

    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    starts_at = models.DateTimeField("doors, if a time is known", null=True, blank=True)
    ends_at = models.DateTimeField("end, if a time is known", null=True, blank=True)

    venue = models.ForeignKey(
        "events.Venue", models.PROTECT, null=True, blank=True, related_name="conferences"
    )
    venue_public_from = models.DateTimeField(
        "venue shown from",
        null=True,
        blank=True,
        help_text="Empty: shown at once. Until then the venue is in no page, feed or source.",
    )
    platform = models.CharField("online platform", max_length=80, blank=True)
    join_url = models.URLField("link to join online", blank=True)
    join_from = models.DateTimeField("link shown to those entitled from", null=True, blank=True)

    audience = models.CharField("who it is for", max_length=200, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    imprint = models.ForeignKey(
        "events.Imprint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conferences",
        help_text="Empty: the imprint in force.",
    )
    record = models.TextField("what is known of it afterwards", blank=True)
    basis = models.JSONField(
        "how inferred facts are known", default=dict, blank=True, help_text="field: reason"
    )
    officer_confirms = models.BooleanField(
        "an officer confirms what others submit for a body",
        default=False,
    )

    file_digest = models.CharField(
        "the shipped file it was loaded from",
        max_length=64,
        blank=True,
        editable=False,
        help_text="SHA-256; an unchanged shipped file is not loaded over what staff edited since.",
    )

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_on").desc(nulls_last=True), "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="events_conference_ends_after_it_starts",
                violation_error_message="The last day cannot come before the first.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="events_conference_end_after_doors",
                violation_error_message="The end must be later than the start.",
            ),
        ]
        indexes = [
            # serves: what is coming, what is past
            models.Index(fields=["status", "ends_on"], name="events_conf_status_end"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:conference", args=[self.slug])

    @property
    def regions_in_words(self) -> list[str]:
        """Names of its regions, for rows fetched `for_pages`."""
        return sorted((self.region_names or "").splitlines())

    @property
    def basis_in_words(self) -> list[tuple[str, str]]:
        """What is inferred and how it is known: ('First day', 'Inferred: …')."""
        return [
            (field.replace("_", " ").capitalize(), reason) for field, reason in self.basis.items()
        ]

    @property
    def is_a_consultation(self) -> bool:
        """A calendar of a consultation that belongs to no conference: nobody goes there."""
        return self.kind == self.Kind.CONSULTATION

    @property
    def has_open_doors(self) -> bool:
        """May anything be sent in or booked at all? Deadlines decide the rest."""
        return self.status in self.DOORS_OPEN

    @property
    def is_halted(self) -> bool:
        """Postponed or cancelled: nothing is reminded of or sold."""
        return self.status in {self.Status.POSTPONED, self.Status.CANCELLED}

    def is_over(self, on: dt.date) -> bool:
        """Declared over, or its last day has passed."""
        return self.status == self.Status.OVER or (self.ends_on is not None and self.ends_on < on)

    def venue_is_public(self, at: dt.datetime) -> bool:
        """May the venue be shown to everybody at this instant?"""
        return self.venue_public_from is None or at >= self.venue_public_from


class LayAppointment(models.Model):
    """A lay person's task at one conference: their desk is on the site, never in the admin."""

    class Task(models.TextChoices):
        CAC_MEMBER = "cac_member", "member of the Conference Arrangements Committee"
        CHAIR = "chair", "chair"
        TELLER = "teller", "teller"
        RETURNING_OFFICER = "returning_officer", "returning officer"
        STEWARD = "steward", "steward"
        JUDGE = "judge", "judge of the recognition awards"
        PRESENTER = "presenter", "presenter of the recognition awards"
        REPORT_EDITOR = "report_editor", "editor of the report"
        POLICY = "policy", "member of the policy committee"

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="appointments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    task = models.CharField(max_length=20, choices=Task)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField("last day (a steward's may be one day)", null=True, blank=True)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["conference", "task", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "user", "task"],
                condition=Q(ended_at__isnull=True),
                name="events_appointment_once_each",
                violation_error_message="This person already has this task.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="events_appointment_ends_after_it_starts",
                violation_error_message="The last day cannot come before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_task_display()}"

    @property
    def audit_label(self) -> str:
        """What the audit trail, which cannot forget, calls it: without the person's name."""
        return f"{self.get_task_display()} at {self.conference}"


class Authorisation(models.Model):
    """An officer lets somebody act for the body at one conference: recorded and shown."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="authorisations")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, related_name="authorisations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="authorisations"
    )
    authorised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    authorised_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-authorised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "organisation", "user"],
                condition=Q(withdrawn_at__isnull=True),
                name="events_authorisation_once_each",
                violation_error_message="This person is already authorised.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="events_authorisation_withdrawn_by_somebody",
                violation_error_message="A withdrawn authority says who withdrew it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.organisation}"

    @property
    def audit_label(self) -> str:
        """What the audit trail, which cannot forget, calls it: without the person's name."""
        return f"authority for {self.organisation} at {self.conference}"
