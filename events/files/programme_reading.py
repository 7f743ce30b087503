"""The programme in a conference file: days, sessions, speakers."""

from __future__ import annotations

import datetime as dt

from events.files.node import Node
from events.files.specs import DaySpec, PartSpec, SessionSpec, SpeakerSpec
from events.models import Session, SessionSpeaker


def read_days(root: Node) -> list[DaySpec]:
    """The days in order, those sessions last that have no day."""
    rooms = {item.text("name") for item in root.items("rooms")}
    tracks = set(root.texts("tracks"))
    days = []
    for node in root.items("days"):
        node.only("date", "title", "sessions")
        node.require("date")
        date = node.date("date")
        if date is not None and date in {day.date for day in days}:
            node.problem("This day stands here twice.", "date")
        sessions = _sessions(node, date, rooms, tracks)
        days.append(DaySpec(date, node.text("title", longest=150), sessions))
    undated = _sessions(root, None, rooms, tracks)
    days.sort(key=lambda day: day.date or dt.date.max)
    return [*days, DaySpec(None, "", undated)] if undated else days


def _sessions(
    parent: Node, date: dt.date | None, rooms: set[str], tracks: set[str]
) -> tuple[SessionSpec, ...]:
    return tuple(_session(node, date, rooms, tracks) for node in parent.items("sessions"))


def _session(node: Node, date: dt.date | None, rooms: set[str], tracks: set[str]) -> SessionSpec:
    node.only(
        "title",
        "kind",
        "starts",
        "ends",
        "room",
        "track",
        "description",
        "delegates_only",
        "speakers",
    )
    node.require("title")
    starts_at, ends_at = _instant(node, "starts", date), _instant(node, "ends", date)
    if ends_at is not None and (starts_at is None or ends_at <= starts_at):
        node.problem("A session ends after it starts.", "ends")
    for field, known in (("room", rooms), ("track", tracks)):
        if node.has(field) and node.text(field) not in known:
            node.problem(f"There is no {field} of this name in ‘{field}s’.", field)
    return SessionSpec(
        title=node.text("title", longest=200),
        kind=node.choice("kind", Session.Kind, Session.Kind.OTHER),
        starts_at=starts_at,
        ends_at=ends_at,
        room=node.text("room"),
        track=node.text("track"),
        description=node.text("description"),
        is_delegates_only=node.flag("delegates_only"),
        parts=tuple(_parts(node)),
    )


def _instant(node: Node, field: str, date: dt.date | None) -> dt.datetime | None:
    """A time of the session's day ('10:00'), or a full date and time (after midnight, no day)."""
    text = node.text(field)
    if not text:
        return None
    if date is None or len(text) != len("10:00"):
        return node.instant(field)
    time = node.time(field)
    return node.wall_clock(field, date, time) if time is not None else None


def _parts(session: Node) -> list[PartSpec]:
    parts: list[PartSpec] = []
    for node in session.items("speakers"):
        node.only("name", "role", "placeholder", "part", "talk", "biography", "note")
        if node.has("name") == node.has("placeholder"):
            node.problem("Give a name, or a placeholder for somebody not named yet.")
        speaker = None
        if node.has("name"):
            speaker = SpeakerSpec(
                name=node.text("name", longest=120),
                role=node.text("role", longest=200),
                biography=node.text("biography"),
                note=node.text("note", longest=200),
            )
        part = PartSpec(
            speaker=speaker,
            placeholder=node.text("placeholder", longest=150),
            part=node.choice("part", SessionSpeaker.Part, SessionSpeaker.Part.SPEAKER),
            talk=node.text("talk", longest=200),
        )
        if speaker and (speaker.name, speaker.role, part.part) in {
            (each.speaker.name, each.speaker.role, each.part) for each in parts if each.speaker
        }:
            node.problem("This speaker has this part already.")
        parts.append(part)
    return parts
