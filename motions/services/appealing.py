"""Until when a body may appeal against a ruling: told in the letter, and held to afterwards."""

from __future__ import annotations

import datetime as dt

import clock
from events import doors
from events.calendar import end_of_day
from motions.committee.models import CommitteeRules
from motions.models import Motion, Ruling


def promised(motion: Motion, verdict: str, at: dt.datetime) -> dt.datetime | None:
    """The closing instant a letter of this instant names; None where there is no appeal.

    Days are whole days after the day of the letter, in London: of fourteen from a Wednesday the last
    is a Wednesday, to its end. A deadline is that of the body, with any extension of its own.
    """
    rules = CommitteeRules.of(motion.conference)
    if verdict != Ruling.Verdict.NOT_IN_ORDER or not rules.takes_appeals:
        return None
    if rules.appeal_deadline is not None:
        return doors.window_for(rules.appeal_deadline, motion.organisation).closes_at
    return end_of_day(clock.in_london(at).date() + dt.timedelta(days=rules.appeal_days))


def closing_for(ruling: Ruling) -> dt.datetime | None:
    """Until when this ruling may be appealed: what its letter said, or later if it was extended."""
    if ruling.appeal_by is None:
        return None
    deadline = CommitteeRules.of(ruling.motion.conference).appeal_deadline
    if deadline is None:
        return ruling.appeal_by
    now = doors.window_for(deadline, ruling.motion.organisation).closes_at
    return max(ruling.appeal_by, now) if now else ruling.appeal_by
