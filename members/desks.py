"""The staff's own pages beside the tables: each app names its desks, the admin's start page lists them.

An app registers its desks once, in its `AppConfig.ready`. A person is shown those that open for
them; the page itself asks again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from members.models import User


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of the admin that needs no row: what it is called, what it answers, for whom."""

    name: str
    answers: str
    route: str
    may: Callable[[User], bool]
    position: int = 50


_desks: list[Desk] = []


def register(*desks: Desk) -> None:
    """Have these pages named on the start page; lower positions come first."""
    _desks.extend(desk for desk in desks if desk not in _desks)
    _desks.sort(key=lambda desk: (desk.position, desk.name))


def open_to(user: User) -> list[dict[str, str]]:
    """The desks of this person: their name, what they answer, where they are."""
    return [
        {"name": desk.name, "answers": desk.answers, "url": reverse(desk.route)}
        for desk in _desks
        if desk.may(user)
    ]
