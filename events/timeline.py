"""Every instant of a conference at which something changes by itself: doors, prices, disclosures.

The key-dates page, the replay and the admin's dry run read this one list. Lower apps add theirs
(the price of a pass changes) in `AppConfig.ready()`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from events.models import Conference


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that changes at an instant. `what`: opens, closes, day (of a timetable), price, shown, begins or ends."""

    at: dt.datetime
    what: str
    text: str


Marks = Callable[[Conference], Iterable[Mark]]

_sources: list[Marks] = []


def register(source: Marks) -> None:
    """Let a lower app add its marks. Registering twice is harmless."""
    if source not in _sources:
        _sources.append(source)


def marks(conference: Conference) -> list[Mark]:
    """All marks of a conference, earliest first."""
    found = [*_doors(conference), *_disclosures(conference)]
    for source in _sources:
        found.extend(source(conference))
    return sorted(found, key=lambda mark: (mark.at, mark.what, mark.text))


def _doors(conference: Conference) -> Iterator[Mark]:
    for deadline in conference.deadlines.prefetch_related("changes__organisation"):
        if deadline.opens_at is not None:
            yield Mark(deadline.opens_at, "opens", deadline.label)
        if deadline.closing is not None:
            yield Mark(deadline.closing, "day" if deadline.is_a_day else "closes", deadline.label)
        yield from (
            Mark(change.closing, "closes", f"{deadline.label} for {change.organisation}")
            for change in deadline.changes.all()
            if change.organisation is not None
        )


def _disclosures(conference: Conference) -> Iterator[Mark]:
    if conference.venue_public_from is not None:
        yield Mark(conference.venue_public_from, "shown", "The venue is shown")
    if conference.join_from is not None:
        yield Mark(conference.join_from, "shown", "The link to join is shown to those entitled")
    if conference.starts_at is not None:
        yield Mark(conference.starts_at, "begins", conference.title)
    if conference.ends_at is not None:
        yield Mark(conference.ends_at, "ends", conference.title)
