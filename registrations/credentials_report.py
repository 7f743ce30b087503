"""The credentials report at any instant: counted and never named. Reading only.

Gender and age were told in confidence: they are counted over the whole conference alone, and shown
as `disclosure` makes them safe.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

import clock
from clock.words import time_words
from events.models import Conference
from registrations import checklist, disclosure
from registrations.attendance import badges
from registrations.models import Credential, Delegation, PassType, Place, Scan
from registrations.services import entitlement, scanning

GENDERS = {
    checklist.WOMAN: "women",
    checklist.MAN: "men",
    checklist.ANOTHER: "described in another way",
}
NOT_SAID = "did not say"
LEADS = {"in": "in", "came": "came, is out", "named": "named, has not come", "none": "not named"}


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


@dataclass(slots=True)
class Body:
    """One delegation. `allocated` None: no limit. `lead`: 'in', 'came', 'named' or 'none'."""

    tally: Tally
    allocated: int | None = None
    lead: str = "none"

    @property
    def lead_in_words(self) -> str:
        """Where the lead delegate is."""
        return LEADS[self.lead]


@dataclass(frozen=True, slots=True)
class Guarded:
    """Counts by something told in confidence, as words: (label, among those named, among who came)."""

    title: str
    rows: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Report:
    """The credentials report at an instant.

    `guarded` counts who came until `guarded_at`, the full hour before. `scans_gone`: the day on
    which what the doors saw was deleted, when that day has come; then nobody is counted as come.
    """

    at: dt.datetime
    total: Tally
    bodies: list[Body]
    groups: list[tuple[str, list[Tally]]]
    others: list[Tally]
    guarded: list[Guarded]
    guarded_at: dt.datetime
    quorum: int | None
    scans_gone: dt.date | None = None

    @property
    def is_quorate(self) -> bool:
        """Are enough delegates in?"""
        return self.quorum is not None and self.total.inside >= self.quorum

    @property
    def leads_named(self) -> int:
        """Bodies that have named their lead delegate."""
        return sum(body.lead != "none" for body in self.bodies)

    @property
    def leads_inside(self) -> int:
        """Lead delegates who are in."""
        return sum(body.lead == "in" for body in self.bodies)

    @property
    def guarded_time(self) -> str:
        """The full hour, in words."""
        return time_words(self.guarded_at)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The places whose person was in, had come, or had come by the full hour."""

    inside: frozenset[int]
    came: frozenset[int]
    by_the_hour: frozenset[int]


@dataclass(slots=True)
class _Counted:
    """What is told apart while the places are gone through once."""

    total: Tally = field(default_factory=lambda: Tally("all delegations"))
    bodies: dict[int, Body] = field(default_factory=dict)
    groups: dict[str, dict[str, Tally]] = field(default_factory=dict)

    def add(self, group: str, label: str, place: Place, facts: tuple[bool, bool]) -> None:
        rows = self.groups.setdefault(group, {})
        rows.setdefault(label, Tally(label)).add(place, *facts)

    def sorted(self, group: str) -> list[Tally]:
        rows = self.groups.get(group, {})
        return [rows[label] for label in sorted(rows)]


KINDS: list[tuple[str, Callable[[Place], str]]] = [
    ("By region", lambda place: _region(place)),
    ("By kind of body", lambda place: place.booking.organisation.get_kind_display()),
    ("By kind of delegate", lambda place: place.pass_type.get_role_display()),
]


def report(conference: Conference, *, at: dt.datetime, now: dt.datetime) -> Report:
    """The report as it was at an instant, asked for now.

    What delegates told of themselves counts as it stands now; of a place that somebody else took
    over after the instant nothing is known. The number of queries does not grow.
    """
    rules = scanning.rules_of(conference)
    hour = clock.in_london(at).replace(minute=0, second=0, microsecond=0)
    seen = _Seen(_inside(conference, at), _came(conference, at, at), _came(conference, at, hour))
    counted, delegates = _Counted(), []
    for place in _places(conference, at):
        facts = (place.pk in seen.came, place.pk in seen.inside)
        is_delegate = place.pass_type.role in PassType.DELEGATION
        if place.booking.organisation is None or not is_delegate:
            counted.add("others", place.pass_type.get_role_display(), place, facts)
            continue
        delegates.append(place)
        counted.total.add(place, *facts)
        body = place.booking.organisation
        counted.bodies.setdefault(body.pk, Body(Tally(body.name))).tally.add(place, *facts)
        for title, label in KINDS:
            counted.add(title, label(place), place, facts)
    _tell_of_delegations(conference, counted.bodies, delegates, seen, at)
    gone = rules.purge_on(clock.in_london(at))
    return Report(
        at=at,
        total=counted.total,
        bodies=sorted(counted.bodies.values(), key=lambda body: body.tally.label),
        groups=[(title, counted.sorted(title)) for title, _ in KINDS],
        others=counted.sorted("others"),
        guarded=_guarded(conference, delegates, seen),
        guarded_at=hour,
        quorum=rules.quorum,
        scans_gone=gone if clock.in_london(now).date() >= gone else None,
    )


