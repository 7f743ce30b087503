"""A conference's calendar walked on a simulated clock, with the code of production, sending nothing.

The walk happens inside one transaction that is rolled back: the planner writes its reminders and
the outbox its mails, they are counted, and then they never were. The conference is taken as open
meanwhile, whatever its status, and no other conference reminds.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

import clock
from events import timeline
from events.models import Conference, Reminder, StepRun
from events.reminders.gathering import gather
from events.reminders.planning import Told, plan, upcoming
from mailing.models import Heartbeat

BEGINNING = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
END = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happens: opens, closes, price, shown, begins, ends, or mail.

    For mail: `people` addresses of `bodies` (name → people) get `mails` mails; `step` says which
    rung of the ladder of `text`.
    """

    at: dt.datetime
    what: str
    text: str
    step: str = ""
    people: int = 0
    bodies: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReplayDay:
    """A day in London on which something happens; `mails` is how many go out that day."""

    date: dt.date
    entries: list[Entry]
    mails: int


def replay(conference: Conference) -> list[ReplayDay]:
    """The days on which something opens, closes, changes price or is mailed, earliest first."""
    with transaction.atomic():
        _set_the_stage(conference)
        entries, mails = _walk(conference)
        transaction.set_rollback(True)
    by_day: dict[dt.date, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.at, entry.what, entry.text)):
        by_day.setdefault(clock.in_london(entry.at).date(), []).append(entry)
    return [ReplayDay(date, found, mails[date]) for date, found in sorted(by_day.items())]


def _set_the_stage(conference: Conference) -> None:
    """As if nothing had been told yet and nobody else's reminders waited.

    The walk may take a while and keeps the lock of every row it writes. So the row of a conference
    whose doors are open is left alone: people book and send in meanwhile.
    """
    if conference.status not in Conference.REMINDING:
        Conference.objects.filter(pk=conference.pk).update(status=Conference.Status.OPEN)
    Reminder.objects.filter(Q(deadline__conference=conference) | Q(mail_key="")).delete()
    StepRun.objects.filter(deadline__conference=conference).delete()


def _walk(conference: Conference) -> tuple[list[Entry], Counter[dt.date]]:
    entries = [Entry(mark.at, mark.what, mark.text) for mark in timeline.marks(conference)]
    this_one = Conference.objects.filter(pk=conference.pk)
    instants = sorted({due for due, _, _ in upcoming(this_one, since=BEGINNING, until=END)})
    mails: Counter[dt.date] = Counter()
    for instant in instants:
        entries.extend(
            _entry(told) for told in plan(at=instant, conferences=this_one) if told.reminders
        )
        mails[clock.in_london(instant).date()] += gather(at=instant)
    Heartbeat.objects.filter(name=Heartbeat.PLANNER).delete()
    return entries, mails


def _entry(told: Told) -> Entry:
    rows = Reminder.objects.filter(
        deadline=told.deadline, step=told.step, due_at=told.due_at
    ).values_list("address", "organisation__name")
    if told.organisation_id is not None:
        rows = rows.filter(organisation=told.organisation_id)
    pairs = list(rows)
    return Entry(
        at=told.due_at,
        what="mail",
        text=told.deadline.label,
        step=told.step,
        people=len({address for address, _ in pairs}),
        bodies=dict(sorted(Counter(body for _, body in pairs if body).items())),
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
