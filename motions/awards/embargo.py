"""When what the panel decided may be known outside of it. The one place that says so.

Every page, mail, export and entry of the trail that could tell asks here; until the answer is yes
each of them answers as if nothing had been decided, and an address of a winner as one that does not
exist. What the panel does meanwhile stands in tables that nothing outside the panel reads.
"""

from __future__ import annotations

import datetime as dt

import clock
from events.models import Conference
from motions.awards.models import AwardRules

#: An evening before the first day, or one that goes past midnight, still belongs to it.
SLACK = dt.timedelta(days=1)


def is_over(rules: AwardRules, at: dt.datetime) -> bool:
    """Has the hour come, at a conference that takes place?

    An hour that does not lie in the days of the conference never comes: whoever postpones a
    conference and forgets the hour gives nothing away.
    """
    conference = rules.conference
    if rules.presented_at is None or at < rules.presented_at:
        return False
    if conference.is_halted or conference.status == Conference.Status.DRAFT:
        return False
    return is_in_its_days(conference, rules.presented_at)


def is_in_its_days(conference: Conference, hour: dt.datetime) -> bool:
    """Does an hour lie in the days of the conference, give or take an evening?"""
    first, last = conference.starts_on, conference.ends_on or conference.starts_on
    if first is None:
        return False
    return first - SLACK <= clock.in_london(hour).date() <= last + SLACK


def has_ended(conference: Conference, at: dt.datetime) -> bool:
    """The same, asked of a conference. One query."""
    return is_over(AwardRules.of(conference), at)


def ended(at: dt.datetime) -> list[AwardRules]:
    """The rules of every conference whose awards have been presented."""
    rows = AwardRules.objects.filter(presented_at__isnull=False).select_related("conference")
    return [rules for rules in rows if is_over(rules, at)]
