"""The ladders of one deadline: everybody's, and one for each body with an extension of its own."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from events.calendar import DEFAULT_LADDER, Step, Window, ladder
from events.models import Deadline, DeadlineChange
from members.models import Organisation

MOVED = Step("moved")


@dataclass(frozen=True, slots=True)
class Track:
    """One ladder: its window, whom it is for (None: everybody not on a track of their own).

    `moved_at`: when the closing it now has was set; steps due before that are overtaken by the
    one 'the deadline has moved' notice. `moves`: how often this very closing was set, since a
    deadline may move away and back, and each time is told.
    """

    deadline: Deadline
    organisation: Organisation | None
    window: Window
    moved_at: dt.datetime | None
    moves: int = 0

    def rungs(self) -> list[tuple[Step, dt.datetime]]:
        """Every step with its due instant, earliest first."""
        steps = [Step(row.when, row.days, row.time) for row in self.deadline.steps.all()]
        rungs = ladder(self.window, steps or DEFAULT_LADDER)
        if self.moved_at is None:
            return rungs
        notice = MOVED if self.moves < 2 else Step(f"{MOVED.key} {self.moves}")
        return [(notice, self.moved_at), *(rung for rung in rungs if rung[1] > self.moved_at)]

    def is_open_or_coming(self, at: dt.datetime) -> bool:
        """Is there anything left to remind of?"""
        return self.window.closes_at is not None and at < self.window.closes_at


def tracks(deadline: Deadline) -> Iterator[Track]:
    """The general track, then the tracks of bodies whose own closing differs from it.

    Reads `deadline.changes` and `deadline.steps`, which the caller prefetches.
    """
    changes: Iterable[DeadlineChange] = sorted(
        deadline.changes.all(), key=lambda change: (change.changed_at, change.pk)
    )
    latest: dict[int | None, DeadlineChange] = {}
    times: Counter[tuple[int | None, dt.datetime]] = Counter()
    for change in changes:
        latest[change.organisation_id] = change
        times[change.organisation_id, change.closing] += 1
    general = latest.pop(None, None)
    if general is None:
        yield Track(deadline, None, deadline.window, None)
    else:
        moves = times[None, general.closing]
        yield Track(deadline, None, deadline.window, general.changed_at, moves)
    for change in latest.values():
        window = deadline.window.extended_to(change.closing)
        if window != deadline.window:
            moves = times[change.organisation_id, change.closing]
            yield Track(deadline, change.organisation, window, change.changed_at, moves)
