"""Delegations as they stand, read for the checklist: nothing here decides or writes anything.

Private answers are read here to be counted and go nowhere else; see `checklist`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

import clock
from events import doors
from events.models import Conference, Deadline
from events.services.public_pages import kept
from members.models import Member, Organisation
from registrations import checklist
from registrations.models import (
    COUNTED,
    Allocation,
    Delegation,
    DelegationRules,
    PassType,
    Place,
    PlaceRequest,
)
from registrations.services import entitlement

WAITING, GRANTED = PlaceRequest.State.WAITING, PlaceRequest.State.GRANTED


@dataclass(frozen=True)
class Standing:
    """A delegation, its rules, and what the checklist says of it at an instant."""

    delegation: Delegation
    rules: DelegationRules
    facts: checklist.Facts
    findings: tuple[checklist.Finding, ...]
    waiting: tuple[PlaceRequest, ...] = ()

    @property
    def state(self) -> checklist.State:
        """The whole in one word or two."""
        return checklist.state(self.findings, self.facts)

    @property
    def in_words(self) -> str:
        """'3 of 5 places used, 1 without a name, lead delegate missing'."""
        return checklist.in_words(self.facts)

    @property
    def may_ask_for_more(self) -> bool:
        """Places are limited, the conference takes requests for more, and not all of them wait."""
        return bool(self.may_be_asked_for)

    @property
    def may_be_asked_for(self) -> list[str]:
        """The kinds of place of which more can be asked for now: no request for them waits."""
        if self.rules.beyond != DelegationRules.Beyond.QUEUED or self.facts.limit is None:
            return []
        waiting = {row.kind for row in self.waiting}
        limited = [kind for kind, limit in self.facts.allocated.items() if limit is not None]
        return [kind for kind in limited if kind not in waiting]


def of(conference: Conference, organisation: Organisation) -> Delegation:
    """The delegation's row; one that is not saved where nothing was booked or entered yet."""
    found = Delegation.objects.filter(conference=conference, organisation=organisation)
    row = (
        found.select_related("conference__delegation_rules")
        .prefetch_related("allocations", "requests", "waivers")
        .first()
    )
    row = row or Delegation(conference=conference)
    row.organisation = organisation
    return row


def places_of(delegation: Delegation) -> QuerySet[Place]:
    """The places that make up a delegation, in the order of their bookings."""
    return (
        Place.objects.active()
        .filter(
            booking__conference=delegation.conference_id,
            booking__organisation=delegation.organisation_id,
            pass_type__role__in=COUNTED,
        )
        .select_related("pass_type", "booking", "member", "user__member", "particulars")
        .order_by("booking__submitted_at", "booking", "position")
    )


def _rules(delegation: Delegation) -> DelegationRules:
    """Those that came with the row, or asked for where there is no row yet."""
    if delegation.pk is None:
        return entitlement.rules_of(delegation.conference)
    conference = delegation.conference
    return getattr(conference, "delegation_rules", None) or DelegationRules(conference=conference)


def standing(
    delegation: Delegation, at: dt.datetime, places: Sequence[Place] | None = None
) -> Standing:
    """What the checklist says of a delegation; the number of queries does not grow with it.

    `places`: those of the delegation, where the caller has them already.
    """
    places = list(places_of(delegation)) if places is None else places
    closes_at = names_close_at(delegation, at)
    known = Known(members_of(places), _elsewhere(delegation, places), closes_at)
    return judged(delegation, _rules(delegation), places, known, at)


@dataclass(frozen=True)
class Known:
    """What is known beyond a delegation's own rows: members by place, places whose person is in
    another delegation too, and when the time for names is over for the body."""

    members: dict[int, Member]
    elsewhere: Collection[int]
    names_close_at: dt.datetime | None


def judged(
    delegation: Delegation,
    rules: DelegationRules,
    places: Sequence[Place],
    known: Known,
    at: dt.datetime,
) -> Standing:
    """The standing from what was read; of its own rows it reads those not yet fetched."""
    is_saved = delegation.pk is not None
    requests = list(delegation.requests.all()) if is_saved else []
    waiting = tuple(row for row in requests if row.state == WAITING)
    waivers = list(delegation.waivers.all()) if is_saved else []
    facts = checklist.Facts(
        people=_people(places, known, _membership_on(delegation, rules, at)),
        allocated=entitlement.allocated(delegation, rules),
        has_lead=any(place.pk == delegation.lead_id and place.name for place in places),
        asked_for=sum(row.places for row in waiting),
        names_close_at=known.names_close_at,
        waived=frozenset(row.rule for row in waivers if row.ended_at is None),
    )
    found = checklist.findings(facts, rules.plain, at)
    return Standing(delegation, rules, facts, found, waiting)


def names_close_at(delegation: Delegation, at: dt.datetime) -> dt.datetime | None:
    """When the time for names is over for this body, where the conference states one."""
    rows = delegation.conference.deadlines.filter(kind=Deadline.Kind.NAMES)
    found = kept(f"names of {delegation.conference_id}", at, lambda: list(rows[:1]))
    windows = doors.windows_of(found, delegation.organisation)
    return windows[found[0].pk].closes_at if found else None


def _membership_on(delegation: Delegation, rules: DelegationRules, at: dt.datetime) -> dt.date:
    return rules.membership_on or delegation.conference.starts_on or clock.in_london(at).date()


