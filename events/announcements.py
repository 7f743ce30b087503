"""Who must hear of it: what apps do when a deadline moves or the status of a conference changes.

Registered once, in an `AppConfig.ready`. Called inside the transaction of the change itself, so
whatever they put in the outbox is queued with it or not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from events.models import Conference, DeadlineChange

MoveHearer = Callable[[DeadlineChange, dt.datetime], None]
StatusHearer = Callable[[Conference, str, dt.datetime], None]

_move_hearers: list[MoveHearer] = []
_status_hearers: list[StatusHearer] = []


def when_deadline_moves(hear: MoveHearer) -> None:
    """Have `hear(change, at)` called after each move; the change tells body, before and after."""
    if hear not in _move_hearers:
        _move_hearers.append(hear)


def when_status_changes(hear: StatusHearer) -> None:
    """Have `hear(conference, status_before, at)` called after each change of status."""
    if hear not in _status_hearers:
        _status_hearers.append(hear)


def deadline_moved(change: DeadlineChange, at: dt.datetime) -> None:
    """Tell everybody concerned that a deadline has moved."""
    for hear in _move_hearers:
        hear(change, at)


def status_changed(conference: Conference, before: str, at: dt.datetime) -> None:
    """Tell everybody concerned that a conference is, say, postponed."""
    for hear in _status_hearers:
        hear(conference, before, at)
