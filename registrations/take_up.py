"""Take-up by day: how many places stood so many days before a conference's first day.

A place counts from the day it was booked, in London, to the day it was cancelled; so two years
compare as they were, not as they ended.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import clock
from events.models import Conference
from registrations.models import Booking, Place

#: Days before the first day, and by how many the number of places changed on that day.
Changes = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Day:
    """One row of the table: this year's change and number of places, and last year's number.

    None: this day has not come yet; or there is no conference to compare with.
    """

    before: int
    on: dt.date
    change: int | None
    places: int | None
    earlier: int | None


def changes(conference: Conference) -> Counter[int]:
    """The changes of a conference that has a first day. One query."""
    rows = Place.objects.filter(booking__conference=conference).exclude(
        booking__state=Booking.State.DRAFT
    )
    found: Counter[int] = Counter()
    for booked_at, cancelled_at in rows.values_list("booking__submitted_at", "cancelled_at"):
        found[_before(conference, booked_at)] += 1
        if cancelled_at is not None:
            found[_before(conference, cancelled_at)] -= 1
    return found


def _before(conference: Conference, at: dt.datetime) -> int:
    return (conference.starts_on - clock.in_london(at).date()).days


def places_at(changed: Changes, before: int) -> int:
    """How many places stood at the end of the day that is so many days before the first."""
    return sum(number for day, number in changed.items() if day >= before)


def days(
    first_day: dt.date, changed: Changes, earlier: Changes | None, *, today: dt.date
) -> list[Day]:
    """Every day on which either year changed, and today; the furthest away first."""
    now = (first_day - today).days
    until = max(now, min(changed, default=now))
    known = {before for before, number in changed.items() if number and before >= until}
    known |= {before for before, number in (earlier or {}).items() if number} | {now}
    found = []
    for before in sorted(known, reverse=True):
        has_come = before >= now
        found.append(
            Day(
                before,
                first_day - dt.timedelta(days=before),
                changed.get(before, 0) if has_come else None,
                places_at(changed, before) if has_come else None,
                None if earlier is None else places_at(earlier, before),
            )
        )
    return found


def year_before(conference: Conference, others: Iterable[Conference]) -> Conference | None:
    """The last conference of the same kind and series that began before this one."""
    if conference.starts_on is None:
        return None
    earlier = [
        row
        for row in others
        if row.kind == conference.kind
        and row.series_id == conference.series_id
        and row.starts_on is not None
        and row.starts_on < conference.starts_on
    ]
    return max(earlier, key=lambda row: row.starts_on, default=None)


def points(found: Sequence[Day], *, earlier: bool) -> list[tuple[int, int]]:
    """(days before, places) of one of the two lines of the chart; a year that is over goes on to
    its first day."""
    values = ((day.before, day.earlier if earlier else day.places) for day in found)
    line = [(before, number) for before, number in values if number is not None]
    return [*line, (0, line[-1][1])] if earlier and line and line[-1][0] > 0 else line
