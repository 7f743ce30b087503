"""Where the planner keeps what it told: in the database, or for a rehearsal in memory alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.db import transaction

from events.calendar import Step
from events.models import Reminder, StepRun
from events.reminders.tracks import Track


class Record(Protocol):
    """What the planner asks of its record."""

    def is_told(self, track: Track, due_at: dt.datetime) -> bool:
        """Is this step of the ladder done, or a later one?"""

    def keep(self, told: Telling, chunks: Iterable[list[Reminder]]) -> int:
        """Keep the reminders of one step and mark it done; return how many there were."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One step of one ladder, due at `due_at`, being told at `at`."""

    track: Track
    step: Step
    due_at: dt.datetime
    at: dt.datetime


class Stored:
    """The record of production: a Reminder row a person, a StepRun row a step.

    A step is kept wholly or not at all: what its audience raises undoes this step and no other.
    """

    def is_told(self, track: Track, due_at: dt.datetime) -> bool:
        return StepRun.objects.filter(
            deadline=track.deadline,
            organisation=track.organisation,
            closes_at=track.window.closes_at,
            due_at__gte=due_at,
        ).exists()

    @transaction.atomic
    def keep(self, told: Telling, chunks: Iterable[list[Reminder]]) -> int:
        count = 0
        for rows in chunks:
            Reminder.objects.bulk_create(rows, ignore_conflicts=True)
            count += len(rows)
        run = StepRun(
            deadline=told.track.deadline,
            organisation=told.track.organisation,
            closes_at=told.track.window.closes_at,
            step=told.step.key,
            due_at=told.due_at,
            done_at=told.at,
            told=count,
        )
        StepRun.objects.bulk_create([run], ignore_conflicts=True)
        return count


@dataclass(slots=True)
class Rehearsed:
    """What a step would have told: to which addresses, to how many people of which body."""

    telling: Telling
    addresses: set[str] = field(default_factory=set)
    bodies: Counter[int] = field(default_factory=Counter)


class Rehearsal:
    """The record of a dry run. Nothing is written, so nobody waits for a lock of it."""

    def __init__(self) -> None:
        self.steps: list[Rehearsed] = []
        self._done: dict[tuple[int, int | None, dt.datetime | None], dt.datetime] = {}

    def is_told(self, track: Track, due_at: dt.datetime) -> bool:
        latest = self._done.get(_ladder(track))
        return latest is not None and latest >= due_at

    def keep(self, told: Telling, chunks: Iterable[list[Reminder]]) -> int:
        step = Rehearsed(told)
        seen = set()
        for rows in chunks:
            for row in rows:
                step.addresses.add(row.address)
                seen.add((row.address, row.organisation_id))
        step.bodies.update(body for _, body in seen if body is not None)
        self.steps.append(step)
        self._done[_ladder(told.track)] = told.due_at
        return len(seen)


def _ladder(track: Track) -> tuple[int, int | None, dt.datetime | None]:
    organisation_id = track.organisation.pk if track.organisation else None
    return track.deadline.pk, organisation_id, track.window.closes_at
