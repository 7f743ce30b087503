"""Who was told of which deadline at which step, and which steps are done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import models
from django.db.models import Q

from events import ladders


class StepRun(models.Model):
    """One step of one ladder has been told to everybody it concerned.

    A step without this row is 'due and not yet told', whatever happened to clocks, beats and
    brokers meanwhile. A body with an extension has a ladder of its own.
    """

    deadline = models.ForeignKey("events.Deadline", models.PROTECT, related_name="step_runs")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    closes_at = models.DateTimeField()
    step = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField()
    told = models.PositiveIntegerField("reminders planned")

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "closes_at", "step", "organisation"],
                condition=Q(organisation__isnull=False),
                name="events_steprun_once_for_a_body",
                violation_error_message="This step is already done.",
            ),
            models.UniqueConstraint(
                fields=["deadline", "closes_at", "step"],
                condition=Q(organisation__isnull=True),
                name="events_steprun_once",
                violation_error_message="This step is already done.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline}: {self.step_in_words}"

    @property
    def step_in_words(self) -> str:
        """'28 days before'."""
        return ladders.step_in_words(self.step)


class Reminder(models.Model):
    """Somebody is told of a deadline at one step.

    Unique by (deadline, closing instant, step, person, body), so that an extension makes new steps
    and nothing is told twice. Planned with an empty `mail_key`; the transaction that puts the one
    gathering mail in the outbox fills it in, so a crash between the two loses nothing.
    """

    deadline = models.ForeignKey("events.Deadline", models.PROTECT, related_name="reminders")
    closes_at = models.DateTimeField("closing instant it spoke of")
    step = models.CharField(max_length=20, help_text="opening, 28d, 7d, 2d, last_day or moved")
    address = models.EmailField("told at")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("addressed as", max_length=150, blank=True)
    why = models.CharField("the one line about it", max_length=300, blank=True)
    path = models.CharField("where to do it", max_length=200, blank=True)
    due_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    mail_key = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-planned_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "closes_at", "step", "address", "organisation"],
                condition=Q(organisation__isnull=False),
                name="events_reminder_once_for_a_body",
                violation_error_message="This reminder is already planned.",
            ),
            models.UniqueConstraint(
                fields=["deadline", "closes_at", "step", "address"],
                condition=Q(organisation__isnull=True),
                name="events_reminder_once_for_a_person",
                violation_error_message="This reminder is already planned.",
            ),
        ]
        indexes = [
            # serves: what is planned and not yet gathered into a mail, by person
            models.Index(
                fields=["address"], condition=Q(mail_key=""), name="events_reminder_to_gather"
            ),
            # serves: the reminders one mail carried
            models.Index(fields=["mail_key"], name="events_reminder_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.deadline}: {self.step}"


class AudienceFailureManager(models.Manager["AudienceFailure"]):
    """Keeps the list of what fails now."""

    def now(self, failed: Mapping[models.Model, Exception], *, at: dt.datetime) -> None:
        """These deadlines could not be told at `at`, and no others."""
        self.exclude(deadline__in=list(failed)).delete()
        for deadline, error in failed.items():
            self.update_or_create(
                deadline=deadline,
                defaults={"error": type(error).__name__[:80]},
                create_defaults={"error": type(error).__name__[:80], "since": at},
            )


class AudienceFailure(models.Model):
    """Whom a deadline concerns could not be found out, so that nobody was told of its step.

    The planner asks again at every run; the row goes when it is answered. Only the kind of the
    error is kept: its text may name people, and is for the log.
    """

    deadline = models.OneToOneField(
        "events.Deadline", models.CASCADE, related_name="audience_failure"
    )
    since = models.DateTimeField("failing since")
    error = models.CharField(max_length=80)

    objects = AudienceFailureManager()

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return f"{self.deadline.label} ({self.deadline.conference.title}), {self.error}"
