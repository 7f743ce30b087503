"""A conference's report, the notes it is joined of, who writes which, and what was ever saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from events.reports.lines import Link, Task, links_of, tasks_of

LONGEST = 20_000


class ConferenceReport(models.Model):
    """One a conference. Published by the editor; what is taken back is in no page from then on."""

    conference = models.OneToOneField("events.Conference", models.PROTECT, related_name="report")
    introduction = models.TextField(blank=True)
    source = models.CharField(
        "where the notes come from",
        max_length=300,
        blank=True,
        help_text="Shown with the report. Slips of a source stay as they are, and are named here.",
    )
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "report of a conference"
        verbose_name_plural = "reports of conferences"
        ordering = ["conference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True, published_at__isnull=True)
                | Q(published_at__isnull=False, is_published=True),
                name="events_report_published_by_and_when",
                violation_error_message="A report that somebody published says when.",
            )
        ]

    def __str__(self) -> str:
        return f"Report of {self.conference}"

    def get_absolute_url(self) -> str:
        return reverse("events:report", args=[self.conference.slug])


class Notes(models.Model):
    """The notes of one session, or of something else under a heading. Each save has a number."""

    report = models.ForeignKey(ConferenceReport, models.PROTECT, related_name="notes")
    session = models.ForeignKey(
        "events.Session", models.PROTECT, null=True, blank=True, related_name="notes"
    )
    heading = models.CharField(
        max_length=200, blank=True, help_text="Empty: the title of the session."
    )
    position = models.PositiveSmallIntegerField("order", default=0)
    speakers = models.TextField("who spoke", blank=True)
    points = models.TextField(blank=True)
    links = models.TextField(blank=True)
    actions = models.TextField(blank=True)
    is_left_out = models.BooleanField("left out of the report", default=False)
    is_ready = models.BooleanField("handed to the editor", default=False)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = "notes"
        verbose_name_plural = "notes"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "session"],
                name="events_notes_once_a_session",
                violation_error_message="This session has its notes.",
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=False) | ~Q(heading=""),
                name="events_notes_of_a_session_or_under_a_heading",
                violation_error_message="Notes belong to a session or have a heading.",
            ),
            models.CheckConstraint(
                condition=Q(saved_by__isnull=True) | Q(saved_at__isnull=False),
                name="events_notes_saved_by_and_when",
                violation_error_message="Notes that somebody saved say when.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its heading, or that of its session."""
        return self.heading or self.session.title

    @property
    def speakers_listed(self) -> list[str]:
        """Who spoke, one by one, spelt as the notes spell them."""
        return [line.strip() for line in self.speakers.splitlines() if line.strip()]

    @property
    def links_listed(self) -> list[Link]:
        """The links, each with its host. Nothing is fetched."""
        return links_of(self.links)

    @property
    def tasks_listed(self) -> list[Task]:
        """What was agreed to be done, and by whom."""
        return tasks_of(self.actions)

    @property
    def has_words(self) -> bool:
        """Is there anything to read?"""
        return any((self.speakers, self.points, self.links, self.actions))


class NotesSave(models.Model):
    """One save of notes by its button, or a copy kept aside because somebody had saved first."""

    class Outcome(models.TextChoices):
        SAVED = "saved", "saved"
        ASIDE = "aside", "kept aside: somebody else had saved first"

    notes = models.ForeignKey(Notes, models.PROTECT, related_name="saves")
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.SAVED)
    version = models.PositiveIntegerField("version saved, or version it was based on")
    speakers = models.TextField(blank=True)
    points = models.TextField(blank=True)
    links = models.TextField(blank=True)
    actions = models.TextField(blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["notes", "-saved_at", "-pk"]
        verbose_name_plural = "saves of notes"
        constraints = [
            models.UniqueConstraint(
                fields=["notes", "version"],
                condition=Q(outcome="saved"),
                name="events_notes_save_once_a_version",
                violation_error_message="This version of the notes is saved.",
            )
        ]

    def __str__(self) -> str:
        return f"save {self.version}"


class Rapporteur(models.Model):
    """A lay person who writes the notes of one session."""

    notes = models.ForeignKey(Notes, models.PROTECT, related_name="rapporteurs")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="rapporteuring")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["notes", "assigned_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["notes", "user"],
                condition=Q(ended_at__isnull=True),
                name="events_rapporteur_once_each",
                violation_error_message="This person writes these notes already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.notes}"

    @property
    def audit_label(self) -> str:
        """What the audit trail, which cannot forget, calls it: without the person's name."""
        return f"rapporteur of {self.notes}"
