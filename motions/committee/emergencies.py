"""Did what an emergency motion is about happen before ordinary motions closed? Pure, over days.

The system only says so beside the motion: whether it is an emergency is the committee's to rule.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from events.calendar import end_of_day, last_day


class When(StrEnum):
    """When it happened, seen from the closing of ordinary motions."""

    UNKNOWN = "unknown"
    BEFORE = "before"
    LAST_DAY = "last_day"
    AFTER = "after"


def when(event_on: dt.date | None, closes_at: dt.datetime | None) -> When:
    """Where the day of the event lies; the last day itself is left to the committee.

    An ordinary motion could have been sent about what happened before that day. A day that was not
    over when the door closed (at noon, say) counts as the last day.
    """
    if event_on is None or closes_at is None:
        return When.UNKNOWN
    if event_on > last_day(closes_at):
        return When.AFTER
    is_last = event_on == last_day(closes_at) or end_of_day(event_on) > closes_at
    return When.LAST_DAY if is_last else When.BEFORE
