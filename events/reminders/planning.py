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

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from events.calendar import Step, latest_due
from events.models import AudienceFailure, Conference, Deadline, Reminder
from events.reminders.audiences import Asked, Recipient, concerned
from events.reminders.records import Record, Stored, Telling
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


def plan(*, at: dt.datetime) -> list[Told]:
    """Plan every step that is due and not yet told, for all conferences that remind.

    Safe to run at any time, any number of times and twice at once. Writes Reminder rows; `gather`
    turns them into mail. Draft, postponed, cancelled and past conferences remind nobody. A deadline
    whose audience fails is left for the next run, which asks again; staff are told meanwhile.
    """
    told: list[Told] = []
    failed: dict[Deadline, Exception] = {}
    for deadline in reminded_deadlines(Conference.objects.reminding()):
        try:
            told += tell_due(deadline, record=Stored(), at=at)
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:
            logger.exception("reminders of deadline %s could not be planned", deadline.pk)
            failed[deadline] = error
    AudienceFailure.objects.now(failed, at=at)
    Heartbeat.objects.beat(name=Heartbeat.PLANNER, at=at)
    return told


def tell_due(deadline: Deadline, *, record: Record, at: dt.datetime) -> list[Told]:
    """Tell what is due and not yet told on every ladder of one deadline, and keep it in `record`.

    Raises whatever an audience of the deadline raises.
    """
    told = []
    for track in tracks(deadline):
        due = due_step(track, at, record)
        if due is not None:
            told.append(_tell(Telling(track, *due, at=at), record))
    return told


def due_step(track: Track, at: dt.datetime, record: Record) -> tuple[Step, dt.datetime] | None:
    """The step of a ladder that is due and not yet told, or None."""
    if not track.is_open_or_coming(at):
        return None
    due = latest_due(track.rungs(), at)
    return None if due is None or record.is_told(track, due[1]) else due


def _tell(telling: Telling, record: Record) -> Told:
    """Keep the reminders of one step, a chunk at a time."""
    deadline, organisation = telling.track.deadline, telling.track.organisation
    count = record.keep(telling, _chunks(telling))
    organisation_id = organisation.pk if organisation else None
    return Told(deadline, organisation_id, telling.step.key, telling.due_at, count)


def _chunks(telling: Telling) -> Iterator[list[Reminder]]:
    """Everybody the step concerns, in lists that fit in memory."""
    track = telling.track
    own_tracks = {
        other.organisation.pk for other in tracks(track.deadline) if other.organisation is not None
    }
    recipients = concerned(track.deadline, Asked(organisation=track.organisation), telling.at)
    while chunk := list(islice(recipients, CHUNK)):
        yield [
            _reminder(telling, recipient)
            for recipient in chunk
            if _can_be_told(recipient)
            and (track.organisation is not None or recipient.organisation_id not in own_tracks)
        ]


def _can_be_told(recipient: Recipient) -> bool:
    """An address nobody can write to must not stop the others; staff see it on the person's page."""
    try:
        validate_email(recipient.address)
    except ValidationError:
        logger.warning("reminder.address_unusable")
        return False
    return True


def _reminder(telling: Telling, recipient: Recipient) -> Reminder:
    return Reminder(
        deadline=telling.track.deadline,
        closes_at=telling.track.window.closes_at,
        step=telling.step.key,
        address=recipient.address.strip().lower(),
        name=recipient.name[:150],
        organisation_id=recipient.organisation_id,
        why=recipient.why[:300],
        path=recipient.path[:200],
        due_at=telling.due_at,
        planned_at=telling.at,
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
