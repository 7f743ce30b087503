"""The rules of the calendar, free of Django: when a door is open, when a reminder is due.

Intervals are half-open: open from the opening instant (included) to the closing instant
(excluded). An inclusive closing *date* closes at the next local midnight in London, so 'by 30 June'
includes the whole of 30 June. Every function takes plain data and the instant; none reads a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
UTC = dt.UTC


class WallTimeError(ValueError):
    """A wall-clock time that London does not have, or has twice."""


class NonexistentTimeError(WallTimeError):
    """The clocks went forward over this time."""


class AmbiguousTimeError(WallTimeError):
    """The clocks went back: this time happened twice."""


def london_instant(date: dt.date, time: dt.time, *, fold: int | None = None) -> dt.datetime:
    """The UTC instant at which London's wall clock shows this date and time.

    Raises NonexistentTimeError when the clocks skip it and AmbiguousTimeError when it happens
    twice and `fold` (0 the first, 1 the second) was not given.
    """
    first = dt.datetime.combine(date, time, tzinfo=LONDON).replace(fold=0)
    second = first.replace(fold=1)
    in_utc = first.astimezone(UTC)
    if in_utc.astimezone(LONDON).replace(tzinfo=None) != first.replace(tzinfo=None):
        message = (
            f"{time:%H:%M} does not exist in the UK on {date:%A} {date.day} {date:%B %Y}: the "
            "clocks go forward over it. Choose a time before 01:00 or from 02:00."
        )
        raise NonexistentTimeError(message)
    if first.utcoffset() != second.utcoffset():
        if fold is None:
            message = (
                f"{time:%H:%M} happens twice in the UK on {date:%A} {date.day} {date:%B %Y}: the "
                "clocks go back. Say whether you mean the first or the second."
            )
            raise AmbiguousTimeError(message)
        return (second if fold else first).astimezone(UTC)
    return in_utc


def end_of_day(date: dt.date) -> dt.datetime:
    """The instant at which a day in London is over: the next local midnight."""
    return london_instant(date + dt.timedelta(days=1), dt.time(0, 0))


def closing_instant(
    *, closes_on: dt.date | None, closes_at: dt.datetime | None
) -> dt.datetime | None:
    """The first closed instant, from an inclusive date or an exact instant; None while unknown."""
    if closes_at is not None:
        return closes_at
    return end_of_day(closes_on) if closes_on is not None else None


class DoorState(StrEnum):
    """What a door is at an instant."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open window. `opens_at` None: no opening stated; `closes_at` None: not announced."""

    opens_at: dt.datetime | None
    closes_at: dt.datetime | None

    def state(self, at: dt.datetime) -> DoorState:
        """Not yet, open, closed, or unknown while no closing is announced."""
        if self.closes_at is None:
            return DoorState.UNKNOWN
        if at >= self.closes_at:
            return DoorState.CLOSED
        if self.opens_at is not None and at < self.opens_at:
            return DoorState.NOT_YET
        return DoorState.OPEN

    def is_open(self, at: dt.datetime) -> bool:
        """Open at this instant."""
        return self.state(at) is DoorState.OPEN

    def extended_to(self, closes_at: dt.datetime | None) -> Window:
        """The same door for a body with an extension: the later of the two closings."""
        if closes_at is None or (self.closes_at is not None and self.closes_at >= closes_at):
            return self
        return Window(self.opens_at, closes_at)


def last_day(closes_at: dt.datetime) -> dt.date:
    """The last date in London on which the door is still open."""
    return (closes_at - dt.timedelta(microseconds=1)).astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of a ladder: `when` is opening, days_before or last_day; `time` is London's."""

    when: str
    days: int = 0
    time: dt.time = dt.time(9, 0)

    @property
    def key(self) -> str:
        """A short stable name: opening, 28d, last_day."""
        return f"{self.days}d" if self.when == "days_before" else self.when


DEFAULT_LADDER = (
    Step("opening"),
    Step("days_before", 28),
    Step("days_before", 7),
    Step("days_before", 2),
    Step("last_day"),
)


def _due_at(window: Window, step: Step) -> dt.datetime | None:
    if step.when == "opening":
        if window.opens_at is None:
            return None
        # a door that opens at midnight is announced at the hour of the step, not at night
        morning = london_instant(window.opens_at.astimezone(LONDON).date(), step.time, fold=0)
        return max(window.opens_at, morning)
    if window.closes_at is None:
        return None
    days = step.days if step.when == "days_before" else 0
    date = last_day(window.closes_at) - dt.timedelta(days=days)
    try:
        return london_instant(date, step.time, fold=0)
    except NonexistentTimeError:
        # a reminder at a skipped wall time goes out an hour later rather than not at all
        later = (dt.datetime.combine(date, step.time) + dt.timedelta(hours=1)).time()
        return london_instant(date, later, fold=0)


def ladder(window: Window, steps: Iterable[Step]) -> list[tuple[Step, dt.datetime]]:
    """Each step with the instant it is due, earliest first; steps outside the window fall away.

    An opening that is not known has no reminder; a step after the closing or before the opening
    (a short call) is left out.
    """
    due = []
    for step in steps:
        instant = _due_at(window, step)
        if instant is None or window.closes_at is None or instant >= window.closes_at:
            continue
        if window.opens_at is not None and instant < window.opens_at:
            continue
        due.append((step, instant))
    return sorted(due, key=lambda pair: pair[1])


def latest_due(
    rungs: Iterable[tuple[Step, dt.datetime]], at: dt.datetime
) -> tuple[Step, dt.datetime] | None:
    """The rung that is due now: the latest whose instant has come; earlier ones are overtaken."""
    due = [rung for rung in rungs if rung[1] <= at]
    return max(due, key=lambda rung: rung[1], default=None)
