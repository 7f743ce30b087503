"""What needs somebody's attention today: each app says what it knows, the admin's start page lists.

An app registers a function once, in its `AppConfig.ready`. It is asked for one member of staff and
answers only for what that person may act on, with one count query an item.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from members.models import User


@dataclass(frozen=True, slots=True)
class Item:
    """One line: 'Claims to an office' (without the number), how many, and where to act."""

    text: str
    count: int
    url: str
    is_urgent: bool = False


Source = Callable[[User, dt.datetime], Iterable[Item]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Have this function asked whenever the admin's start page is shown."""
    if source not in _sources:
        _sources.append(source)


def items(user: User, at: dt.datetime) -> list[Item]:
    """Everything that waits for this person, urgent first; items of nought are left out."""
    found = [item for source in _sources for item in source(user, at) if item.count]
    return sorted(found, key=lambda item: not item.is_urgent)
