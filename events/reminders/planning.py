"""The planner: what is due and not yet told?

Never 'what is exactly N days away'. A step counts as told only once its StepRun row stands, so
downtime of any length, a flushed broker or a killed process is made up for at the next run. When
several steps of one ladder have come due meanwhile, people get the latest of them, once.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from events.calendar import Step, latest_due
from events.models import Conference, Deadline, Reminder, StepRun
from events.reminders.audiences import Asked, Recipient, concerned
from events.reminders.tracks import MOVED, Track, tracks
from mailing.models import Heartbeat

logger = logging.getLogger(__name__)

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """What one run planned for one step."""

    deadline: Deadline
    organisation_id: int | None
    step: str
    due_at: dt.datetime
    reminders: int


def reminded_deadlines(conferences: QuerySet[Conference]) -> QuerySet[Deadline]:
    """The deadlines with reminders of these conferences, with what a ladder needs."""
    return (
        Deadline.objects.filter(conference__in=conferences, is_reminded=True)
        .select_related("conference")
        .prefetch_related("steps", "changes__organisation")
        .order_by("pk")
    )


def plan(*, at: dt.datetime, conferences: QuerySet[Conference] | None = None) -> list[Told]:
    """Plan every step that is due and not yet told, for all conferences that remind.

    `conferences`: for these instead, whatever their status (the replay names one).
    Safe to run at any time, any number of times and twice at once. Writes Reminder rows; `gather`
    turns them into mail. Draft, postponed, cancelled and past conferences remind nobody.
    """
    told = []
    if conferences is None:
        conferences = Conference.objects.reminding()
    for deadline in reminded_deadlines(conferences):
        for track in tracks(deadline):
            due = due_step(track, at)
            if due is not None:
                told.append(_tell(track, *due, at=at))
    Heartbeat.objects.beat(name=Heartbeat.PLANNER, at=at)
    return told


def due_step(track: Track, at: dt.datetime) -> tuple[Step, dt.datetime] | None:
    """The step of a ladder that is due and not yet told, or None."""
    if not track.is_open_or_coming(at):
        return None
    due = latest_due(track.rungs(), at)
    if due is None:
        return None
    done = StepRun.objects.filter(
        deadline=track.deadline,
        organisation=track.organisation,
        closes_at=track.window.closes_at,
        due_at__gte=due[1],
    )
    return None if done.exists() else due


def _tell(track: Track, step: Step, due_at: dt.datetime, *, at: dt.datetime) -> Told:
    """Write the rows of one step, a chunk at a time, and mark it done."""
    own_tracks = {
        other.organisation.pk for other in tracks(track.deadline) if other.organisation is not None
    }
    count = 0
    recipients = concerned(track.deadline, Asked(organisation=track.organisation), at)
    while chunk := list(islice(recipients, CHUNK)):
        rows = [
            _reminder(track, step, due_at, recipient, at)
            for recipient in chunk
            if _can_be_told(recipient)
            and (track.organisation is not None or recipient.organisation_id not in own_tracks)
        ]
        Reminder.objects.bulk_create(rows, ignore_conflicts=True)
        count += len(rows)
    StepRun.objects.bulk_create(
        [
            StepRun(
                deadline=track.deadline,
                organisation=track.organisation,
                closes_at=track.window.closes_at,
                step=step.key,
                due_at=due_at,
                done_at=at,
                told=count,
            )
        ],
        ignore_conflicts=True,
    )
    organisation_id = track.organisation.pk if track.organisation else None
    return Told(track.deadline, organisation_id, step.key, due_at, count)


def _can_be_told(recipient: Recipient) -> bool:
    """An address nobody can write to must not stop the others; staff see it on the person's page."""
    try:
        validate_email(recipient.address)
    except ValidationError:
        logger.warning("reminder.address_unusable")
        return False
    return True


def _reminder(
    track: Track, step: Step, due_at: dt.datetime, recipient: Recipient, at: dt.datetime
) -> Reminder:
    return Reminder(
        deadline=track.deadline,
        closes_at=track.window.closes_at,
        step=step.key,
        address=recipient.address.strip().lower(),
        name=recipient.name[:150],
        organisation_id=recipient.organisation_id,
        why=recipient.why[:300],
        path=recipient.path[:200],
        due_at=due_at,
        planned_at=at,
    )


def upcoming(
    conferences: QuerySet[Conference], *, since: dt.datetime, until: dt.datetime
) -> Iterator[tuple[dt.datetime, Track, Step]]:
    """Every step that comes due in [since, until), earliest first."""
    found = [
        (instant, track, step)
        for deadline in reminded_deadlines(conferences)
        for track in tracks(deadline)
        for step, instant in track.rungs()
        if since <= instant < until
    ]
    yield from sorted(found, key=lambda item: (item[0], item[1].deadline.pk))


def is_move_notice(reminder: Reminder) -> bool:
    """Does this reminder say that the deadline has moved?"""
    return reminder.step.startswith(MOVED.key)