def _people(places: Sequence[Place], known: Known, on: dt.date) -> tuple[checklist.Person, ...]:
    return tuple(
        checklist.Person(
            kind=COUNTED[PassType.Role(place.pass_type.role)],
            is_named=bool(place.name),
            gender=place.particulars.gender if hasattr(place, "particulars") else "",
            age_band=place.particulars.age_band if hasattr(place, "particulars") else "",
            standing=_standing_on(known.members.get(place.pk), on),
            is_elsewhere=place.pk in known.elsewhere,
        )
        for place in places
    )


def members_of(places: Iterable[Place]) -> dict[int, Member]:
    """Each place's member: stated, by the sign-in, or the one in the register at its address."""
    by_address: dict[str, list[Member]] = {}
    addresses = {place.email for place in places if place.email}
    for member in Member.objects.filter(email__in=addresses):
        by_address.setdefault(member.email, []).append(member)
    found = {}
    for place in places:
        alone = by_address.get(place.email, [])
        by_sign_in = getattr(place.user, "member", None) if place.user else None
        member = place.member or by_sign_in or (alone[0] if len(alone) == 1 else None)
        if member is not None:
            found[place.pk] = member
    return found


def _standing_on(member: Member | None, on: dt.date) -> str:
    """Full, provisional or lapsed on a date; three months after joining a member is full."""
    if member is None:
        return ""
    if member.lapsed_on is not None and member.lapsed_on <= on:
        return checklist.LAPSED
    if member.standing == Member.Standing.LAPSED:
        return checklist.FULL if member.lapsed_on is not None else checklist.LAPSED
    is_new = member.joined_on is None or on < _months_later(member.joined_on, 3)
    is_provisional = member.standing == Member.Standing.PROVISIONAL and is_new
    return checklist.PROVISIONAL if is_provisional else checklist.FULL


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or the first of the month after where there is no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    try:
        return day.replace(year=year, month=month)
    except ValueError:
        return dt.date(year, month + 1, 1)


def _elsewhere(delegation: Delegation, places: list[Place]) -> set[int]:
    """The places whose person is in another body's delegation too, by membership or address."""
    addresses = {place.email for place in places if place.email}
    members = {place.member_id for place in places if place.member_id}
    users = {place.user_id for place in places if place.user_id}
    others = (
        Place.objects.active()
        .filter(booking__conference=delegation.conference_id, pass_type__role__in=COUNTED)
        .exclude(booking__organisation=delegation.organisation_id)
        .filter(Q(email__in=addresses) | Q(member__in=members) | Q(user__in=users))
        .values_list("email", "member_id", "user_id")
    )
    if not (addresses or members or users):
        return set()
    found = list(others)
    theirs = [set(filter(None, column)) for column in zip(*found, strict=True)] if found else []
    return {
        place.pk
        for place in places
        for mine, column in zip((place.email, place.member_id, place.user_id), theirs, strict=False)
        if mine in column
    }


def counted(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    """With what the staff's list shows and asks, counted by the database.

    `used`, `used_youth`, `unnamed`, `women`, `men`; `allocated` (None: nothing was entered),
    `granted`; `waits`, `has_lead`, `odd` (may an odd number differ by one).
    """
    places = (
        Place.objects.active()
        .filter(
            booking__conference=OuterRef("conference"),
            booking__organisation=OuterRef("organisation"),
            pass_type__role__in=COUNTED,
        )
        .order_by()
        .values("booking__organisation")
    )
    return rows.annotate(
        used=_number(places, Count("pk")),
        used_youth=_number(places, Count("pk", Q(pass_type__role="youth_delegate"))),
        unnamed=_number(places, Count("pk", Q(name=""))),
        women=_number(places, Count("pk", Q(particulars__gender=checklist.WOMAN))),
        men=_number(places, Count("pk", Q(particulars__gender=checklist.MAN))),
        allocated=_sum(Allocation.objects.all(), "places"),
        granted=Coalesce(_sum(PlaceRequest.objects.filter(state=GRANTED), "granted"), 0),
        allocated_youth=Coalesce(_sum(Allocation.objects.filter(kind="youth"), "places"), 0),
        granted_youth=Coalesce(
            _sum(PlaceRequest.objects.filter(state=GRANTED, kind="youth"), "granted"), 0
        ),
        waits=Exists(PlaceRequest.objects.filter(delegation=OuterRef("pk"), state=WAITING)),
        has_lead=Exists(Place.objects.active().filter(leads=OuterRef("pk")).exclude(name="")),
        odd=Coalesce(F("conference__delegation_rules__odd_may_differ"), Value(True)),
    )


def _number(places: QuerySet, count: Count) -> Coalesce:
    return Coalesce(Subquery(places.annotate(n=count).values("n"), IntegerField()), 0)


def _sum(rows: QuerySet, field: str) -> Subquery:
    found = rows.filter(delegation=OuterRef("pk")).order_by().values("delegation")
    return Subquery(found.annotate(n=Sum(field)).values("n"), IntegerField())


def over_allocated(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    """More places booked than there are, of one kind or the other."""
    entered = rows.filter(allocated__isnull=False)
    youth = F("allocated_youth") + F("granted_youth")
    standard = F("allocated") + F("granted") - youth
    return entered.filter(Q(used_youth__gt=youth) | Q(used__gt=standard + F("used_youth")))


def unbalanced(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    """One gender has more than half, as `checklist` judges it: one more only where rules say so.

    Twice a number is even, so that with an even total one spare place makes no difference.
    """
    more_of_one = rows.annotate(most=Greatest("women", "men") * 2).filter(used__gte=2)
    spare = Q(odd=True, most__gt=F("used") + 1) | Q(odd=False, most__gt=F("used"))
    return more_of_one.filter(spare)
