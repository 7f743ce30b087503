"""Who is registered for a conference: the lower app that knows says so, once, when the site starts."""

from __future__ import annotations

from collections.abc import Callable

from events.models import Conference
from members.personal_data import Person

Asker = Callable[[Conference, Person], bool]

_askers: list[Asker] = []


def register(ask: Asker) -> None:
    """Have this function asked whether somebody is registered for a conference."""
    if ask not in _askers:
        _askers.append(ask)


def is_registered(conference: Conference, person: Person) -> bool:
    """Does this person come, book or take an interest, by sign-in or by a confirmed address?"""
    return any(ask(conference, person) for ask in _askers)
