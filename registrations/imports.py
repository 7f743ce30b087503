"""Places allocated to bodies, as the grant letters list them: a row a body and kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from events.models import Conference
from members.imports import columns, lookups
from members.imports.columns import Column, Row
from members.imports.plan import Fate, Kind, Planned, differences, refused
from members.models import Organisation, User
from registrations import rules
from registrations.models import Allocation, Delegation, PlaceKind
from registrations.services import delegations, entitlement

EX_OFFICIO = "ex_officio"
BODY = Column(
    "body",
    "body",
    columns.text(150),
    "Cardiff Party Council",
    also=("name", "party council", "society", "register number"),
    is_needed=True,
    explain="by its name or its number in the party's register",
)
KIND_OF_PLACE = Column(
    "kind",
    "kind",
    columns.choice(
        {
            "standard": PlaceKind.STANDARD,
            "youth": PlaceKind.YOUTH,
            "delegates": PlaceKind.STANDARD,
            "delegate": PlaceKind.STANDARD,
            "youth delegates": PlaceKind.YOUTH,
            "ex-officio": EX_OFFICIO,
        }
    ),
    "standard",
    is_needed=True,
    explain="standard or youth; ex-officio places are outside the count",
)
COLUMNS = (
    BODY,
    KIND_OF_PLACE,
    Column("places", "places", columns.whole(delegations.MOST_PLACES), "5", is_needed=True),
    Column(
        "source",
        "source",
        columns.text(200),
        "grant letter of 3 March",
        also=("where it is written", "letter"),
        is_needed=True,
        explain="where the number is written",
    ),
)


class WhichConference(forms.Form):
    """For which conference."""

    conference = forms.ModelChoiceField(
        label="Conference",
        queryset=Conference.objects.exclude(status=Conference.Status.OVER),
        empty_label=None,
    )


def plan(rows: list[Row], options: dict[str, Any], lock: bool) -> list[Planned]:
    """Compare with what is allocated at the conference."""
    senders = lookups.bodies(Organisation.objects.senders())
    branches = lookups.bodies(Organisation.objects.active().filter(kind=Organisation.Kind.BRANCH))
    held = Delegation.objects.filter(conference=options["conference"]).order_by("pk")
    there = list(held.select_for_update(no_key=True) if lock else held)
    allocations = {
        (row.delegation.organisation_id, row.kind): row
        for row in Allocation.objects.filter(delegation__in=there).select_related("delegation")
    }
    met: dict[tuple[int, str], int] = {}
    found = []
    for row in rows:
        label = f"{row.values.get('body', '–')}, {row.values.get('kind', '–')}"
        if str(row.values.get("body", "")).casefold() in branches:
            row.refuse(BODY, "a branch sends no delegates: name its party council.")
        else:
            lookups.resolve(row, "body", COLUMNS, senders, "party council or society")
        if row.values.get("kind") == EX_OFFICIO:
            row.refuse(
                KIND_OF_PLACE,
                "ex-officio places come outside the count, so nothing is allocated. Leave it out.",
            )
        found.append(_planned(row, label, allocations, met))
    return found


def _planned(
    row: Row,
    label: str,
    allocations: dict[tuple[int, str], Allocation],
    met: dict[tuple[int, str], int],
) -> Planned:
    if not row.problems:
        key = (row.values["body"].pk, row.values["kind"])
        if met.setdefault(key, row.number) != row.number:
            row.refuse(BODY, f"row {met[key]} says the same body and kind.")
    if row.problems:
        return refused(row, label)
    body, kind = row.values["body"], PlaceKind(row.values["kind"])
    label = f"{body}, {kind.label}"
    present = allocations.get((body.pk, kind))
    said = {name: row.values[name] for name in ("places", "source")}
    if present is None:
        more = [(name, "", value) for name, value in said.items()]
        return Planned(row.number, label, Fate.NEW, changes=more, values=row.values)
    changes = differences(present, said, {})
    fate = Fate.CHANGED if changes else Fate.UNCHANGED
    return Planned(row.number, label, fate, changes=changes, values=row.values)


def write(*, by: User, planned: Planned, options: dict[str, Any], at: dt.datetime) -> None:
    """Allocate one of them."""
    said = dict(planned.values)
    delegation = entitlement.of(options["conference"], said.pop("body"))
    delegations.allocate(by=by, delegation=delegation, at=at, **said)


KIND = Kind(
    name="allocations",
    title="Import allocated places",
    explain="A row for each body and kind of place. It replaces what was entered before; places "
    "booked already stay. Nobody is written to.",
    columns=COLUMNS,
    model=Allocation,
    may=rules.may_manage_delegations,
    plan=plan,
    write=write,
    options=WhichConference,
)
