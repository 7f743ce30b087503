"""From the database to what a file says of a conference: the other half of loading."""

from __future__ import annotations

from events.files.specs import (
    ConferenceSpec,
    DaySpec,
    DeadlineSpec,
    PartSpec,
    RoomSpec,
    SeriesSpec,
    SessionSpec,
    SpeakerSpec,
    StepSpec,
    VenueSpec,
)
from events.models import Conference, Deadline, Session, SessionSpeaker

PLAIN = (
    "slug",
    "kind",
    "status",
    "mode",
    "attendance",
    "starts_on",
    "ends_on",
    "starts_at",
    "ends_at",
    "venue_public_from",
    "join_url",
    "join_from",
    "contact_email",
    "officer_confirms",
)
TEXTS = (
    "title",
    "theme",
    "summary",
    "status_note",
    "platform",
    "audience",
    "contact_name",
    "contact_phone",
    "record",
)


def tidy(text: str) -> str:
    """A text as a file holds it: one kind of line end, no white space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def describe(conference: Conference) -> ConferenceSpec:
    """Everything a file says of this conference but for the sections of lower apps."""
    series, venue, imprint = conference.series, conference.venue, conference.imprint
    return ConferenceSpec(
        **{name: getattr(conference, name) for name in PLAIN},
        **{name: tidy(getattr(conference, name)) for name in TEXTS},
        other_names=tuple(map(tidy, conference.other_names)),
        strands=tuple(map(tidy, conference.strands)),
        basis={field: tidy(reason) for field, reason in conference.basis.items()},
        series=SeriesSpec(tidy(series.name), series.slug, tidy(series.theme)) if series else None,
        regions=tuple(sorted(region.name for region in conference.regions.all())),
        venue=_venue(conference) if venue else None,
        imprint=tidy(imprint.text) if imprint else "",
        rooms=tuple(
            RoomSpec(tidy(room.name), room.capacity, room.is_step_free)
            for room in conference.rooms.all()
        ),
        tracks=tuple(tidy(track.name) for track in conference.tracks.all()),
        deadlines=tuple(
            sorted(
                (_deadline(row) for row in conference.deadlines.told().prefetch_related("steps")),
                key=lambda each: (each.kind, each.name),
            )
        ),
        days=tuple(_days(conference)),
    )


def _venue(conference: Conference) -> VenueSpec:
    venue = conference.venue
    return VenueSpec(
        tidy(venue.name), tidy(venue.town), tidy(venue.address), tidy(venue.access_notes)
    )


def _deadline(row: Deadline) -> DeadlineSpec:
    steps = (StepSpec(step.when, step.days, step.time) for step in row.steps.all())
    return DeadlineSpec(
        kind=row.kind,
        audience=row.audience,
        name=tidy(row.name),
        opens_at=row.opens_at,
        closes_on=row.closes_on,
        closes_at=row.closes_at,
        is_reminded=row.is_reminded,
        note=tidy(row.note),
        steps=tuple(sorted(steps, key=lambda each: (each.when, -each.days))),
    )


def _days(conference: Conference) -> list[DaySpec]:
    sessions = list(
        conference.sessions.order_by("position", "pk")
        .select_related("room", "track")
        .prefetch_related("parts__speaker")
    )
    days = [
        DaySpec(day.date, tidy(day.title), _sessions(sessions, day.pk))
        for day in conference.days.all()
    ]
    undated = _sessions(sessions, None)
    return [*days, DaySpec(None, "", undated)] if undated else days


def _sessions(sessions: list[Session], day_id: int | None) -> tuple[SessionSpec, ...]:
    return tuple(describe_session(row) for row in sessions if row.day_id == day_id)


def describe_session(row: Session) -> SessionSpec:
    """What a file says of one session."""
    return SessionSpec(
        title=tidy(row.title),
        kind=row.kind,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        room=tidy(row.room.name) if row.room else "",
        track=tidy(row.track.name) if row.track else "",
        description=tidy(row.description),
        is_delegates_only=row.is_delegates_only,
        parts=tuple(_part(part) for part in row.parts.all()),
    )


def _part(row: SessionSpeaker) -> PartSpec:
    speaker = row.speaker and SpeakerSpec(
        tidy(row.speaker.name),
        tidy(row.speaker.description),
        tidy(row.speaker.biography),
        tidy(row.speaker.note),
    )
    return PartSpec(speaker, tidy(row.placeholder), row.part, tidy(row.talk))
