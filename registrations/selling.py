"""What is for sale at a conference, to whom, at what price and until when: reading only.

Nothing here decides a sale; `services.submitting` asks again under its locks.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from events import doors
from events.calendar import DoorState, Window
from events.models import Conference, Deadline, DeadlineChange
from members.models import Organisation
from registrations.models import Extra, Line, PassType, PriceBand
from registrations.pricing import Band, Price, price

Item = PassType | Extra
Windows = Mapping[int, Window]


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


def windows(deadlines: Iterable[Deadline], organisation: Organisation | None) -> dict[int, Window]:
    """The window of each deadline for the body, by primary key: one query however many there are.

    The extension granted last to the body is the one that counts, as in `events.doors.window_for`.
    """
    rows = {deadline.pk: deadline for deadline in deadlines}
    own: dict[int, DeadlineChange] = {}
    if organisation is not None:
        changes = DeadlineChange.objects.filter(deadline__in=rows, organisation=organisation)
        own = {change.deadline_id: change for change in changes.order_by("changed_at", "pk")}
    return {
        pk: row.window.extended_to(own[pk].closing if pk in own else None)
        for pk, row in rows.items()
    }


def bands_of(rows: Iterable[PriceBand], windows: Windows) -> tuple[Band, ...]:
    """An item's price bands in order, each ending where its deadline closes for this body."""
    return tuple(Band(row.name, row.amount, windows[row.until_id].closes_at) for row in rows)


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
    passes, extras = _on_sale(conference.pass_types), _on_sale(conference.extras)
    found = _offered(conference, passes, extras, at=at, organisation=organisation)
    return found[: len(passes)], found[len(passes) :]


def extras(
    conference: Conference, *, at: dt.datetime, organisation: Organisation | None = None
) -> list[Offer]:
    """The extras alone, for somebody who is booked already."""
    rows = _on_sale(conference.extras)
    return _offered(conference, [], rows, at=at, organisation=organisation)


def _on_sale(items: QuerySet[PassType] | QuerySet[Extra]) -> list[Item]:
    found = items.filter(is_on_sale=True).select_related("deadline")
    return list(found.order_by("position", "pk"))


def _offered(
    conference: Conference,
    passes: list[PassType],
    extras: list[Extra],
    *,
    at: dt.datetime,
    organisation: Organisation | None,
) -> list[Offer]:
    items = [*passes, *extras]
    prices = _prices(passes, extras)
    deadlines = {item.deadline for item in items}
    deadlines.update(band.until for bands in prices.values() for band in bands)
    by_deadline = windows(deadlines, organisation)
    held = taken(passes, extras)

    def offer(item: Item) -> Offer:
        window = by_deadline[item.deadline_id]
        bands = bands_of(prices[type(item), item.pk], by_deadline)
        now = price(bands=bands, window=window, at=at)
        if now.state is DoorState.OPEN and not conference.has_open_doors:
            now = Price(DoorState.UNKNOWN)
        left = None
        if item.capacity is not None:
            left = max(0, item.capacity - held[type(item), item.pk])
        return Offer(item, now, window, bands, left)

    return [offer(item) for item in items]


def _prices(
    passes: Sequence[PassType], extras: Sequence[Extra]
) -> defaultdict[tuple[type, int], list[PriceBand]]:
    """The price bands of each item in order, by (model, primary key): one query for all."""
    found: defaultdict[tuple[type, int], list[PriceBand]] = defaultdict(list)
    if passes or extras:
        of_these = Q(pass_type__in=passes) | Q(extra__in=extras)
        rows = PriceBand.objects.filter(of_these).select_related("until")
        for band in rows.order_by("position", "pk"):
            is_of_pass = band.extra_id is None
            key = (PassType, band.pass_type_id) if is_of_pass else (Extra, band.extra_id)
            found[key].append(band)
    return found


def for_bodies(passes: Iterable[Offer]) -> list[Offer]:
    """The passes a body books for its delegates and guests."""
    return [offer for offer in passes if offer.item.sold_to != PassType.SoldTo.MEMBERS]


def for_a_person(passes: Iterable[Offer]) -> list[Offer]:
    """The passes somebody books for themself."""
    return [offer for offer in passes if offer.item.sold_to != PassType.SoldTo.BODIES]


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
