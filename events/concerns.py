"""What concerns this person next: each app adds what it knows, the start page shows it in order.

A lower app registers a function once, in its `AppConfig.ready`. It answers for one signed-in
person, with a bounded number of queries, and leaves out what is done unless showing it helps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from members.models import User


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing with a date: what it is, until when, for whom, and where to do it.

    `closes_at` is the first instant at which it is too late (None: no date is known). `body` is
    the name of the body it is for, empty for the person. `action` is the label of the link.
    """

    title: str
    url: str
    action: str
    conference: str
    closes_at: dt.datetime | None = None
    body: str = ""
    note: str = ""
    is_done: bool = False


Asker = Callable[[User, dt.datetime], list[Concern]]

_askers: list[Asker] = []


def register(ask: Asker) -> None:
    """Have this function asked whenever a person's start page is shown."""
    if ask not in _askers:
        _askers.append(ask)


def concerns_of(user: User, at: dt.datetime) -> list[Concern]:
    """Everything that concerns a signed-in person: soonest first, undated last, done at the end."""
    found = [concern for ask in _askers for concern in ask(user, at)]
    latest = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(
        found, key=lambda concern: (concern.is_done, concern.closes_at or latest, concern.title)
    )
