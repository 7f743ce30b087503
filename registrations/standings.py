"""Every delegation of a conference judged at once, as each is judged on its own page."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, FilteredRelation, Q

from events.models import Conference, Deadline
from registrations import delegations
from registrations.delegations import Known, Standing
from registrations.models import COUNTED, DelegationRules, Place


def of_conference(conference: Conference, at: dt.datetime) -> list[Standing]:
    """The standing of each delegation, by the name of its body. Seven queries, however many."""
    rules = getattr(conference, "delegation_rules", None) or DelegationRules(conference=conference)
    places = _places(conference)
    members = delegations.members_of(places)
    elsewhere = _elsewhere(places)
    closing, own_closing = _names_close_at(conference)
    by_body: defaultdict[int | None, list[Place]] = defaultdict(list)
    for place in places:
        by_body[place.booking.organisation_id].append(place)
    rows = conference.delegations.select_related("organisation").prefetch_related(
        "allocations", "requests", "waivers"
    )
    found = []
    for row in rows.order_by("organisation__name", "pk"):
        row.conference = conference
        names_close_at = own_closing.get(row.organisation_id, closing)
        known = Known(members, elsewhere, names_close_at)
        found.append(delegations.judged(row, rules, by_body[row.organisation_id], known, at))
    return found


def _places(conference: Conference) -> list[Place]:
    rows = Place.objects.active().filter(
        booking__conference=conference, pass_type__role__in=COUNTED
    )
    return list(
        rows.select_related("pass_type", "booking", "user__member", "member", "particulars")
    )


def _elsewhere(places: Iterable[Place]) -> set[int]:
    """The places whose person, by address, membership or sign-in, is in two delegations."""
    bodies: defaultdict[tuple[str, object], set[int | None]] = defaultdict(set)
    for place in places:
        for key in _keys(place):
            bodies[key].add(place.booking.organisation_id)
    return {place.pk for place in places if any(len(bodies[key]) > 1 for key in _keys(place))}


def _keys(place: Place) -> list[tuple[str, object]]:
    keys = (("email", place.email), ("member", place.member_id), ("user", place.user_id))
    return [key for key in keys if key[1]]


def _names_close_at(
    conference: Conference,
) -> tuple[dt.datetime | None, dict[int, dt.datetime | None]]:
    """When the time for names is over for everybody, and for bodies that were given longer.

    One query: the extension granted last to a body is the one that counts.
    """
    granted = FilteredRelation("changes", condition=Q(changes__organisation__isnull=False))
    rows = conference.deadlines.filter(kind=Deadline.Kind.NAMES).annotate(granted=granted)
    rows = rows.annotate(
        body=F("granted__organisation"),
        longer_on=F("granted__closes_on"),
        longer_at=F("granted__closes_at"),
    )
    closing, own = None, {}
    for row in rows.order_by("granted__changed_at", "granted__pk"):
        closing = row.closing
        if row.body is not None:
            longer = Deadline(closes_on=row.longer_on, closes_at=row.longer_at).closing
            own[row.body] = row.window.extended_to(longer).closes_at
    return closing, own
