"""What happened to the motions of a conference that everybody may know, between two instants.

It is read from the motions themselves, so that no service can forget to tell it, and nothing of a
draft or of what is only before the committee can be in it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from django.db.models import F

from events.models import Conference
from motions.models import Amendment, Motion, MotionVersion
from motions.services.versions import as_parsed
from motions.texts import spoken


class Event(IntEnum):
    """What happened, in the order in which it is told of one motion."""

    PUBLISHED = 1
    REWORDED = 2
    AMENDMENT = 3
    COMPOSITED = 4
    WITHDRAWN = 5


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened to a motion. `about` is the version or the amendment it made."""

    motion: Motion
    event: Event
    at: dt.datetime
    about: MotionVersion | Amendment | None = None

    @property
    def sentence(self) -> str:
        """What is told of it."""
        if self.event is Event.REWORDED:
            return f"It has a new text: {self.about.get_origin_display()}."
        if self.event is Event.AMENDMENT:
            return f"An amendment of {self.about.organisation} is published."
        if self.event is Event.COMPOSITED:
            return f"It is {self.motion.state_in_words}, which conference debates in its place."
        return {
            Event.PUBLISHED: "It is published.",
            Event.WITHDRAWN: "Its body has withdrawn it.",
        }[self.event]

    @property
    def spoken(self) -> list[str]:
        """For an amendment: what it changes, in the sentences a chair reads out."""
        if self.event is not Event.AMENDMENT:
            return []
        version = self.about.current_version
        return spoken.sentences(as_parsed(version.base), as_parsed(version))


def news(conference: Conference, after: dt.datetime, until: dt.datetime) -> list[News]:
    """Everything after `after` up to and with `until`, oldest first. Six queries and those of
    blocks, however much it is."""
    window = (after, until)
    found = [
        *_published(conference, window),
        *_reworded(conference, window),
        *_amended(conference, window),
        *_composited(conference, window),
        *_withdrawn(conference, window),
    ]
    return sorted(found, key=lambda one: (one.at, one.event, one.motion.pk))


def by_motion(some: list[News]) -> dict[Motion, list[News]]:
    """The news of each motion, in the order of what happened first."""
    grouped: dict[Motion, list[News]] = defaultdict(list)
    for one in some:
        grouped[one.motion].append(one)
    return dict(grouped)


Window = tuple[dt.datetime, dt.datetime]


def _in(window: Window, field: str) -> dict[str, dt.datetime]:
    return {f"{field}__gt": window[0], f"{field}__lte": window[1]}


def _published(conference: Conference, window: Window) -> Iterator[News]:
    rows = conference.motions.public().with_titles().select_related("category", "conference")
    rows = rows.filter(state__in=Motion.PUBLIC, **_in(window, "published_at"))
    for motion in rows:
        yield News(motion, Event.PUBLISHED, motion.published_at)


def _reworded(conference: Conference, window: Window) -> Iterator[News]:
    rows = MotionVersion.objects.filter(
        motion__conference=conference,
        motion__state__in=Motion.PUBLIC,
        motion__amends__isnull=True,
        motion__published_at__lt=F("created_at"),
        **_in(window, "created_at"),
    ).select_related("motion__organisation", "motion__current_version", "motion__conference")
    for version in rows.order_by("created_at", "pk"):
        yield News(version.motion, Event.REWORDED, version.created_at, version)


def _amended(conference: Conference, window: Window) -> Iterator[News]:
    rows = (
        Amendment.objects.shown()
        .with_wording()
        .filter(
            conference=conference,
            amends__state__in=Motion.PUBLIC,
            **_in(window, "published_at"),
        )
        .select_related(
            *("organisation", "current_version__base", "amends__conference"),
            *("amends__organisation", "amends__current_version"),
        )
    )
    for amendment in rows:
        yield News(amendment.amends, Event.AMENDMENT, amendment.published_at, amendment)


def _composited(conference: Conference, window: Window) -> Iterator[News]:
    rows = conference.motions.filter(
        state=Motion.State.COMPOSITED, **_in(window, "composited_into__published_at")
    )
    for motion in rows.with_titles().select_related("conference", "composited_into"):
        yield News(motion, Event.COMPOSITED, motion.composited_into.published_at)


def _withdrawn(conference: Conference, window: Window) -> Iterator[News]:
    rows = conference.motions.filter(
        state=Motion.State.WITHDRAWN,
        published_at__isnull=False,
        **_in(window, "withdrawn_at"),
    )
    for motion in rows.with_titles().select_related("conference"):
        yield News(motion, Event.WITHDRAWN, motion.withdrawn_at)
