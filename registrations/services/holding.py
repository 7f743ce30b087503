"""The guard that keeps N places at N: locks in one fixed order, then a recount.

Everybody who sells takes the booking row (if it exists) first, then that of the body's delegation
(where delegates' passes are among the items; see `entitlement`), then deadlines, passes and extras,
each by primary key, in that order; so no two transactions wait for each other in a ring. A deadline,
a capacity or an allocation that staff move at that moment is serialised before or after. The embedded SQLite has
one writer at a time and needs no row lock; the queries are the same.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Model, Q

from events import doors
from events.calendar import DoorState
from events.models import Deadline
from members.models import Organisation
from registrations import selling
from registrations.models import Extra, PassType, PriceBand
from registrations.orders import PlaceWish, Quote, QuotedLine
from registrations.pricing import Price, late_price, price
from registrations.selling import Item
from registrations.services import entitlement


@dataclass(frozen=True)
class Held:
    """Rows read again under their locks, and each item's window and bands for the body."""

    deadlines: dict[int, Deadline]
    items: dict[tuple[type[Model], int], Item]
    prices: selling.Prices
    windows: selling.Windows
    organisation: Organisation | None
    entitled: entitlement.Entitled | None = None

    def item(self, item: Item) -> Item:
        """The locked row of an item."""
        return self.items[type(item), item.pk]


def lock(items: Iterable[Item], organisation: Organisation | None) -> Held:
    """Lock what these items depend on and read it again. Call inside the transaction, once."""
    items = list(items)
    passes = [item for item in items if isinstance(item, PassType)]
    entitled = entitlement.lock(passes, organisation)
    keys: dict[type[Model], set[int]] = {PassType: set(), Extra: set()}
    needed: set[int] = set()
    for item in items:
        keys[type(item)].add(item.pk)
        needed.add(item.deadline_id)
    bands = PriceBand.objects.filter(Q(pass_type__in=keys[PassType]) | Q(extra__in=keys[Extra]))
    needed.update(bands.order_by().values_list("until", flat=True))
    deadlines = doors.lock_all(needed)
    rows = {
        model: list(
            model.objects.select_for_update(no_key=True).filter(pk__in=keys[model]).order_by("pk")
        )
        if keys[model]
        else []
        for model in (PassType, Extra)
    }
    prices = selling.prices_of(rows[PassType], rows[Extra])
    found = {(type(row), row.pk): row for row in (*rows[PassType], *rows[Extra])}
    asked = {row.deadline_id for row in found.values()}
    asked.update(band.until_id for bands in prices.values() for band in bands)
    if not asked <= deadlines.keys():
        raise ValidationError(
            "The prices were changed at this moment. Nothing was booked; please look again.",
            code="price_changed",
        )
    windows = doors.windows_of(deadlines.values(), organisation)
    return Held(deadlines, found, prices, windows, organisation, entitled)


def seen(shop: selling.Shop) -> Held:
    """The same of rows that were read without a lock, for somebody who books for themself.

    Only to show a price or to refuse: nothing is sold by it.
    """
    deadlines = {row.pk: row for row in shop.deadlines}
    items = {(type(item), item.pk): item for item in shop.items}
    return Held(deadlines, items, shop.prices, doors.windows_of(shop.deadlines, None), None)


def quote(held: Held, places: Sequence[PlaceWish], *, at: dt.datetime, late: bool = False) -> Quote:
    """Price every pass and extra at the instant, asking each door.

    `late`: staff let it in; a closed door gives the last price instead of a refusal, unless the
    conference is postponed or cancelled. Raises ValidationError with the door's sentence, or when
    something has no price yet.
    """
    asked = [
        (number, _Asked(row, selling.is_free(row, for_carer=place.pass_type.is_of_carer)))
        for number, place in enumerate(places)
        for row in map(held.item, place.items)
    ]
    # each thing is asked about once, however many people have it
    prices = {
        one: _price(held, one, at=at, late=late) for one in dict.fromkeys(one for _, one in asked)
    }
    return Quote(tuple(_line(number, one.item, prices[one]) for number, one in asked))


