"""From what is known of a conference to a file that a person can read and edit."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

import clock
from events.calendar import LONDON, Step, closing_instant
from events.files.describing import describe
from events.files.sections import sections
from events.files.specs import (
    ConferenceSpec,
    DaySpec,
    DeadlineSpec,
    PartSpec,
    RoomSpec,
    SessionSpec,
    VenueSpec,
)
from events.ladders import in_order, rung_in_words
from events.models import Conference, SessionSpeaker

WIDTH = 100


def write_conference(conference: Conference) -> str:
    """The file of a conference, lower apps' sections included. What is unknown is left out."""
    content = _conference(describe(conference))
    for section in sections():
        dumped = section.dump(conference)
        if dumped is not None:
            content[section.name] = dumped
    return as_yaml(content)


def as_yaml(content: dict[str, Any]) -> str:
    """Plain values as YAML, long texts in blocks, everything else quoted where it must be."""
    yaml = YAML()
    yaml.width = WIDTH
    yaml.allow_unicode = True
    # two equal dates are two dates: no anchor that a reader would have to look up
    yaml.representer.ignore_aliases = lambda *_: True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(_plain(content), stream)
    return stream.getvalue()


def spec_as_yaml(spec: ConferenceSpec) -> str:
    """The file of a conference without the sections of lower apps."""
    return as_yaml(_conference(spec))


def instant_in_words(at: dt.datetime) -> str:
    """'2016-04-04 12:00' in London, with 'first' or 'second' in the hour that happens twice."""
    local = clock.in_london(at)
    words = local.strftime("%Y-%m-%d %H:%M")
    if local.second or local.microsecond:
        words += local.strftime(":%S")
    if local.microsecond:
        words += f".{local.microsecond:06}"
    first, second = local.replace(fold=0), local.replace(fold=1)
    if first.utcoffset() != second.utcoffset():
        words += " second" if local.fold else " first"
    return words


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dt.datetime):
        return instant_in_words(value)
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, Decimal):
        return _pounds(value)
    return _text(value) if isinstance(value, str) else value


def _pounds(amount: Decimal) -> int | str:
    """Without a binary fraction: a whole number, or the two decimals as text."""
    return int(amount) if amount == int(amount) else f"{amount:.2f}"


def _text(text: str) -> str:
    """A block for several lines; quotes for anything a block would not give back unchanged."""
    lines = text.split("\n")
    if not all(line.isprintable() for line in lines):
        return DoubleQuotedScalarString(text)
    if len(lines) > 1:
        if any(line != line.strip() for line in lines):
            return DoubleQuotedScalarString(text)
        return LiteralScalarString(text)
    return text


def _filled(**fields: Any) -> dict[str, Any]:
    """Only what is known."""
    return {
        name: value for name, value in fields.items() if value not in (None, "", (), [], {}, False)
    }


def _conference(spec: ConferenceSpec) -> dict[str, Any]:
    content = _filled(
        slug=spec.slug,
        title=spec.title,
        other_names=spec.other_names,
        kind=str(spec.kind),
        series=spec.series and _filled(**_fields(spec.series, "name", "slug", "theme")),
        regions=spec.regions,
        theme=spec.theme,
        strands=spec.strands,
        summary=spec.summary,
        mode=str(spec.mode),
        status=str(spec.status),
        status_note=spec.status_note,
        attendance=str(spec.attendance),
        first_day=spec.starts_on,
        last_day=spec.ends_on,
        starts=spec.starts_at,
        ends=spec.ends_at,
        venue=_venue(spec.venue),
        venue_shown_from=spec.venue_public_from,
        platform=spec.platform,
        join_link=spec.join_url,
        join_link_from=spec.join_from,
        for_whom=spec.audience,
        contact=_filled(name=spec.contact_name, email=spec.contact_email, phone=spec.contact_phone),
        imprint=spec.imprint,
        officer_confirms=spec.officer_confirms,
    )
    return content | _calendar_and_programme(spec)


def _venue(spec: VenueSpec | None) -> dict[str, Any]:
    if spec is None:
        return {}
    return _filled(**_fields(spec, "name", "town", "address"), access=spec.access_notes)


def _room(spec: RoomSpec) -> dict[str, Any]:
    fields = _filled(name=spec.name, capacity=spec.capacity)
    return fields if spec.is_step_free is None else fields | {"step_free": spec.is_step_free}


def _calendar_and_programme(spec: ConferenceSpec) -> dict[str, Any]:
    dated = [day for day in spec.days if day.date is not None]
    undated = [day for day in spec.days if day.date is None]
    return _filled(
        rooms=[_room(room) for room in spec.rooms],
        tracks=spec.tracks,
        deadlines=[_deadline(deadline) for deadline in sorted(spec.deadlines, key=_closing)],
        days=[_day(day) for day in dated],
        sessions=[_session(session, None) for day in undated for session in day.sessions],
        basis=spec.basis,
        record=spec.record,
    )


def _fields(spec: object, *names: str) -> dict[str, Any]:
    return {name: getattr(spec, name) for name in names}


def _closing(spec: DeadlineSpec) -> tuple[dt.datetime, str]:
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    closing = closing_instant(closes_on=spec.closes_on, closes_at=spec.closes_at)
    return closing or never, spec.kind


def _deadline(spec: DeadlineSpec) -> dict[str, Any]:
    fields = _filled(
        kind=str(spec.kind),
        name=spec.name,
        concerns=str(spec.audience),
        opens=spec.opens_at,
        closes=spec.closes_on or spec.closes_at,
        note=spec.note,
        reminders=[
            rung_in_words(step)
            for step in in_order(Step(step.when, step.days, step.time) for step in spec.steps)
        ],
    )
    return fields if spec.is_reminded else fields | {"reminded": False}


def _day(day: DaySpec) -> dict[str, Any]:
    sessions = [_session(session, day.date) for session in day.sessions]
    return _filled(date=day.date, title=day.title, sessions=sessions)


def _session(spec: SessionSpec, date: dt.date | None) -> dict[str, Any]:
    return _filled(
        title=spec.title,
        kind="" if spec.kind == "other" else str(spec.kind),
        starts=_time(spec.starts_at, date),
        ends=_time(spec.ends_at, date),
        room=spec.room,
        track=spec.track,
        description=spec.description,
        delegates_only=spec.is_delegates_only,
        speakers=[_part(part) for part in spec.parts],
    )


def _time(at: dt.datetime | None, date: dt.date | None) -> dt.datetime | dt.time | None:
    """A time of the day where that says it all; otherwise the whole."""
    if at is None:
        return None
    local = at.astimezone(LONDON)
    is_whole_minute = not (local.second or local.microsecond)
    is_plain = local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()
    return local.time() if local.date() == date and is_whole_minute and is_plain else at


def _part(spec: PartSpec) -> dict[str, Any]:
    who = spec.speaker
    return _filled(
        name=who and who.name,
        role=who and who.role,
        placeholder=spec.placeholder,
        part="" if spec.part == SessionSpeaker.Part.SPEAKER else str(spec.part),
        talk=spec.talk,
        biography=who and who.biography,
        note=who and who.note,
    )
