"""Making rooms, tracks, days and sessions equal to a conference file.

Rows are matched by what people call them, so that a session keeps its place in subscribed
calendars when its time changes.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model, ProtectedError, QuerySet

from events.files.describing import describe_session
from events.files.node import Node
from events.files.specs import ConferenceSpec, DaySpec, PartSpec, SessionSpec
from events.models import Conference, Day, Room, Session, SessionSpeaker, Speaker, Track


def load_programme(conference: Conference, spec: ConferenceSpec, root: Node) -> None:
    """Create, change and remove until the programme is the file's."""
    rooms = _named(
        Room, conference, {r.name: (r.capacity, r.is_step_free) for r in spec.rooms},
        ("capacity", "is_step_free"),
    )  # fmt: skip
    tracks = _named(Track, conference, dict.fromkeys(spec.tracks, ()), ())
    days = _days(conference, spec)
    left = list(conference.sessions.select_related("day").order_by("position", "pk"))
    for day in spec.days:
        for position, session in enumerate(day.sessions):
            row = _take(left, session.title, day) or Session(conference=conference)
            is_same = row.pk is not None and describe_session(row) == session
            row.revision += 1 if row.pk is not None and not is_same else 0
            row.day = days.get(day.date)
            row.position = position
            row.room = rooms.get(session.room)
            row.track = tracks.get(session.track)
            _fill(row, session)
            if not is_same:
                _set_parts(row, session.parts)
    _remove(Session, left, root, "sessions")
    _remove(Day, conference.days.exclude(date__in=[d for d in days if d]), root, "days")
    _remove(Room, conference.rooms.exclude(name__in=rooms), root, "rooms")
    _remove(Track, conference.tracks.exclude(name__in=tracks), root, "tracks")


def _named(
    model: type[Model],
    conference: Conference,
    wanted: dict[str, tuple[Any, ...]],
    fields: tuple[str, ...],
) -> dict[str, Any]:
    rows = {}
    for position, (name, values) in enumerate(wanted.items()):
        rows[name], _ = model.objects.update_or_create(
            conference=conference,
            name=name,
            defaults={"position": position, **dict(zip(fields, values, strict=True))},
        )
    return rows


def _days(conference: Conference, spec: ConferenceSpec) -> dict[Any, Day]:
    return {
        day.date: Day.objects.update_or_create(
            conference=conference, date=day.date, defaults={"title": day.title}
        )[0]
        for day in spec.days
        if day.date is not None
    }


def _take(left: list[Session], title: str, day: DaySpec) -> Session | None:
    """The session of this title, the one on the same day first; taken from what is left."""
    same = [row for row in left if row.title == title]
    same.sort(key=lambda row: (row.day.date if row.day else None) != day.date)
    if not same:
        return None
    left.remove(same[0])
    return same[0]


def _fill(row: Session, spec: SessionSpec) -> None:
    row.title = spec.title
    row.kind = spec.kind
    row.starts_at = spec.starts_at
    row.ends_at = spec.ends_at
    row.description = spec.description
    row.is_delegates_only = spec.is_delegates_only
    row.save()


def _set_parts(row: Session, parts: tuple[PartSpec, ...]) -> None:
    row.parts.all().delete()
    for position, part in enumerate(parts):
        SessionSpeaker.objects.create(
            session=row,
            speaker=_speaker(part),
            placeholder=part.placeholder,
            part=part.part,
            talk=part.talk,
            position=position,
        )


def _speaker(part: PartSpec) -> Speaker | None:
    """The speaker of this name and role; what the file does not say is left alone."""
    if part.speaker is None:
        return None
    said = {"biography": part.speaker.biography, "note": part.speaker.note}
    speaker, _ = Speaker.objects.update_or_create(
        name=part.speaker.name,
        description=part.speaker.role,
        defaults={name: value for name, value in said.items() if value},
    )
    return speaker


def _remove(model: type[Model], rows: list[Any] | QuerySet[Any], root: Node, field: str) -> None:
    """Remove what the file no longer has, unless something hangs on it."""
    for row in rows:
        try:
            row.delete()
        except ProtectedError:
            name = model._meta.verbose_name
            root.problem(
                f"The {name} ‘{row}’ is no longer in the file, but other things refer to it. Keep "
                "it, or remove those first.",
                field,
            )
