"""Members, as the party's register exports them: matched by number, never removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower

from members.imports import columns, lookups
from members.imports.columns import Column, Row
from members.imports.plan import Fate, Kind, Planned, differences, firsts, once, refused
from members.models import Member, User
from members.rules import may_import_register
from members.services.register import enter_member

Standing = Member.Standing
ZEROS = 6
NUMBER = Column(
    "number",
    "membership number",
    columns.text(30),
    "0012345",
    also=("member number", "number", "membership no", "member no"),
    is_needed=True,
)
LAPSED_ON = Column("lapsed_on", "lapsed on", columns.date, "", also=("date lapsed",))
COLUMNS = (
    NUMBER,
    Column(
        "given_names",
        "given names",
        columns.text(100),
        "Ann",
        also=("first name", "first names", "forename", "forenames", "given name"),
        is_needed=True,
    ),
    Column(
        "surname",
        "surname",
        columns.text(100),
        "Other",
        also=("last name", "family name"),
        is_needed=True,
    ),
    Column("postcode", "postcode", columns.text(10), "CF10 1AA", also=("post code",)),
    Column("email", "e-mail", columns.email, "ann@example.org", also=("email address",)),
    Column(
        "standing",
        "standing",
        columns.choice(
            {
                "full": Standing.FULL,
                "provisional": Standing.PROVISIONAL,
                "lapsed": Standing.LAPSED,
                "full member": Standing.FULL,
            }
        ),
        "full",
        also=("status", "membership status"),
        is_needed=True,
        explain="full, provisional or lapsed",
    ),
    Column("joined_on", "joined", columns.date, "2016-04-04", also=("date joined", "join date")),
    LAPSED_ON,
    Column("region", "region", columns.text(80), "Wales", explain="by the party's own names"),
    Column(
        "organisation",
        "body",
        columns.text(150),
        "",
        also=("branch", "party council"),
        explain="branch or party council, by its name or number",
    ),
)
HEADS = {each.name: each.head for each in COLUMNS}
OTHERS = {name: HEADS[name] for name in HEADS if name not in {"number", "given_names", "surname"}}


def plan(rows: list[Row], options: dict[str, Any], lock: bool) -> list[Planned]:
    """Compare with the records there are, by membership number."""
    once(rows, NUMBER)
    numbers = {str(row.values["number"]).lower() for row in rows if "number" in row.values}
    there = {row.number.lower(): row for row in _members(numbers, lock)}
    longer = _with_zeros(numbers - set(there))
    regions, bodies = lookups.regions(), lookups.bodies()
    for row in rows:
        lookups.resolve(row, "region", COLUMNS, regions, "region")
        lookups.resolve(row, "organisation", COLUMNS, bodies, "body")
        number = str(row.values.get("number", "")).lower()
        if number in longer:
            row.refuse(
                NUMBER,
                f"{row.values['number']} has lost its leading zeros: the register here has "
                f"{longer[number]}. Format the column as text.",
            )
    return [_planned(row, there) for row in rows]


def _members(numbers: Iterable[str], lock: bool) -> QuerySet[Member]:
    found = Member.objects.annotate(plain=Lower("number")).filter(plain__in=numbers)
    found = found.select_related("region", "organisation")
    return found.select_for_update(of=("self",)).order_by("pk") if lock else found


def _with_zeros(numbers: Iterable[str]) -> dict[str, str]:
    """Numbers for which there is a record only with noughts before it."""
    padded = {
        "0" * zeros + number: number
        for number in numbers
        if number.isdigit()
        for zeros in range(1, ZEROS + 1)
    }
    found = Member.objects.filter(number__in=padded).values_list("number", flat=True)
    return {padded[number]: number for number in found}


def _planned(row: Row, there: dict[str, Member]) -> Planned:
    said = row.values
    label = f"{said.get('number', '–')} {said.get('given_names', '')} {said.get('surname', '')}"
    member = there.get(str(said.get("number", "")).lower())
    values = {name: value for name, value in said.items() if name != "number" or member is None}
    if said.get("standing") not in {None, Standing.LAPSED}:
        if "lapsed_on" in said:
            row.refuse(LAPSED_ON, "a member in standing has not lapsed.")
        elif member is not None and member.lapsed_on:
            values["lapsed_on"] = None
    joined = values.get("joined_on") or (member.joined_on if member else None)
    lapsed = values.get("lapsed_on")
    if joined and lapsed and lapsed < joined:
        row.refuse(LAPSED_ON, "a membership cannot lapse before it began.")
    if row.problems:
        return refused(row, label)
    if member is None:
        changes = firsts(values, OTHERS)
        return Planned(row.number, label, Fate.NEW, changes=changes, values=values)
    changes = differences(member, values, HEADS)
    fate = Fate.CHANGED if changes else Fate.UNCHANGED
    return Planned(row.number, label, fate, changes=changes, target=member, values=values)


def write(*, by: User, planned: Planned, options: dict[str, Any], at: dt.datetime) -> None:
    """Enter one of them."""
    enter_member(by=by, member=planned.target, values=planned.values, at=at)


KIND = Kind(
    name="members",
    title="Import members",
    explain="Members are known by their number. Whoever is not in the file stays as they are; an empty "
    "cell changes nothing. The party's register stays the master.",
    columns=COLUMNS,
    model=Member,
    may=may_import_register,
    plan=plan,
    write=write,
)
