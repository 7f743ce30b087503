"""Clashes in a programme, free of Django: one room or one speaker in two sessions at once.

Times are half-open: a session that ends at 11:00 does not clash with one that begins then. A
session without an end is taken to last no time at all, so it clashes only with one that is going
on when it begins, or begins with it. Clashes are shown to staff; they never forbid anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Slot:
    """What a session occupies: from when to when, in which room, with whom (ids and names)."""

    key: int
    title: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    room: str = ""
    speakers: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions that need the same room or person at the same time."""

    first: Slot
    second: Slot
    what: str


def overlap(one: Slot, other: Slot) -> bool:
    """Do two slots share time? Symmetric; adjacent ones do not."""
    if one.starts_at is None or other.starts_at is None:
        return False
    if one.starts_at == other.starts_at:
        return True
    earlier, later = sorted((one, other), key=lambda slot: slot.starts_at)
    return earlier.ends_at is not None and later.starts_at < earlier.ends_at


def clashes(slots: Iterable[Slot]) -> list[Clash]:
    """Every pair that clashes, in the order of their starts; a pair may clash twice."""
    timed = sorted(
        (slot for slot in slots if slot.starts_at is not None),
        key=lambda slot: (slot.starts_at, slot.key),
    )
    found = []
    for index, first in enumerate(timed):
        for second in timed[index + 1 :]:
            if not overlap(first, second):
                continue
            if first.room and first.room == second.room:
                found.append(Clash(first, second, f"the room {first.room}"))
            found.extend(
                Clash(first, second, name) for name in sorted(first.speakers & second.speakers)
            )
    return found
