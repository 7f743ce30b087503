"""What a conference file says, as plain values: read from a file or from the database, compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SpeakerSpec:
    """A person who speaks; `role` is what the programme says beside the name."""

    name: str
    role: str = ""
    biography: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part in a session: a speaker, or words for somebody not named yet."""

    speaker: SpeakerSpec | None
    placeholder: str = ""
    part: str = "speaker"
    talk: str = ""


@dataclass(frozen=True, slots=True)
class SessionSpec:
    """One item of the programme."""

    title: str
    kind: str = "other"
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    room: str = ""
    track: str = ""
    description: str = ""
    is_delegates_only: bool = False
    parts: tuple[PartSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class DaySpec:
    """A day with its sessions in order; `date` None gathers the sessions without a day."""

    date: dt.date | None
    title: str = ""
    sessions: tuple[SessionSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class StepSpec:
    """A rung of a ladder of reminders."""

    when: str
    days: int = 0
    time: dt.time = dt.time(9, 0)


@dataclass(frozen=True, slots=True)
class DeadlineSpec:
    """A door: what, for whom, from when, until when. No steps: the usual ladder."""

    kind: str
    audience: str
    name: str = ""
    opens_at: dt.datetime | None = None
    closes_on: dt.date | None = None
    closes_at: dt.datetime | None = None
    is_reminded: bool = True
    note: str = ""
    steps: tuple[StepSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class RoomSpec:
    """A room of the conference."""

    name: str
    capacity: int | None = None
    is_step_free: bool | None = None


@dataclass(frozen=True, slots=True)
class VenueSpec:
    """Where it meets. Empty address and access notes leave what is known of the venue alone."""

    name: str
    town: str = ""
    address: str = ""
    access_notes: str = ""


@dataclass(frozen=True, slots=True)
class SeriesSpec:
    """What it is part of."""

    name: str
    slug: str
    theme: str = ""


@dataclass(frozen=True, slots=True)
class ConferenceSpec:
    """Everything a file says of a conference but for the sections of lower apps."""

    slug: str
    title: str
    kind: str
    status: str = "draft"
    other_names: tuple[str, ...] = ()
    series: SeriesSpec | None = None
    regions: tuple[str, ...] = ()
    theme: str = ""
    strands: tuple[str, ...] = ()
    summary: str = ""
    mode: str = ""
    status_note: str = ""
    attendance: str = "booking"
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    venue: VenueSpec | None = None
    venue_public_from: dt.datetime | None = None
    platform: str = ""
    join_url: str = ""
    join_from: dt.datetime | None = None
    audience: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    imprint: str = ""
    officer_confirms: bool = False
    record: str = ""
    basis: dict[str, str] = field(default_factory=dict)
    rooms: tuple[RoomSpec, ...] = ()
    tracks: tuple[str, ...] = ()
    deadlines: tuple[DeadlineSpec, ...] = ()
    days: tuple[DaySpec, ...] = ()
