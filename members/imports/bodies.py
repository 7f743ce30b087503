"""Branches, party councils and societies: matched by register number or name, never removed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from members import public_names
from members.imports import columns, lookups
from members.imports.columns import Column, Row
from members.imports.plan import Fate, Kind, Planned, differences, firsts, once, refused
from members.models import Organisation, User
from members.rules import may_import_register
from members.services.register import enter_body

BodyKind = Organisation.Kind
NAME = Column(
    "name",
    "name",
    columns.text(150),
    "Cardiff Party Council",
    also=("body", "organisation"),
    is_needed=True,
)
NUMBER = Column(
    "register_number",
    "register number",
    columns.text(30),
    "PC-017",
    also=("number",),
    explain="by which a body is recognised when its name changes",
)
PARENT = Column(
    "parent",
    "party council",
    columns.text(150),
    "",
    also=("parent",),
    explain="of a branch, by name; it may stand in the same file",
)
COLUMNS = (
    NAME,
    Column(
        "kind",
        "kind",
        columns.choice(
            {
                "party council": BodyKind.PARTY_COUNCIL,
                "branch": BodyKind.BRANCH,
                "society": BodyKind.SOCIETY,
                "local party": BodyKind.PARTY_COUNCIL,
                "party_council": BodyKind.PARTY_COUNCIL,
            }
        ),
        "party council",
        is_needed=True,
        explain="party council, branch or society",
    ),
    Column("region", "region", columns.text(80), "Wales", explain="by the party's own names"),
    PARENT,
    NUMBER,
    Column(
        "contact_email",
        "shared mailbox",
        columns.email,
        "office@example.org",
        also=("e-mail", "contact e-mail"),
    ),
)
HEADS = {each.name: each.head for each in COLUMNS}
OTHERS = {name: HEADS[name] for name in HEADS if name != "name"}


def plan(rows: list[Row], options: dict[str, Any], lock: bool) -> list[Planned]:
    """Compare with the bodies there are; a council may come in the same file as its branches."""
    once(rows, NAME)
    once(rows, NUMBER)
    held = Organisation.objects.select_related("region", "parent").order_by("pk")
    held = held.select_for_update(of=("self",)) if lock else held
    there = list(held)
    by_number = {row.register_number.casefold(): row for row in there if row.register_number}
    by_name = {row.name.casefold(): row for row in there}
    regions = lookups.regions()
    found: dict[int, Planned] = {}
    met: dict[int, int] = {}
    coming: dict[str, Planned] = {}
    for row in sorted(rows, key=lambda one: one.values.get("kind") == BodyKind.BRANCH):
        lookups.resolve(row, "region", COLUMNS, regions, "region")
        number = str(row.values.get("register_number", "")).casefold()
        body = by_number.get(number) or by_name.get(str(row.values.get("name", "")).casefold())
        _find_parent(row, body, by_name, coming)
        _check_name(row, body, by_name)
        if body is not None and met.setdefault(body.pk, row.number) != row.number:
            row.refuse(NAME, f"row {met[body.pk]} is about {body.name} already.")
        made = found[row.number] = _planned(row, body)
        if made.fate is not Fate.REFUSED and made.values["kind"] == BodyKind.PARTY_COUNCIL:
            coming[made.label.casefold()] = made
    return [found[row.number] for row in sorted(rows, key=lambda one: one.number)]


def _find_parent(
    row: Row,
    body: Organisation | None,
    by_name: dict[str, Organisation],
    coming: dict[str, Planned],
) -> None:
    """A branch's council: one that is here, or one that the same file brings (kept by its name)."""
    words = row.values.pop("parent", None)
    if row.values.get("kind") != BodyKind.BRANCH:
        if words is not None:
            row.refuse(PARENT, "only a branch belongs to a party council. Empty the cell.")
        elif body is not None and body.parent_id and "kind" in row.values:
            row.values["parent"] = None
        return
    if words is None:
        return
    held = by_name.get(words.casefold())
    if words.casefold() in coming and held is None:
        row.values["parent_coming"] = words.casefold()
    elif held is None or held.kind != BodyKind.PARTY_COUNCIL or not held.is_active:
        row.refuse(PARENT, f"there is no party council ‘{words[:80]}’, here or in the file.")
    else:
        row.values["parent"] = held


def _check_name(row: Row, body: Organisation | None, by_name: dict[str, Organisation]) -> None:
    other = by_name.get(str(row.values.get("name", "")).casefold())
    if body is not None and other is not None and other.pk != body.pk:
        row.refuse(NAME, f"another body is called {other.name} already.")
    if body is not None and not body.is_active:
        row.refuse(NAME, f"{body.name} is marked as gone. Change that on its page first.")


def _planned(row: Row, body: Organisation | None) -> Planned:
    label = str(row.values.get("name", "–"))
    if row.problems:
        return refused(row, label)
    values = dict(row.values)
    shown = {name: value for name, value in values.items() if name != "parent_coming"}
    waits = "parent_coming" in values
    if body is None:
        changes = firsts(shown, OTHERS)
        return Planned(row.number, label, Fate.NEW, changes=changes, values=values, waits=waits)
    changes = differences(body, shown, HEADS)
    if waits:
        changes.append((PARENT.head, str(body.parent or ""), values["parent_coming"]))
    return Planned(
        row.number,
        label,
        Fate.CHANGED if changes else Fate.UNCHANGED,
        changes=changes,
        target=body,
        values=values,
        waits=waits,
    )


def write(*, by: User, planned: Planned, options: dict[str, Any], at: dt.datetime) -> None:
    """Enter one of them; a council that comes in the file was entered before."""
    values = dict(planned.values)
    coming = values.pop("parent_coming", None)
    if coming is not None:
        values["parent"] = Organisation.objects.get(name__iexact=coming)
    enter_body(by=by, body=planned.target, values=values, at=at)


KIND = Kind(
    name="bodies",
    title="Import bodies",
    explain="Bodies are known by their number in the party's register, or else by their name. A body "
    "that is not in the file stays as it is; an empty cell changes nothing.",
    columns=COLUMNS,
    model=Organisation,
    may=may_import_register,
    plan=plan,
    write=write,
    after=public_names.changed,
)
