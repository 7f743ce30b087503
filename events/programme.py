"""The programme as pages, calendars and clash lists read it: plain data, two queries in all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import F

from clock.words import time_words
from events.models import Conference, Session, SessionSpeaker
from events.running_order import running_order

SPOKEN = frozenset({Session.Kind.KEYNOTE, Session.Kind.PANEL, Session.Kind.WORKSHOP})


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in a session."""

    name: str
    description: str
    part: str
    talk: str
    speaker_id: int | None

    @property
    def part_in_words(self) -> str:
        """'chair', 'panellist' …; '' for a plain speaker, which goes without saying."""
        plain = SessionSpeaker.Part.SPEAKER
        return "" if self.part == plain else SessionSpeaker.Part(self.part).label


@dataclass(slots=True)
class ProgrammeItem:
    """A session with its room, track and speakers."""

    pk: int
    title: str
    kind: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    room: str
    track: str
    description: str
    is_delegates_only: bool
    revision: int
    day_id: int | None
    parts: list[Part] = field(default_factory=list)

    @property
    def starts_in_words(self) -> str:
        """'09:30', in UK time; '' when not known."""
        return time_words(self.starts_at) if self.starts_at else ""

    @property
    def ends_in_words(self) -> str:
        """'10:30', in UK time; '' when not known."""
        return time_words(self.ends_at) if self.ends_at else ""

    @property
    def facts(self) -> list[str]:
        """Kind, room, track and who may come, as far as they are known."""
        kind = self.kind_in_words.capitalize() if self.kind != Session.Kind.AGM else "AGM"
        only = "delegates only" if self.is_delegates_only else ""
        return [fact for fact in (kind, self.room, self.track, only) if fact]

    @property
    def is_spoken(self) -> bool:
        """Does this kind of session have speakers, so that it is worth saying they are unknown?"""
        return self.kind in SPOKEN

    @property
    def kind_in_words(self) -> str:
        """'panel', 'dinner' …; '' for a session of no particular kind."""
        return "" if self.kind == Session.Kind.OTHER else Session.Kind(self.kind).label


@dataclass(slots=True)
class ProgrammeDay:
    """A day and its sessions in running order; `date` None gathers those without a day."""

    pk: int | None
    date: dt.date | None
    title: str
    items: list[ProgrammeItem] = field(default_factory=list)


COLUMNS = {
    "room_name": F("room__name"),
    "track_name": F("track__name"),
    "part": F("parts__part"),
    "talk": F("parts__talk"),
    "placeholder": F("parts__placeholder"),
    "speaker_id": F("parts__speaker"),
    "speaker": F("parts__speaker__name"),
    "speaker_role": F("parts__speaker__description"),
}
PLAIN = (
    "title",
    "kind",
    "starts_at",
    "ends_at",
    "description",
    "is_delegates_only",
    "revision",
    "day_id",
)


def items_of(conference: Conference) -> list[ProgrammeItem]:
    """Every session with its speakers in staff's order: one query, however many there are."""
    rows = (
        Session.objects.filter(conference=conference)
        .order_by("position", "pk", "parts__position", "parts__pk")
        .values("pk", *PLAIN, **COLUMNS)
    )
    items: dict[int, ProgrammeItem] = {}
    for row in rows:
        item = items.get(row["pk"])
        if item is None:
            item = items[row["pk"]] = ProgrammeItem(
                pk=row["pk"],
                room=row["room_name"] or "",
                track=row["track_name"] or "",
                **{name: row[name] for name in PLAIN},
            )
        if row["part"]:
            item.parts.append(
                Part(
                    name=row["speaker"] or row["placeholder"],
                    description=row["speaker_role"] or "",
                    part=row["part"],
                    talk=row["talk"],
                    speaker_id=row["speaker_id"],
                )
            )
    return list(items.values())


def programme_of(conference: Conference) -> list[ProgrammeDay]:
    """The days in order, each in running order; sessions without a day come last. Two queries."""
    days = {day.pk: ProgrammeDay(day.pk, day.date, day.title) for day in conference.days.all()}
    undated = ProgrammeDay(None, None, "")
    for item in items_of(conference):
        days.get(item.day_id, undated).items.append(item)
    for day in (*days.values(), undated):
        day.items = running_order(day.items)
    return [*days.values(), *([undated] if undated.items else [])]


def hide_rooms(days: list[ProgrammeDay]) -> None:
    """Leave out the rooms while the venue is not to be known: their names may give it away."""
    for day in days:
        for item in day.items:
            item.room = ""
