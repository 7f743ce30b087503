"""What is for sale at a conference, to whom, at what price and until when: reading only.

Nothing here decides a sale; `services.submitting` asks again under its locks.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from events import doors
from events.calendar import DoorState, Window
from events.models import Conference, Deadline
from members.models import Organisation
from registrations.models import Extra, Line, PassType, Place, PriceBand
from registrations.pricing import Band, Price, price

Item = PassType | Extra
#: From here on people are told how many are left.
FEW = 10
# A carer's price, whatever the bands say: nil as long as the door is open.
NO_CHARGE = Band("no charge", Decimal(0), None)
Windows = Mapping[int, Window]


Prices = Mapping[tuple[type, int], Sequence[PriceBand]]


@dataclass(frozen=True, slots=True)
class Shop:
    """The rows of what a conference has on sale: they say nothing of an instant or of who asks.

    `prices`: the bands of each item in order, by (model, primary key).
    """

    conference: Conference
    passes: list[PassType]
    extras: list[Extra]
    prices: Prices

    @property
    def items(self) -> list[Item]:
        """Passes, then extras."""
        return [*self.passes, *self.extras]

    @property
    def deadlines(self) -> set[Deadline]:
        """Every door and every end of a price."""
        ends = {band.until for rows in self.prices.values() for band in rows}
        return {item.deadline for item in self.items} | ends


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing for sale: its price now, its door for this body, and how many are left."""

    item: Item
    price: Price
    window: Window
    bands: tuple[Band, ...]
    left: int | None

    @property
    def is_sold_out(self) -> bool:
        """Nothing left, though the door may be open."""
        return self.left == 0

    @property
    def is_available(self) -> bool:
        """It can be booked now."""
        return self.price.state is DoorState.OPEN and not self.is_sold_out

    @property
    def is_free(self) -> bool:
        """Nothing to pay now."""
        return self.price.amount == Decimal(0)


def bands_of(rows: Iterable[PriceBand], windows: Windows) -> tuple[Band, ...]:
    """An item's price bands in order, each ending where its deadline closes for this body."""
    return tuple(Band(row.name, row.amount, windows[row.until_id].closes_at) for row in rows)


def is_free(item: Item, *, for_carer: bool) -> bool:
    """Nil whatever the band: a carer's pass, and an extra for a carer where staff have said so."""
    if isinstance(item, PassType):
        return item.is_of_carer
    return for_carer and item.is_free_for_carers


def taken(passes: Iterable[PassType], extras: Iterable[Extra]) -> Counter[tuple[type, int]]:
    """How many are held now, by (model, primary key): counted from the lines, never stored."""
    held: Counter[tuple[type, int]] = Counter()
    for model, field, items in ((PassType, "pass_type", passes), (Extra, "extra", extras)):
        keys = [item.pk for item in items if item.capacity is not None]
        if keys:
            lines = Line.objects.holding().filter(**{f"{field}__in": keys}).order_by()
            counts = lines.values_list(field).annotate(number=Count("pk"))
            held.update({(model, pk): number for pk, number in counts})
    return held


def offers(
    conference: Conference, *, at: dt.datetime, organisation: Organisation | None = None
) -> tuple[list[Offer], list[Offer]]:
    """(passes, extras) on sale with their price for this body, whether open, closed or sold out."""
    return offers_of(shop_of(conference), at=at, organisation=organisation)


def offers_of(
    shop: Shop, *, at: dt.datetime, organisation: Organisation | None = None
) -> tuple[list[Offer], list[Offer]]:
    """The same of rows that were read already; what is left is counted now."""
    found = _offered(shop, at=at, organisation=organisation)
    return found[: len(shop.passes)], found[len(shop.passes) :]


def shop_of(conference: Conference) -> Shop:
    """What the conference has on sale, read now: three queries."""
    passes, extras = _on_sale(conference.pass_types), _on_sale(conference.extras)
    shop = Shop(conference, passes, extras, prices_of(passes, extras))
    for row in (*shop.items, *shop.deadlines):
        row.conference = conference
    return shop


@dataclass(frozen=True, slots=True)
class Free:
    """The extras that a place can have for nothing now, and the keys of those that it has."""

    extras: list[Extra]
    held: frozenset[int]


def free_for(place: Place, *, at: dt.datetime) -> Free:
    """What the person of a place may choose without anybody having to pay."""
    booking = place.booking
    lines = place.lines.filter(extra__isnull=False, cancelled_at__isnull=True, amount=Decimal(0))
    held = frozenset(lines.values_list("extra", flat=True))
    found = extras(booking.conference, at=at, organisation=booking.organisation)
    found = for_carers(found) if place.pass_type.is_of_carer else found
    free = [offer for offer in found if offer.is_free and offer.price.state is DoorState.OPEN]
    rows = [offer.item for offer in free if not offer.is_sold_out or offer.item.pk in held]
    return Free(rows, held & {row.pk for row in rows})


