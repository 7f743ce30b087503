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

from django.db.models import F, Q, QuerySet

from events.models import Conference
from motions.models import Amendment, Motion, MotionVersion, Outcome
from motions.services.versions import as_parsed
from motions.texts import spoken


class Event(IntEnum):
    """What happened, in the order in which it is told of one motion."""

    PUBLISHED = 1
    AMENDMENT = 2
    AMENDMENT_WITHDRAWN = 3
    DECIDED = 4
    UNDECIDED = 5
    REWORDED = 6
    COMPOSITED = 7
    WITHDRAWN = 8


_DECIDED = {
    Outcome.Result.CARRIED: "was carried",
    Outcome.Result.LOST: "was lost",
    Outcome.Result.FELL: "fell",
    Outcome.Result.REMITTED: "was remitted",
    Outcome.Result.REFERRED_BACK: "was referred back",
    Outcome.Result.NEXT_BUSINESS: "was left: conference went on to the next business",
    Outcome.Result.WITHDRAWN: "was withdrawn with the consent of conference",
    Outcome.Result.NOT_MOVED: "was not moved",
}


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened to a motion. `about` is the version, amendment or outcome it made."""

    motion: Motion
    event: Event
    at: dt.datetime
    about: MotionVersion | Amendment | Outcome | None = None

    @property
    def sentence(self) -> str:
        """What is told of it."""
        if self.event is Event.REWORDED:
            return f"It has a new text: {self.about.get_origin_display()}."
        if self.event is Event.AMENDMENT:
            return f"An amendment of {self.about.organisation} is published."
        if self.event is Event.AMENDMENT_WITHDRAWN:
            return f"{_name_of(self.about)} is withdrawn."
        if self.event is Event.DECIDED:
            return _decision(self.about)
        if self.event is Event.UNDECIDED:
            result = self.about.get_result_display()
            return f"{_subject_of(self.about)} is undecided again: “{result}” does not stand."
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


def _decision(outcome: Outcome) -> str:
    """'It was carried: 120 for, 80 against.'"""
    said = f"{_subject_of(outcome)} {_DECIDED[outcome.result]}"
    if outcome.corrects_id is not None:
        said = f"A correction: {said[:1].lower()}{said[1:]}"
    why = outcome.count_in_words or outcome.words.strip().rstrip(".")
    return f"{said}: {why}." if why else f"{said}."


def _subject_of(outcome: Outcome) -> str:
    if outcome.part_id is not None:
        return f"Its part “{outcome.part.words}”"
    return _name_of(outcome.motion) if outcome.motion.is_amendment else "It"


def _name_of(amendment: Motion) -> str:
    """'Amendment 4.2 of Severn Food', 'The amendment of Severn Food' without a number."""
    name = f"Amendment {amendment.number}" if amendment.number else "The amendment"
    return f"{name} of {amendment.organisation}"


def news(conference: Conference, after: dt.datetime, until: dt.datetime) -> list[News]:
    """Everything after `after` up to and with `until`, oldest first. Eight queries and those of
    blocks, however much it is."""
    window = (after, until)
    found = [
        *_published(conference, window),
        *_reworded(conference, window),
        *_amended(conference, window),
        *_decided(conference, window),
        *_unsaid(conference, window),
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
_AMENDED = ("amends__conference", "amends__organisation", "amends__current_version")


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
            *("organisation", "current_version__base"),
            *_AMENDED,
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


def _decided(conference: Conference, window: Window) -> Iterator[News]:
    """What conference decided, as it stands: of motions, of their parts and of amendments."""
    rows = Outcome.objects.of_conference(conference).filter(**_in(window, "entered_at"))
    for outcome in _with_their_motions(rows).order_by("entered_at", "pk"):
        yield News(_motion_of(outcome.motion), Event.DECIDED, outcome.entered_at, outcome)


def _unsaid(conference: Conference, window: Window) -> Iterator[News]:
    """What was told before and stands no longer: outcomes taken back, amendments withdrawn."""
    rows = Outcome.objects.filter(
        motion__conference=conference,
        entered_at__lte=window[0],
        corrected_by__isnull=True,
        **_in(window, "superseded_at"),
    )
    for outcome in _with_their_motions(rows).order_by("superseded_at", "pk"):
        yield News(_motion_of(outcome.motion), Event.UNDECIDED, outcome.superseded_at, outcome)
    gone = Amendment.objects.filter(
        conference=conference,
        state=Motion.State.WITHDRAWN,
        published_at__isnull=False,
        amends__state__in=Motion.PUBLIC,
        **_in(window, "withdrawn_at"),
    )
    for row in gone.select_related("organisation", *_AMENDED).order_by("withdrawn_at", "pk"):
        yield News(row.amends, Event.AMENDMENT_WITHDRAWN, row.withdrawn_at, row)


def _with_their_motions(rows: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """Of what everybody may read, with what a sentence and a mail's heading ask."""
    public = Q(motion__state__in=Motion.PUBLIC)
    known = ("motion__conference", "motion__organisation", "motion__current_version", "part")
    return rows.filter(public).select_related(*known, *(f"motion__{one}" for one in _AMENDED))


def _motion_of(about: Motion) -> Motion:
    return about.amends if about.is_amendment else about