def quote_items(
    held: Held, items: Sequence[Item], *, at: dt.datetime, for_carer: bool = False
) -> Quote:
    """Price items for a place that is there already."""
    rows = [_Asked(row, selling.is_free(row, for_carer=for_carer)) for row in map(held.item, items)]
    return Quote(tuple(_line(0, one.item, _price(held, one, at=at, late=False)) for one in rows))


@dataclass(frozen=True)
class _Asked:
    """An item, and whether whoever has it gets it for nothing."""

    item: Item
    is_free: bool


def _line(place: int, item: Item, price: Price) -> QuotedLine:
    return QuotedLine(place, item, price.band.name, price.band.amount, price.until)


def _price(held: Held, asked: _Asked, *, at: dt.datetime, late: bool) -> Price:
    """The price in force, with its band. Raises ValidationError when there is none."""
    item = asked.item
    if not item.is_on_sale:
        raise ValidationError(f"{item.name} is not on sale any more.", code="not_on_sale")
    window = held.windows[item.deadline_id]
    bands = selling.bands_of(held.prices.get((type(item), item.pk), ()), held.windows)
    bands = (selling.NO_CHARGE,) if asked.is_free else bands
    deadline = held.deadlines[item.deadline_id]
    if late and window.state(at) is DoorState.CLOSED:
        doors.require_not_halted(deadline.conference)
    else:
        doors.require_open(deadline, at=at, organisation=held.organisation)
    answer = price(bands=bands, window=window, at=at)
    if answer.band is None and late:
        answer = Price(DoorState.CLOSED, late_price(bands))
    if answer.band is None:
        raise ValidationError(
            f"The price of {item.name.lower()} has not been announced yet.", code="unpriced"
        )
    return answer


def require_room(
    held: Held, places: Sequence[PlaceWish], *, instead_of: PassType | None = None
) -> None:
    """Refuse politely when a pass, an extra or the body's allocation has not enough left.

    Counts under the locks. `instead_of`: the pass that is given up for it.
    """
    asked = entitlement.kinds_of(place.pass_type for place in places)
    if instead_of is not None:
        asked.subtract(entitlement.kinds_of([instead_of]))
    entitlement.require_within(held.entitled, asked)
    require_room_for(held, [item for place in places for item in place.items])


def require_room_for(held: Held, items: Sequence[Item]) -> None:
    """The same for items by themselves."""
    refusals = sold_out([held.item(item) for item in items])
    if refusals:
        raise ValidationError(refusals, code="sold_out")


def sold_out(items: Sequence[Item]) -> list[ValidationError]:
    """A refusal for each of these rows of which fewer are left now than are asked for."""
    asked = Counter((type(item), item.pk) for item in items)
    rows = {(type(item), item.pk): item for item in items}
    taken = selling.taken(
        [item for key, item in rows.items() if key[0] is PassType],
        [item for key, item in rows.items() if key[0] is Extra],
    )
    refusals = []
    for key, number in asked.items():
        item = rows[key]
        if item.capacity is None or taken[key] + number <= item.capacity:
            continue
        left = max(0, item.capacity - taken[key])
        refusals.append(_no_room(item, left=left, asked=number))
    return refusals


def _no_room(item: Item, *, left: int, asked: int) -> ValidationError:
    if left:
        places = "1 is" if left == 1 else f"{left} are"
        message = f"{item.name}: you asked for {asked}, but only {places} left."
    else:
        message = (
            f"{item.name} is sold out: the last place went before yours arrived. Nothing was "
            "booked and nothing is charged. Please contact us to be told if a place comes free."
        )
    return ValidationError(message, code="sold_out")


def total_differs(quote: Quote, quoted: Decimal) -> ValidationError:
    """The refusal when the price shown is not the price now."""
    return ValidationError(
        f"The price has changed: this now comes to £{quote.total}, not £{quoted}. Nothing was "
        "booked. Look at the new price and confirm again if you agree.",
        code="price_changed",
        params={"total": quote.total},
    )