def _tell_of_delegations(
    conference: Conference,
    bodies: dict[int, Body],
    delegates: Iterable[Place],
    seen: _Seen,
    at: dt.datetime,
) -> None:
    """Places allocated and the lead delegate, as they stand now; a lead chosen later is none yet."""
    named = {place.pk for place in delegates if place.name}
    rules = entitlement.rules_of(conference)
    rows = Delegation.objects.filter(conference=conference, organisation__in=bodies)
    known = {row.organisation_id: row for row in rows.prefetch_related("allocations", "requests")}
    for pk, body in bodies.items():
        row = known.get(pk) or Delegation()
        limits = entitlement.allocated(row, rules).values()
        body.allocated = None if None in limits else sum(limits)
        is_chosen = row.lead_at is None or row.lead_at <= at
        if row.lead_id in named and is_chosen:
            is_in, came = row.lead_id in seen.inside, row.lead_id in seen.came
            body.lead = "in" if is_in else "came" if came else "named"


def _guarded(conference: Conference, delegates: list[Place], seen: _Seen) -> list[Guarded]:
    """Gender and age of those named and of those who came by the full hour."""
    oldest = entitlement.rules_of(conference).youth_until
    labels = [f"{oldest} or under", "older", NOT_SAID]
    named = [place for place in delegates if place.name]
    came = [place for place in named if place.pk in seen.by_the_hour]

    def table(title: str, labels: list[str], of: Callable[[Place], str]) -> Guarded:
        before, after = Counter(map(of, named)), Counter(map(of, came))
        rows = [
            (
                label,
                disclosure.in_words(before[label], among=len(named)),
                disclosure.in_words(after[label], among=len(came)),
            )
            for label in labels
        ]
        return Guarded(title, rows)

    return [
        table("By gender", [*GENDERS.values(), NOT_SAID], _gender),
        table("By age on the first day", labels, lambda place: _age(place, oldest)),
    ]


def _gender(place: Place) -> str:
    own = getattr(place, "particulars", None)
    known = own is not None and not place.is_handed_over
    return GENDERS.get(own.gender, NOT_SAID) if known else NOT_SAID


def _age(place: Place, oldest: int) -> str:
    own = getattr(place, "particulars", None)
    if own is None or place.is_handed_over or own.age_band not in checklist.OLDEST:
        return NOT_SAID
    return f"{oldest} or under" if checklist.OLDEST[own.age_band] <= oldest else "older"


def _region(place: Place) -> str:
    region = place.booking.organisation.region
    return region.name if region else "no region"


def _places(conference: Conference, at: dt.datetime) -> QuerySet[Place]:
    """The places that stood at the instant."""
    handed_over = Credential.objects.filter(
        place=OuterRef("pk"), void_reason=Credential.Void.SUBSTITUTED, voided_at__gt=at
    )
    return (
        Place.objects.filter(
            Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=at),
            booking__conference=conference,
            booking__submitted_at__lte=at,
        )
        .annotate(is_handed_over=Exists(handed_over))
        .select_related("pass_type", "booking__organisation__region", "particulars")
        .order_by("pk")
    )


def _inside(conference: Conference, at: dt.datetime) -> frozenset[int]:
    return _keys(badges(conference).standing(at).inside(at))


def _came(conference: Conference, at: dt.datetime, by: dt.datetime) -> frozenset[int]:
    """Those whose place it was at the instant and who had come by another."""
    seen = Scan.objects.admitted().filter(
        credential__place=OuterRef("place"),
        credential__person=OuterRef("person"),
        session=None,
        scanned_at__lte=by,
    )
    return _keys(badges(conference).standing(at).filter(Exists(seen)))


def _keys(rows: QuerySet[Credential]) -> frozenset[int]:
    return frozenset(rows.order_by().values_list("place", flat=True))
