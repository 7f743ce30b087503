"""A day's presence as a drawing: where its line, its marks and its words stand. Plain numbers only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import clock
from registrations.presence import HOUR, Day

LEFT, RIGHT, TOP, BOTTOM = 30, 402, 14, 178
#: At most so many hours are written below the line.
MOST_LABELS = 7


@dataclass(frozen=True, slots=True)
class Mark:
    """A word at a place on an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the drawing has, in units of its view box."""

    line: str
    area: str
    hours: list[Mark]
    counts: list[Mark]
    quorum_y: float | None
    quorum: int | None


def chart(day: Day, quorum: int | None) -> Chart | None:
    """The line of one day; None when nobody came or went."""
    if not day.steps:
        return None
    first = _floor(day.steps[0].at)
    last = _floor(max(day.until, day.steps[-1].at)) + HOUR
    highest = _ceiling(max([step.inside for step in day.steps] + [quorum or 1]))

    def x(at: dt.datetime) -> float:
        return round(LEFT + (RIGHT - LEFT) * ((at - first) / (last - first)), 1)

    def y(count: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * count / highest, 1)

    begins = y(day.steps[0].inside if day.steps[0].at <= first else 0)
    line = f"M{LEFT} {begins}"
    line += "".join(f"H{x(step.at)}V{y(step.inside)}" for step in day.steps if step.at > first)
    end = x(day.until)
    line += f"H{end}"
    hours = int((last - first) / HOUR)
    shown = [first + HOUR * n for n in range(0, hours + 1, -(-hours // MOST_LABELS))]
    return Chart(
        line=line,
        area=f"{line}V{BOTTOM}H{LEFT}Z",
        hours=[Mark(x(hour), _hour(hour)) for hour in shown],
        counts=[Mark(y(n), str(n)) for n in (0, highest // 2, highest)],
        quorum_y=None if quorum is None else y(quorum),
        quorum=quorum,
    )


def _hour(at: dt.datetime) -> str:
    return f"{clock.in_london(at):%H}:00"


def _floor(at: dt.datetime) -> dt.datetime:
    """The full hour before. In UTC, so that an hour is an hour on the day the clocks change too."""
    return at.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)


def _ceiling(count: int) -> int:
    """The next even round number, so that half of it is a number of people too."""
    step = next(n * ten for ten in (1, 10, 100, 1000) for n in (2, 4, 10) if n * ten * 5 >= count)
    return -(-count // step) * step
