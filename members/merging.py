"""Which rows follow a person when two sign-ins of theirs are made one.

Every model that points at a person through what they hold, booked or wrote registers that field
once, in its app's `AppConfig.ready`. Fields that say who *acted* (decided by, recorded by, the
audit trail) are not registered: the acts stay with the sign-in that acted.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Follower:
    """A field whose rows move to the sign-in that is kept.

    `unique_with` names the other fields of a uniqueness rule; where the kept sign-in already has
    such a row, the duplicate's stays where it is and is counted as left behind.
    """

    model: type[models.Model]
    field: str
    unique_with: tuple[str, ...] = ()
    still: models.Q = models.Q()


_followers: list[Follower] = []


def register(
    model: type[models.Model],
    field: str,
    *,
    unique_with: tuple[str, ...] = (),
    while_: models.Q | None = None,
) -> None:
    """Rows of `model` whose `field` is the duplicate move to the sign-in that is kept.

    `while_` is the condition of a conditional uniqueness rule (for example `ended_on` empty).
    """
    follower = Follower(model, field, unique_with, while_ or models.Q())
    if follower not in _followers:
        _followers.append(follower)


def followers() -> tuple[Follower, ...]:
    """Every registered field, in the order of registration."""
    return tuple(_followers)
