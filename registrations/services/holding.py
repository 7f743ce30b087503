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
from django.db.models import Model, Prefetch, Q

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
    in_order = Prefetch("bands", PriceBand.objects.order_by("position", "pk"))
    found: dict[tuple[type[Model], int], Item] = {}
    for model in (PassType, Extra):
        locked = model.objects.select_for_update(no_key=True).filter(pk__in=keys[model])
        rows = locked.order_by("pk").prefetch_related(in_order)
        found.update({(model, row.pk): row for row in rows})
    for row in found.values():
        if not {row.deadline_id, *(band.until_id for band in row.bands.all())} <= deadlines.keys():
            raise ValidationError(
                "The prices were changed at this moment. Nothing was booked; please look again.",
                code="price_changed",
            )
    windows = selling.windows(deadlines.values(), organisation)
    return Held(deadlines, found, windows, organisation, entitled)


def quote(held: Held, places: Sequence[PlaceWish], *, at: dt.datetime, late: bool = False) -> Quote:
    """Price every pass and extra at the instant, asking each door.

    `late`: staff let it in; a closed door gives the last price instead of a refusal, unless the
    conference is postponed or cancelled. Raises ValidationError with the door's sentence, or when
    something has no price yet.
    """
    asked = [
        (number, held.item(item)) for number, place in enumerate(places) for item in place.items
    ]
    # each thing is asked about once, however many people have it
    prices = {
        item: _price(held, item, at=at, late=late) for item in dict.fromkeys(i for _, i in asked)
    }
    return Quote(tuple(_line(number, item, prices[item]) for number, item in asked))


def quote_items(held: Held, items: Sequence[Item], *, at: dt.datetime) -> Quote:
    """Price items for a place that is there already."""
    rows = [held.item(item) for item in items]
    return Quote(tuple(_line(0, row, _price(held, row, at=at, late=False)) for row in rows))


def _line(place: int, item: Item, price: Price) -> QuotedLine:
    return QuotedLine(place, item, price.band.name, price.band.amount, price.until)


def _price(held: Held, item: Item, *, at: dt.datetime, late: bool) -> Price:
    """The price in force, with its band. Raises ValidationError when there is none."""
    if not item.is_on_sale:
        raise ValidationError(f"{item.name} is not on sale any more.", code="not_on_sale")
    window = held.windows[item.deadline_id]
    bands = selling.bands_of(item.bands.all(), held.windows)
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
    asked = Counter((type(item), item.pk) for item in items)
    passes = [held.items[key] for key in asked if key[0] is PassType]
    extras = [held.items[key] for key in asked if key[0] is Extra]
    taken = selling.taken(passes, extras)
    refusals = []
    for key, number in asked.items():
        item = held.items[key]
        if item.capacity is None or taken[key] + number <= item.capacity:
            continue
        left = max(0, item.capacity - taken[key])
        refusals.append(_no_room(item, left=left, asked=number))
    if refusals:
        raise ValidationError(refusals, code="sold_out")


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
