"""The guard that keeps a delegation within its allocation: a lock, then a recount.

The row of the delegation comes right after that of the booking and before deadlines, passes and
extras, in the one order of `holding`; whoever allocates takes the same row. So a place that is
booked while staff allocate is counted either before or after, never between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Count

from events.models import Conference
from members.models import Organisation
from registrations.models import (
    COUNTED,
    Delegation,
    DelegationRules,
    PassType,
    Place,
    PlaceKind,
    PlaceRequest,
)

QUEUED, NO_LIMIT = DelegationRules.Beyond.QUEUED, DelegationRules.Missing.NO_LIMIT


@dataclass(frozen=True)
class Entitled:
    """A delegation under its lock, with the rules of its conference."""

    delegation: Delegation
    rules: DelegationRules


def rules_of(conference: Conference) -> DelegationRules:
    """The conference's rules for delegations, or the defaults."""
    found = DelegationRules.objects.filter(conference=conference).first()
    return found or DelegationRules(conference=conference)


def of(conference: Conference, organisation: Organisation) -> Delegation:
    """The delegation's row, made when there is none, so that there is something to lock."""
    return Delegation.objects.get_or_create(conference=conference, organisation=organisation)[0]


def ensure(passes: Iterable[PassType], organisation: Organisation | None) -> None:
    """Before a booking is written: make the row that `lock` locks, when delegates are booked."""
    for row in passes:
        if organisation is not None and row.role in COUNTED:
            of(row.conference, organisation)
            return


def lock(passes: Iterable[PassType], organisation: Organisation | None) -> Entitled | None:
    """Lock the delegation these passes count in. None: no delegate, no body, or no row as yet."""
    counted = next((row for row in passes if row.role in COUNTED), None)
    if counted is None or organisation is None:
        return None
    rows = Delegation.objects.filter(conference=counted.conference_id, organisation=organisation)
    row = rows.select_for_update(no_key=True, of=("self",)).select_related("organisation").first()
    rules = rules_of(counted.conference)
    return Entitled(
        row or Delegation(conference=counted.conference, organisation=organisation), rules
    )


def allocated(delegation: Delegation, rules: DelegationRules) -> dict[str, int | None]:
    """Places by kind: what was entered and what was granted since; None where there is no limit.

    Where anything was entered for the body, a kind that was not has none.
    """
    if delegation.pk is None:
        rows, asked = [], []
    else:
        rows = list(delegation.allocations.all())
        asked = list(delegation.requests.all())
    if not rows and rules.without_allocation == NO_LIMIT:
        return dict.fromkeys(PlaceKind.values)
    found: Counter[str] = Counter()
    for row in rows:
        found[row.kind] += row.places
    for row in asked:
        if row.state == PlaceRequest.State.GRANTED:
            found[row.kind] += row.granted
    return {kind: found[kind] for kind in PlaceKind.values}


def used(delegation: Delegation) -> Counter[str]:
    """Places booked and not cancelled, by kind: counted, never stored."""
    places = Place.objects.active().filter(
        booking__conference=delegation.conference_id,
        booking__organisation=delegation.organisation_id,
        pass_type__role__in=COUNTED,
    )
    counted = places.order_by().values_list("pass_type__role").annotate(number=Count("pk"))
    found: Counter[str] = Counter()
    for role, number in counted:
        found[COUNTED[PassType.Role(role)]] += number
    return found


def kinds_of(passes: Iterable[PassType]) -> Counter[str]:
    """In which counts these passes are, as often as they are there."""
    return Counter(str(COUNTED[PassType.Role(row.role)]) for row in passes if row.role in COUNTED)


def require_within(entitled: Entitled | None, asked: Mapping[str, int]) -> None:
    """Refuse a place beyond the allocation; counts under the lock. Raises ValidationError."""
    asked = {kind: number for kind, number in asked.items() if number > 0}
    if entitled is None or not asked:
        return
    limits = allocated(entitled.delegation, entitled.rules)
    held = used(entitled.delegation)
    refusals = [
        _beyond(entitled, PlaceKind(kind), limit=limits[kind], held=held[kind], asked=number)
        for kind, number in asked.items()
        if limits[kind] is not None and held[kind] + number > limits[kind]
    ]
    if refusals:
        raise ValidationError(refusals, code="over_allocation")


def _beyond(
    entitled: Entitled, kind: PlaceKind, *, limit: int, held: int, asked: int
) -> ValidationError:
    body = entitled.delegation.organisation.name
    places = "1 place" if limit == 1 else f"{limit} places"
    has = f"{body} has {places} for {kind.label}" if limit else f"{body} has no {kind.label}"
    count = f"{held} {'is' if held == 1 else 'are'} booked already" if held else ""
    wanted = f"you asked for {asked} more" if held else f"you asked for {asked}"
    facts = ", ".join(filter(None, (has, count, wanted)))
    if entitled.rules.beyond == QUEUED:
        what_now = "Ask for more places on the delegation's page: we decide and write to you."
    else:
        what_now = "Please contact us if that is not right."
    return ValidationError(f"{facts}. Nothing was booked. {what_now}", code="over_allocation")
