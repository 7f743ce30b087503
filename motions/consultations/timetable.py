"""The days of a consultation in order, and the sessions that discuss it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from motions.consultations.models import Consultation, Discussion, Stage


@dataclass(frozen=True, slots=True)
class Day:
    """One line of the timetable: what, and the day or the words for it; `closes` for the door."""

    what: str
    at: dt.datetime | None = None
    words: str = ""
    closes: bool = False


def of(consultation: Consultation) -> list[Day]:
    """The stages with the closing among them: by day, words where they stand in the order given."""
    stages = list(consultation.stages.select_related("deadline"))
    door = consultation.deadline
    before = {Stage.Kind.DRAFTED, Stage.Kind.CIRCULATED}
    days = [_day(stage) for stage in stages if stage.kind in before]
    if door.opens_at is not None and not any(s.kind == Stage.Kind.CIRCULATED for s in stages):
        days.append(Day("Opens", door.opens_at))
    days.append(Day(f"{door.label} closes", door.closing, closes=True))
    return days + [_day(stage) for stage in stages if stage.kind not in before]


def _day(stage: Stage) -> Day:
    return Day(stage.label, stage.deadline.closing if stage.deadline else None, stage.words)


def sessions_of(consultation: Consultation) -> list[Discussion]:
    """Sessions of conferences that are no drafts, with when they are."""
    rows = consultation.discussions.select_related("session__conference", "session__day")
    return list(rows.exclude(session__conference__status="draft"))
