"""The programme: days, tracks, sessions, speakers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Day(models.Model):
    """One day of a conference."""

    conference = models.ForeignKey("events.Conference", models.CASCADE, related_name="days")
    date = models.DateField()
    title = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "date"],
                name="events_day_once_a_conference",
                violation_error_message="This conference already has that day.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.date:%A} {self.date.day} {self.date:%B %Y}"


class Track(models.Model):
    """Sessions that belong together across a programme."""

    conference = models.ForeignKey("events.Conference", models.CASCADE, related_name="tracks")
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "name"],
                name="events_track_once_a_conference",
                violation_error_message="This conference already has a track of that name.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    """A person who speaks, at one conference or many."""

    name = models.CharField(max_length=120)
    description = models.CharField("role", max_length=200, blank=True)
    biography = models.TextField(blank=True)
    note = models.CharField(
        "note for staff",
        max_length=200,
        blank=True,
        help_text="For example: so spelt in the source.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "description"],
                name="events_speaker_once",
                violation_error_message="This speaker is already there.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.description}" if self.description else self.name


class Session(models.Model):
    """One item of the programme. What is not known yet stays empty: 'to be announced'."""

    class Kind(models.TextChoices):
        KEYNOTE = "keynote", "keynote"
        PANEL = "panel", "panel"
        WORKSHOP = "workshop", "workshop"
        CONSULTATION = "consultation", "policy consultation"
        BUSINESS = "business", "business session"
        FRINGE = "fringe", "fringe meeting"
        RECEPTION = "reception", "reception"
        DINNER = "dinner", "dinner"
        AGM = "agm", "annual general meeting"
        TRAINING = "training", "training"
        CAMPAIGN = "campaign", "campaign session"
        BREAK = "break", "break"
        OTHER = "other", "session"

    conference = models.ForeignKey("events.Conference", models.CASCADE, related_name="sessions")
    day = models.ForeignKey(Day, models.PROTECT, null=True, blank=True, related_name="sessions")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    starts_at = models.DateTimeField("starts", null=True, blank=True)
    ends_at = models.DateTimeField("ends", null=True, blank=True)
    room = models.ForeignKey(
        "events.Room", models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    track = models.ForeignKey(
        Track, models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    description = models.TextField(blank=True)
    is_delegates_only = models.BooleanField("delegates only", default=False)
    position = models.PositiveSmallIntegerField("order", default=0, db_index=True)
    revision = models.PositiveIntegerField(
        "times it was changed",
        default=0,
        editable=False,  # calendars call it the sequence
    )
    form_key = models.UUIDField(
        "the form it came from",
        null=True,
        blank=True,
        editable=False,
        unique=True,  # the same form sent twice adds one session
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="events_session_ends_after_it_starts",
                violation_error_message="A session ends after it starts.",
            ),
        ]
        indexes = [
            # serves: the programme of a conference by day
            models.Index(
                fields=["conference", "day", "starts_at"], name="events_session_programme"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SessionSpeaker(models.Model):
    """Somebody's part in a session: a known speaker, or words such as 'a local MP'."""

    class Part(models.TextChoices):
        SPEAKER = "speaker", "speaker"
        CHAIR = "chair", "chair"
        KEYNOTE = "keynote", "keynote speaker"
        PANELLIST = "panellist", "panellist"
        CONTRIBUTOR = "contributor", "contributor"

    session = models.ForeignKey(Session, models.CASCADE, related_name="parts")
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="parts"
    )
    placeholder = models.CharField("or in words", max_length=150, blank=True)
    part = models.CharField(max_length=20, choices=Part, default=Part.SPEAKER)
    talk = models.CharField("title of the talk", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker__isnull=False, placeholder="")
                | (Q(speaker__isnull=True) & ~Q(placeholder="")),
                name="events_part_speaker_or_words",
                violation_error_message="Choose a speaker or describe who it will be, not both.",
            ),
            models.UniqueConstraint(
                fields=["session", "speaker", "part"],
                name="events_part_once_a_session",
                violation_error_message="This speaker is already in the session.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.speaker) if self.speaker_id else self.placeholder
