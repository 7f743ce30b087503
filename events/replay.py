"""A conference's calendar walked on a simulated clock, with the code of production, sending nothing.

The planner itself runs, but keeps in memory what it would have told: nothing is written, so people
book and staff move dates meanwhile without waiting for a lock. The conference is taken as open,
whatever its status, and as if nothing had been told yet.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

import clock
from events import calendar, ladders, timeline
from events.models import Conference, Deadline
from events.reminders.planning import reminded_deadlines, tell_due, upcoming
from events.reminders.records import Rehearsal, Rehearsed
from members.models import Organisation

logger = logging.getLogger(__name__)

BEGINNING = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
END = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happens: opens, closes, price, shown, begins, ends, mail, or fault.

    For mail: `people` addresses of `bodies` (name → people) get `mails` mails; `step` says which
    rung of the ladder of `text`. A fault says which deadline's audience could not be asked.
    """

    at: dt.datetime
    what: str
    text: str
    step: str = ""
    people: int = 0
    bodies: dict[str, int] = field(default_factory=dict)

    @property
    def day(self) -> dt.date:
        """The day in London it belongs to: a closing to the last day that still counts."""
        if self.what in {"closes", "day"}:
            return calendar.last_day(self.at)
        return clock.in_london(self.at).date()

    @property
    def ends_its_day(self) -> bool:
        """Does a whole day count before it? 'The end of 4 April' is the midnight after it."""
        return self.day < clock.in_london(self.at).date()

    @property
    def step_in_words(self) -> str:
        """'28 days before'; nothing for what is not mail."""
        return ladders.step_in_words(self.step) if self.step else ""


@dataclass(frozen=True, slots=True)
class ReplayDay:
    """A day in London on which something happens; `mails` is how many go out that day."""

    date: dt.date
    entries: list[Entry]
    mails: int


def replay(conference: Conference) -> list[ReplayDay]:
    """The days on which something opens, closes, changes price or is mailed, earliest first."""
    entries, mails = _walk(conference)
    by_day: dict[dt.date, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.what, entry.text)):
        by_day.setdefault(entry.day, []).append(entry)
    return [ReplayDay(date, found, mails[date]) for date, found in sorted(by_day.items())]


def _walk(conference: Conference) -> tuple[list[Entry], Counter[dt.date]]:
    """Every entry, and how many mails go out on each day in London."""
    entries = [Entry(mark.at, mark.what, mark.text) for mark in timeline.marks(conference)]
    this_one = Conference.objects.filter(pk=conference.pk)
    records = _as_if_open(reminded_deadlines(this_one))
    names = dict(Organisation.objects.values_list("pk", "name"))
    mails: Counter[dt.date] = Counter()
    for instant in sorted({due for due, _, _ in upcoming(this_one, since=BEGINNING, until=END)}):
        addresses: set[str] = set()
        for deadline, record in list(records.items()):
            try:
                steps = _told(deadline, record, instant)
            except Exception as error:
                logger.exception("deadline %s could not be rehearsed", deadline.pk)
                entries.append(_fault(deadline, error, instant))
                del records[deadline]
                continue
            entries.extend(_entry(step, names) for step in steps)
            addresses.update(*(step.addresses for step in steps))
        mails[clock.in_london(instant).date()] += len(addresses)  # one mail an address
    return entries, mails


def _as_if_open(deadlines: Iterable[Deadline]) -> dict[Deadline, Rehearsal]:
    """The deadlines, each with an empty record, of the conference as it will be once published."""
    records = {}
    for deadline in deadlines:
        if deadline.conference.status not in Conference.REMINDING:
            deadline.conference.status = Conference.Status.OPEN
        records[deadline] = Rehearsal()
    return records


def _told(deadline: Deadline, record: Rehearsal, at: dt.datetime) -> list[Rehearsed]:
    """What the planner would tell of one deadline at `at`."""
    record.steps.clear()
    tell_due(deadline, record=record, at=at)
    return [step for step in record.steps if step.addresses]


def _fault(deadline: Deadline, error: Exception, at: dt.datetime) -> Entry:
    why = f"whom it concerns could not be found out ({type(error).__name__})"
    return Entry(at=at, what="fault", text=f"{deadline.label}: {why}")


def _entry(step: Rehearsed, names: dict[int, str]) -> Entry:
    telling = step.telling
    return Entry(
        at=telling.due_at,
        what="mail",
        text=telling.track.deadline.label,
        step=telling.step.key,
        people=len(step.addresses),
        bodies=dict(sorted((names[body], people) for body, people in step.bodies.items())),
    )


def as_json(conference: Conference, days: list[ReplayDay]) -> dict[str, Any]:
    """The replay as plain data: instants in ISO 8601 with UTC offset of London."""
    return {
        "conference": conference.slug,
        "days": [
            {
                "date": day.date.isoformat(),
                "weekday": f"{day.date:%A}",
                "mails": day.mails,
                "entries": [
                    asdict(entry) | {"at": clock.in_london(entry.at).isoformat()}
                    for entry in day.entries
                ],
            }
            for day in days
        ],
    }
