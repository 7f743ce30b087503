"""The sections `passes`, `extras` and `delegations` of a conference file.

A door or the end of a price names a deadline of the file by its kind, or `kind/name` where there
are several of a kind. What is not known stays out; a pass that somebody has booked is not removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from events.files.node import Node
from events.models import Conference, Deadline
from registrations.models import DelegationRules, Extra, PassType, PriceBand

PASS_FIELDS = (
    "code",
    "name",
    "includes",
    "role",
    "sold_to",
    "date",
    "door",
    "places",
    "members_only",
    "on_sale",
    "prices",
)
EXTRA_FIELDS = ("code", "name", "includes", "kind", "date", "door", "places", "on_sale", "prices")


@dataclass(frozen=True, slots=True)
class _Price:
    name: str
    until: int
    amount: Decimal


def load_passes(conference: Conference, node: Node) -> bool:
    """Make the passes equal to the section; says whether anything changed."""
    return _load(conference, node, PassType, PASS_FIELDS, _pass_values)


def load_extras(conference: Conference, node: Node) -> bool:
    """Make the extras equal to the section; says whether anything changed."""
    return _load(conference, node, Extra, EXTRA_FIELDS, _extra_values)


def _pass_values(item: Node) -> dict[str, Any]:
    for field in ("role", "sold_to"):
        item.require(field)
    return {
        "role": item.choice("role", PassType.Role),
        "sold_to": item.choice("sold_to", PassType.SoldTo),
        "membership_required": item.flag("members_only"),
        "only_on": item.date("date"),
    }


def _extra_values(item: Node) -> dict[str, Any]:
    item.require("kind")
    return {"kind": item.choice("kind", Extra.Kind), "on_date": item.date("date")}


def _load(conference: Conference, node: Node, model: type, fields: tuple, values: Any) -> bool:
    deadlines = {_key(row): row for row in conference.deadlines.all()}
    rows = {row.code: row for row in model.objects.filter(conference=conference)}
    changed = False
    for position, item in enumerate(node.elements()):
        item.only(*fields)
        for field in ("code", "name", "door"):
            item.require(field)
        door = _deadline(item, "door", deadlines)
        prices = [_price(child, deadlines) for child in item.items("prices")]
        if item.problems or door is None or None in prices:
            continue
        row = rows.pop(item.text("code"), None) or model(
            conference=conference, code=item.text("code")
        )
        wanted = {
            "name": item.text("name", longest=80),
            "description": item.text("includes", longest=300),
            "deadline": door,
            "capacity": item.whole("places"),
            "is_on_sale": item.flag("on_sale", default=True),
            "position": position,
            **values(item),
        }
        changed = _save(row, wanted, prices, item) or changed
    for row in rows.values():
        changed = _remove(row, node) or changed
    return changed


def _save(row: Any, wanted: dict[str, Any], prices: list[_Price], item: Node) -> bool:
    present = None if row.pk is None else {name: getattr(row, name) for name in wanted}
    owner = "pass_type" if isinstance(row, PassType) else "extra"
    bands = [] if row.pk is None else list(row.bands.order_by("position"))
    same = [_Price(band.name, band.until_id, band.amount) for band in bands] == prices
    if present == wanted and same:
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    try:
        row.full_clean()
        row.save()
        if not same:
            row.bands.all().delete()
            for position, price in enumerate(prices):
                band = PriceBand(
                    **{owner: row},
                    name=price.name,
                    amount=price.amount,
                    until_id=price.until,
                    position=position,
                )
                band.full_clean()
                band.save()
    except ValidationError as error:
        for sentence in error.messages:
            item.problem(sentence)
    return True


def _remove(row: Any, node: Node) -> bool:
    if row.lines.exists():
        node.problem(
            f"‘{row.code}’ is no longer in the file, but somebody has booked it. Take it off sale "
            "with ‘on_sale: no’ instead."
        )
        return False
    row.delete()
    return True


def _price(item: Node, deadlines: dict[str, Deadline]) -> _Price | None:
    item.only("band", "until", "amount")
    for field in ("band", "until", "amount"):
        item.require(field)
    until, amount = _deadline(item, "until", deadlines), item.pounds("amount")
    if until is None or amount is None:
        return None
    return _Price(item.text("band", longest=60), until.pk, amount)


def _deadline(item: Node, field: str, deadlines: dict[str, Deadline]) -> Deadline | None:
    named = item.text(field)
    if named and named not in deadlines:
        known = ", ".join(sorted(deadlines)) or "none"
        item.problem(f"This conference has no deadline ‘{named}’. It has: {known}.", field)
    return deadlines.get(named)


def _key(row: Deadline) -> str:
    return f"{row.kind}/{row.name}" if row.name else row.kind


def dump_passes(conference: Conference) -> list[dict[str, Any]] | None:
    """The passes as the section would say them."""
    return [
        _common(row)
        | _filled(
            role=row.role,
            sold_to=row.sold_to,
            date=row.only_on,
            members_only=row.membership_required or None,
            prices=_prices(row),
        )
        for row in _dumped(conference.pass_types)
    ] or None


def dump_extras(conference: Conference) -> list[dict[str, Any]] | None:
    """The extras as the section would say them."""
    return [
        _common(row) | _filled(kind=row.kind, date=row.on_date, prices=_prices(row))
        for row in _dumped(conference.extras)
    ] or None


def _dumped(rows: Any) -> Any:
    return rows.select_related("deadline").prefetch_related("bands__until").order_by("position")


def _common(row: Any) -> dict[str, Any]:
    return _filled(
        code=row.code,
        name=row.name,
        includes=row.description or None,
        door=_key(row.deadline),
        places=row.capacity,
        on_sale=None if row.is_on_sale else False,
    )


def _prices(row: Any) -> list[dict[str, Any]] | None:
    return [
        {"band": band.name, "until": _key(band.until), "amount": band.amount}
        for band in row.bands.all()
    ] or None


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


DELEGATION_FIELDS = (
    "beyond",
    "without_allocation",
    "imbalance_blocks",
    "odd_may_differ",
    "youth_until",
    "membership_on",
)


def load_delegations(conference: Conference, node: Node) -> bool:
    """Make the rules for delegations those of the section; what it leaves out has its default."""
    node.only(*DELEGATION_FIELDS)
    row = DelegationRules.objects.filter(conference=conference).first()
    wanted = DelegationRules(
        conference=conference,
        beyond=node.choice("beyond", DelegationRules.Beyond, DelegationRules.Beyond.QUEUED),
        without_allocation=node.choice(
            "without_allocation", DelegationRules.Missing, DelegationRules.Missing.NO_LIMIT
        ),
        imbalance_blocks=node.flag("imbalance_blocks"),
        odd_may_differ=node.flag("odd_may_differ", default=True),
        youth_until=node.whole("youth_until") or DelegationRules.YouthUntil.THIRTY,
        membership_on=node.date("membership_on"),
    )
    if row is not None and _rules(row) == _rules(wanted):
        return False
    try:
        wanted.full_clean(exclude=["conference"], validate_unique=False)
    except ValidationError as error:
        for sentence in error.messages:
            node.problem(sentence)
        return False
    wanted.save()
    return True


def dump_delegations(conference: Conference) -> dict[str, Any] | None:
    """The rules as the section would say them; nothing where the defaults hold."""
    row = DelegationRules.objects.filter(conference=conference).first()
    return None if row is None else _filled(**_rules(row))


def _rules(row: DelegationRules) -> dict[str, Any]:
    return {name: getattr(row, name) for name in DELEGATION_FIELDS}