def extras(
    conference: Conference, *, at: dt.datetime, organisation: Organisation | None = None
) -> list[Offer]:
    """The extras alone, for somebody who is booked already."""
    rows = _on_sale(conference.extras)
    shop = Shop(conference, [], rows, prices_of([], rows))
    return _offered(shop, at=at, organisation=organisation)


def _on_sale(items: QuerySet[PassType] | QuerySet[Extra]) -> list[Item]:
    found = items.filter(is_on_sale=True).select_related("deadline")
    return list(found.order_by("position", "pk"))


def _offered(shop: Shop, *, at: dt.datetime, organisation: Organisation | None) -> list[Offer]:
    by_deadline = doors.windows_of(shop.deadlines, organisation)
    held = taken(shop.passes, shop.extras)

    def offer(item: Item) -> Offer:
        window = by_deadline[item.deadline_id]
        bands = bands_of(shop.prices.get((type(item), item.pk), ()), by_deadline)
        bands = (NO_CHARGE,) if is_free(item, for_carer=False) else bands
        now = price(bands=bands, window=window, at=at)
        if now.state is DoorState.OPEN and not shop.conference.has_open_doors:
            now = Price(DoorState.UNKNOWN)
        left = None
        if item.capacity is not None:
            left = max(0, item.capacity - held[type(item), item.pk])
        return Offer(item, now, window, bands, left)

    return [offer(item) for item in shop.items]


def prices_of(passes: Sequence[PassType], extras: Sequence[Extra]) -> Prices:
    """The price bands of each item in order, by (model, primary key): one query for all."""
    found: defaultdict[tuple[type, int], list[PriceBand]] = defaultdict(list)
    if passes or extras:
        of_these = Q(pass_type__in=passes) | Q(extra__in=extras)
        rows = PriceBand.objects.filter(of_these).select_related("until")
        for band in rows.order_by("position", "pk"):
            is_of_pass = band.extra_id is None
            key = (PassType, band.pass_type_id) if is_of_pass else (Extra, band.extra_id)
            found[key].append(band)
    return dict(found)


def next_change(offers: Iterable[Offer], at: dt.datetime) -> dt.datetime | None:
    """The next instant at which one of them opens, closes or costs something else."""
    ends = [
        end
        for offer in offers
        for end in (
            offer.window.opens_at,
            offer.window.closes_at,
            *(band.closes_at for band in offer.bands),
        )
    ]
    return min((end for end in ends if end is not None and end > at), default=None)


def left_of(shop: Shop) -> str:
    """What is left, as far as it is told: two pages that show the same of a shop have the same."""
    held = taken(shop.passes, shop.extras)
    left = (
        item.capacity - held[type(item), item.pk]
        for item in shop.items
        if item.capacity is not None
    )
    return "-".join(str(min(max(0, number), FEW + 1)) for number in left)


def for_bodies(passes: Iterable[Offer]) -> list[Offer]:
    """The passes a body books for its delegates and guests."""
    return _sold_to(passes, PassType.SoldTo.BODIES)


def for_a_person(passes: Iterable[Offer]) -> list[Offer]:
    """The passes somebody books for themself."""
    return _sold_to(passes, PassType.SoldTo.MEMBERS)


def _sold_to(passes: Iterable[Offer], whom: str) -> list[Offer]:
    """A carer's pass is on no list: it comes with the place of the person they support."""
    fitting = {whom, PassType.SoldTo.EVERYBODY}
    return [
        offer for offer in passes if offer.item.sold_to in fitting and not offer.item.is_of_carer
    ]


def carers(passes: Iterable[Offer]) -> list[Offer]:
    """The passes for carers and personal assistants."""
    return [offer for offer in passes if offer.item.is_of_carer]


def for_carers(extras: Iterable[Offer]) -> list[Offer]:
    """The same extras at a carer's price."""
    return [_for_carer(offer) if offer.item.is_free_for_carers else offer for offer in extras]


def _for_carer(offer: Offer) -> Offer:
    if offer.price.state is not DoorState.OPEN:
        return offer
    return replace(offer, price=Price(DoorState.OPEN, NO_CHARGE), bands=(NO_CHARGE,))


def closed_in_words(offer: Offer) -> str:
    """Why it cannot be booked now, in a sentence with the date; empty when it can."""
    state, window = offer.price.state, offer.window
    conference = offer.item.conference
    if not conference.has_open_doors:
        return f"Nothing can be booked: the conference is {conference.get_status_display()}."
    if state is DoorState.CLOSED:
        return f"Booking closed at {doors.closing_in_words(window.closes_at)}."
    if state is DoorState.NOT_YET:
        return f"Booking opens on {doors.in_words(window.opens_at)}."
    if state is DoorState.UNKNOWN:
        return "The dates for booking have not been announced yet."
    return "Sold out." if offer.is_sold_out else ""
