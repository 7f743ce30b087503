"""The sections `passes` and `extras`: what is sold, at what price, and what money needs to know.

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
from registrations.files.fields import deadline, deadlines_of, filled, key
from registrations.models import DoorRules, Extra, PassType, PriceBand

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
    "vat",
    "nominal_code",
    "prices",
)
EXTRA_FIELDS = (
    "code",
    "name",
    "includes",
    "kind",
    "date",
    "door",
    "places",
    "on_sale",
    "free_for_carers",
    "cost",
    "vat",
    "nominal_code",
    "prices",
)
NO_VAT = "none"


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
    return {
        "kind": item.choice("kind", Extra.Kind),
        "on_date": item.date("date"),
        "is_free_for_carers": item.flag("free_for_carers"),
        "cost": item.pounds("cost"),
    }


def _load(conference: Conference, node: Node, model: type, fields: tuple, values: Any) -> bool:
    deadlines = deadlines_of(conference)
    rows = {row.code: row for row in model.objects.filter(conference=conference)}
    changed = False
    for position, item in enumerate(node.elements()):
        item.only(*fields)
        for field in ("code", "name", "door"):
            item.require(field)
        door = deadline(item, "door", deadlines)
        prices = [_price(child, deadlines) for child in item.items("prices")]
        if item.problems or door is None or None in prices:
            continue
        _check_order(item, prices, door, deadlines)
        row = rows.pop(item.text("code"), None) or model(
            conference=conference, code=item.text("code")
        )
        wanted = {
            "name": item.text("name", longest=80),
            "description": item.text("includes", longest=300),
            "deadline": door,
            "capacity": item.whole("places"),
            "is_on_sale": item.flag("on_sale", default=True),
            "vat_rate": _vat(item),
            "nominal_code": item.text("nominal_code", longest=20),
            "position": position,
            **values(item),
        }
        if not item.problems:
            changed = _save(row, wanted, prices, item) or changed
    for row in rows.values():
        changed = _remove(row, node) or changed
    return changed


def _check_order(
    item: Node, prices: list[_Price], door: Deadline, deadlines: dict[str, Deadline]
) -> None:
    """Prices run in the order of their ends, and the last lasts as long as the door."""
    closings = {row.pk: row.closing for row in deadlines.values()}
    known = [closings[price.until] for price in prices if closings[price.until] is not None]
    if known != sorted(known):
        item.problem("Put the prices in the order in which their deadlines close.", "prices")
    if prices and prices[-1].until != door.pk:
        item.problem("The last price must end with the door itself.", "prices")


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
    if isinstance(row, PassType) and DoorRules.objects.filter(walk_in_pass=row).exists():
        node.problem(
            f"‘{row.code}’ is no longer in the file, but it is sold at the door. Choose another "
            "pass in the door rules first."
        )
        return False
    row.delete()
    return True


def _vat(item: Node) -> Decimal | None:
    """The rate in per cent, part of the price; 'none' or nothing: no VAT charged."""
    return None if item.text("vat") == NO_VAT else item.percent("vat")


def _price(item: Node, deadlines: dict[str, Deadline]) -> _Price | None:
    item.only("band", "until", "amount")
    for field in ("band", "until", "amount"):
        item.require(field)
    until, amount = deadline(item, "until", deadlines), item.pounds("amount")
    if until is None or amount is None:
        return None
    return _Price(item.text("band", longest=60), until.pk, amount)


def dump_passes(conference: Conference) -> list[dict[str, Any]] | None:
    """The passes as the section would say them."""
    return [
        _common(row)
        | filled(
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
        _common(row)
        | filled(
            kind=row.kind,
            date=row.on_date,
            free_for_carers=row.is_free_for_carers or None,
            cost=row.cost,
            prices=_prices(row),
        )
        for row in _dumped(conference.extras)
    ] or None


def _dumped(rows: Any) -> Any:
    return rows.select_related("deadline").prefetch_related("bands__until").order_by("position")


def _common(row: Any) -> dict[str, Any]:
    return filled(
        code=row.code,
        name=row.name,
        includes=row.description or None,
        door=key(row.deadline),
        places=row.capacity,
        on_sale=None if row.is_on_sale else False,
        vat=row.vat_rate,
        nominal_code=row.nominal_code or None,
    )


def _prices(row: Any) -> list[dict[str, Any]] | None:
    return [
        {"band": band.name, "until": key(band.until), "amount": band.amount}
        for band in row.bands.all()
    ] or None
