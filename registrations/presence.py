"""How many delegates were in over one day, from what the entrance saw: reading only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import clock
from events.calendar import london_instant
from events.models import Conference
from registrations import attendance
from registrations.models import PassType, Scan

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Step:
    """From this instant on so many were in."""

    at: dt.datetime
    inside: int


@dataclass(frozen=True)
class Day:
    """One day of the conference until an instant, as steps; empty when nobody came or went."""

    begins_at: dt.datetime
    until: dt.datetime
    steps: list[Step] = field(default_factory=list)

    @property
    def most(self) -> Step | None:
        """When most were in, the first time."""
        return max(self.steps, key=lambda step: (step.inside, -step.at.timestamp()), default=None)

    def inside(self, at: dt.datetime) -> int:
        """How many were in at an instant of the day."""
        return next((step.inside for step in reversed(self.steps) if step.at <= at), 0)

    @property
    def hours(self) -> list[Step]:
        """How many were in at each full hour, from the first in which somebody came or went."""
        first = clock.in_london(self.steps[0].at).replace(minute=0, second=0, microsecond=0)
        found, hour = [], first + HOUR
        while hour <= self.until:
            found.append(Step(hour, self.inside(hour)))
            hour += HOUR
        return found


def day(conference: Conference, at: dt.datetime) -> Day:
    """The delegates of bodies in the conference over the day of an instant, until then.

    Whose place was taken over by somebody else or cancelled by then is left out, as in the report
    of that instant. Two queries.
    """
    midnight = london_instant(clock.in_london(at).date(), dt.time.min)
    of_bodies = {
        "place__pass_type__role__in": PassType.DELEGATION,
        "place__booking__organisation__isnull": False,
    }
    standing = attendance.badges(conference).standing(at).filter(**of_bodies)
    rows = standing.inside(midnight).order_by().values_list("place", "person", "went")
    people = set(standing.order_by().values_list("place", "person"))
    inside = {(place, person) for place, person, _ in rows}
    steps = [Step(midnight, len(inside))] if inside else []
    for place, person, scanned_at, direction in _scans(conference, midnight, at):
        if (place, person) not in people:
            continue
        if direction == Scan.Direction.OUT:
            inside.discard((place, person))
        else:
            inside.add((place, person))
        steps.append(Step(scanned_at, len(inside)))
    return Day(midnight, at, steps)


def _scans(
    conference: Conference, since: dt.datetime, until: dt.datetime
) -> list[tuple[int, int, dt.datetime, str]]:
    """Who went through the entrance, in order. The scan at `since` itself is counted before."""
    rows = Scan.objects.admitted().filter(
        conference=conference, session=None, scanned_at__gt=since, scanned_at__lte=until
    )
    fields = ("credential__place", "credential__person", "scanned_at", "direction")
    return list(rows.order_by("scanned_at", "pk").values_list(*fields))
