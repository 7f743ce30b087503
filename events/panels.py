"""Panels that lower apps put on a conference's public page: prices, motions, results.

A lower app registers a function once, in its `AppConfig.ready`. The page asks each for its panel
and shows those that have something to say, in order. The page is the same for everybody, so no
panel knows who looks. A panel should cost at most one query: a public page has four in all when no
copy of it is at hand. One that few conferences have has the conference's own query bring along
whether there is anything to ask for (`brings`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from events.models import Conference


@dataclass(frozen=True, slots=True)
class Panel:
    """One section of the page: a heading, a template and the facts it shows.

    `changes_at` is the next instant at which the panel would say something else; until then a copy
    of the page may be shown to other strangers. Deadlines of the conference are known to the page
    anyway. The template is given the facts, the conference and `at`.
    """

    title: str
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    changes_at: dt.datetime | None = None
    anchor: str = ""


Maker = Callable[[Conference, dt.datetime], Panel | None]
Bring = Callable[[QuerySet[Conference]], QuerySet[Conference]]

_makers: dict[str, tuple[int, Maker]] = {}
_brings: dict[str, Bring] = {}


def register(name: str, make: Maker, *, position: int = 50, brings: Bring | None = None) -> None:
    """Put a panel on every conference's page; lower positions come first. Names are unique.

    `brings` annotates the query of the page's conference with what the panel looks at.
    """
    if name in _makers and _makers[name][1] is not make:
        raise ValueError(f"There is already a panel called {name}.")
    _makers[name] = (position, make)
    if brings is not None:
        _brings[name] = brings


def bring_along(rows: QuerySet[Conference]) -> QuerySet[Conference]:
    """Conferences with what the panels look at."""
    for bring in _brings.values():
        rows = bring(rows)
    return rows


def panels_for(conference: Conference, at: dt.datetime) -> list[Panel]:
    """The panels that have something to say about this conference now."""
    makers = [make for _, make in sorted(_makers.values(), key=lambda pair: pair[0])]
    panels = (make(conference, at) for make in makers)
    return [panel for panel in panels if panel is not None]
