"""Panels that lower apps put on a campaign's page, as `events.panels` does on a conference's.

A lower app registers a function once, in its `AppConfig.ready`. No panel knows who looks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from events.models import Campaign
from events.panels import Panel
from events.publications import listing

Maker = Callable[[Campaign, dt.datetime], Panel | None]

_makers: list[Maker] = []


def register(make: Maker) -> None:
    """Put a panel on every campaign's page, before its publications."""
    if make not in _makers:
        _makers.append(make)


def panels_for(campaign: Campaign, at: dt.datetime) -> list[Panel]:
    """The panels that have something to say about this campaign now."""
    found = (make(campaign, at) for make in (*_makers, listing.panel))
    return [panel for panel in found if panel is not None]
