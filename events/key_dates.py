"""The dates of a conference as its pages and calendars show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from events.calendar import DoorState, Window
from events.doorways import doorway
from events.models import Conference, Deadline


@dataclass(frozen=True, slots=True)
class KeyDate:
    """One deadline, ready to be shown: what, for whom, from when, until when, and where to go."""

    what: str
    audience: str
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    state: DoorState
    url: str
    action: str
    conference: Conference
    deadline: Deadline

    @property
    def for_whom(self) -> str:
        """'For party councils and societies'."""
        return f"For {self.audience}"

    @property
    def is_a_day(self) -> bool:
        """A day of a timetable: nothing closes on it."""
        return self.deadline.is_a_day

    @property
    def is_over(self) -> bool:
        """Closed at the instant it was made for."""
        return self.state is DoorState.CLOSED


def key_date(deadline: Deadline, conference: Conference, at: dt.datetime) -> KeyDate:
    """A deadline of a conference as it stands for everybody at an instant."""
    window = deadline.window
    state = window.state(at)
    way = doorway(deadline.kind) if conference.has_open_doors else None
    is_open = way is not None and state is DoorState.OPEN
    return KeyDate(
        what=deadline.label,
        audience=deadline.get_audience_display(),
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        state=state,
        url=way.url(conference) if is_open else "",
        action=way.words(conference) if is_open else "",
        conference=conference,
        deadline=deadline,
    )


def in_order(dates: Iterable[KeyDate]) -> list[KeyDate]:
    """Soonest closing first; those without a date last."""
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(dates, key=lambda date: (date.closes_at or never, date.what))


def key_dates(
    conference: Conference, deadlines: Iterable[Deadline], at: dt.datetime
) -> list[KeyDate]:
    """The dates of a conference in order."""
    return in_order(key_date(deadline, conference, at) for deadline in deadlines)


def coming_dates(conferences: Iterable[Conference], at: dt.datetime) -> list[KeyDate]:
    """What has not closed yet at these conferences, in order. One query."""
    by_pk = {conference.pk: conference for conference in conferences}
    deadlines = Deadline.objects.told().filter(conference__in=by_pk.keys())
    dates = (key_date(deadline, by_pk[deadline.conference_id], at) for deadline in deadlines)
    return in_order(date for date in dates if not date.is_over)


def next_change(
    dates: Iterable[KeyDate | Window], conferences: Iterable[Conference], at: dt.datetime
) -> dt.datetime | None:
    """The next instant at which one of these opens or closes, or a venue is disclosed."""
    instants = [instant for date in dates for instant in (date.opens_at, date.closes_at)]
    instants += [conference.venue_public_from for conference in conferences]
    return min((instant for instant in instants if instant and instant > at), default=None)
