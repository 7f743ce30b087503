"""Who is in, who came and who is expected, at any instant: reading only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

import clock
from events.models import Conference, Session
from registrations.door_words import refusal_in_words
from registrations.models import Credential, PassType, Place, Scan
from registrations.services import scanning
from registrations.services.scanning import Door

MOST_FOUND = 20
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Count:
    """People at a door: in now, of those expected there."""

    inside: int
    expected: int


@dataclass(slots=True)
class Tally:
    """One line of the credentials report."""

    label: str
    places: int = 0
    named: int = 0
    came: int = 0
    inside: int = 0

    def add(self, place: Place, came: bool, inside: bool) -> None:
        """Count one place."""
        self.places += 1
        self.named += bool(place.name)
        self.came += came
        self.inside += inside


@dataclass(frozen=True, slots=True)
class Report:
    """The credentials report at an instant: delegations only, counted and never named."""

    total: Tally
    bodies: list[Tally]
    groups: list[tuple[str, list[Tally]]]
    others: list[Tally]
    quorum: int | None

    @property
    def is_quorate(self) -> bool:
        """Are enough delegates in?"""
        return self.quorum is not None and self.total.inside >= self.quorum


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


def report(conference: Conference, at: dt.datetime, quorum: int | None) -> Report:
    """The credentials report at an instant. Three queries, however many bodies there are."""
    places = _places(conference, at)
    inside = _place_ids(badges(conference).standing(at).inside(at))
    came = _place_ids(badges(conference).standing(at).filter(_came_by(at)))
    total, seen = Tally("all delegations"), {}
    kinds: list[tuple[str, Callable[[Place], str]]] = [
        ("By region", lambda place: _region(place)),
        ("By kind of body", lambda place: place.booking.organisation.get_kind_display()),
        ("By kind of delegate", lambda place: place.pass_type.get_role_display()),
    ]
    for place in places:
        facts = (place.pk in came, place.pk in inside)
        is_delegate = place.pass_type.role in PassType.DELEGATION
        if place.booking.organisation is None or not is_delegate:
            _tally(seen, "others", place.pass_type.get_role_display(), place, facts)
            continue
        total.add(place, *facts)
        _tally(seen, "bodies", place.booking.organisation.name, place, facts)
        for title, label in kinds:
            _tally(seen, title, label(place), place, facts)
    rows = {name: [group[key] for key in sorted(group)] for name, group in seen.items()}
    groups = [(title, rows.get(title, [])) for title, _ in kinds]
    return Report(total, rows.get("bodies", []), groups, rows.get("others", []), quorum)


def _tally(seen: dict, group: str, label: str, place: Place, facts: tuple[bool, bool]) -> None:
    seen.setdefault(group, {}).setdefault(label, Tally(label)).add(place, *facts)


def _region(place: Place) -> str:
    region = place.booking.organisation.region
    return region.name if region else "no region"


def _places(conference: Conference, at: dt.datetime) -> Iterable[Place]:
    """The places that stood at the instant."""
    return (
        Place.objects.filter(
            Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=at),
            booking__conference=conference,
            booking__submitted_at__lte=at,
        )
        .select_related("pass_type", "booking__organisation__region")
        .order_by("pk")
    )


def _came_by(at: dt.datetime) -> Exists:
    seen = Scan.objects.admitted().filter(
        credential__place=OuterRef("place"),
        credential__person=OuterRef("person"),
        session=None,
        scanned_at__lte=at,
    )
    return Exists(seen)


def _place_ids(rows: Iterable[Credential]) -> set[int]:
    return set(rows.order_by().values_list("place", flat=True))
