"""Who is in and who is expected, at any instant: reading only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

import clock
from events.models import Conference, Session
from registrations.door_words import refusal_in_words
from registrations.models import Credential, PassType
from registrations.services import scanning
from registrations.services.scanning import Door

MOST_FOUND = 20
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Count:
    """People at a door: in now, of those expected there."""

    inside: int
    expected: int


def sessions_with_doors(conference: Conference, at: dt.datetime) -> list[Session]:
    """Today's sessions for delegates only: the others have no door of their own."""
    today = clock.in_london(at).date()
    rows = conference.sessions.filter(is_delegates_only=True).filter(
        Q(day__date=today) | Q(day__isnull=True)
    )
    return list(rows.order_by("starts_at", "position", "pk"))


def badges(conference: Conference) -> Iterable[Credential]:
    """Every badge of the conference, with what a steward may know of its person."""
    return Credential.objects.filter(place__booking__conference=conference).select_related(
        "place__pass_type", "place__booking__organisation"
    )


def count(conference: Conference, at: dt.datetime, session: Session | None = None) -> Count:
    """How many are in at a door, and how many might come."""
    standing = badges(conference).valid()
    if session is not None:
        standing = standing.filter(place__pass_type__role__in=admitted_roles(session))
    people = badges(conference).people().inside(at, session)
    return Count(people.count(), standing.count())


def admitted_roles(session: Session) -> Iterable[str]:
    """The roles that a session lets in."""
    return PassType.AMONG_DELEGATES if session.is_delegates_only else PassType.Role.values


def found(
    conference: Conference, words: str, at: dt.datetime, session: Session | None = None
) -> list[Credential]:
    """Valid badges by name, a few; `is_in` says who is in at this door. None for a single letter."""
    parts = words.split()
    if len("".join(parts)) < SHORTEST:
        return []
    rows = badges(conference).valid()
    for part in parts[:5]:
        rows = rows.filter(place__name__icontains=part)
    rows = list(rows.order_by("place__name", "pk")[:MOST_FOUND])
    inside = set(
        Credential.objects.filter(pk__in=[row.pk for row in rows])
        .inside(at, session)
        .values_list("pk", flat=True)
    )
    for row in rows:
        row.is_in = row.pk in inside
    return rows


def offline(door: Door, at: dt.datetime) -> list[list[object]]:
    """Each badge as [hash, code to type, role, what to read aloud when it is refused, is it in].

    Nobody is named. With a conference that refuses the unpaid, what each booking owes is asked too.
    """
    rows = list(badges(door.conference).select_related("place__booking__organisation"))
    inside = set(badges(door.conference).inside(at, door.session).values_list("pk", flat=True))
    return [
        [
            row.code_hash,
            row.short_code,
            row.place.pass_type.get_role_display(),
            refusal_in_words(scanning.standing_refusal(row, door, at) or "", row, None),
            row.pk in inside,
        ]
        for row in rows
    ]


def people_inside(conference: Conference, at: dt.datetime) -> list[Credential]:
    """Everybody who came in and did not go out, by name: whom a fire warden looks for."""
    rows = badges(conference).people().inside(at)
    return list(rows.order_by("place__name", "pk"))
