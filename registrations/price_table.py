"""The prices of a conference: a table with a column for each stretch between two price changes.

Where that would be more than two columns (doors that close on different days), a list says it
better, on a phone above all: each pass with its price now and what follows. So it does where the
end of a price is not known: the price was published all the same.

One query for a stranger's page; what is sold out is told where one books, not here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.urls import reverse

from clock.words import closing_words
from events.calendar import DoorState, Window
from events.models import Conference
from events.panels import Panel
from events.timeline import Mark
from registrations.models import Extra, PassType, PriceBand
from registrations.pricing import Band, price

WIDEST_TABLE = 2
TICK = dt.timedelta(microseconds=1)
Row = tuple[PassType | Extra, Window, list[Band]]


def rows(conference: Conference) -> list[Row]:
    """Each pass and extra on sale with its door and its bands for everybody, in one query."""
    bands = (
        PriceBand.objects.filter(pass_type__conference=conference)
        | PriceBand.objects.filter(extra__conference=conference)
    ).select_related("pass_type__deadline", "extra__deadline", "until")
    found: dict[tuple[bool, int], Row] = {}
    for band in bands:
        item = band.pass_type or band.extra
        if item.is_on_sale:
            key = (band.pass_type_id is None, item.pk)
            found.setdefault(key, (item, item.deadline.window, []))
            found[key][2].append(Band(band.name, band.amount, band.until.closing))
    return sorted(
        found.values(), key=lambda row: (isinstance(row[0], Extra), row[0].position, row[0].pk)
    )


def changes(found: Sequence[Row]) -> list[dt.datetime]:
    """The instants at which a price ends, in order."""
    ends = {
        min(band.closes_at, window.closes_at or band.closes_at)
        for _, window, bands in found
        for band in bands
        if band.closes_at is not None
    }
    return sorted(ends)


def panel(conference: Conference, at: dt.datetime) -> Panel | None:
    """What it costs, until when, and where to book; for interest, where to register it."""
    if conference.attendance == Conference.Attendance.INTEREST:
        return _interest(conference, at)
    found = rows(conference)
    ends = changes(found)
    if not found or conference.attendance == Conference.Attendance.NONE:
        return None
    facts = {
        "bands": [_column(found, ends, number, at) for number in range(len(ends))],
        "rows": [
            {"name": item.name, "note": item.description, "prices": _prices(window, bands, ends)}
            for item, window, bands in found
        ],
        "is_list": len(ends) > WIDEST_TABLE or any(map(_lacks_an_end, found)),
        "items": [
            {"name": item.name, "note": item.description, "steps": _steps(window, bands, at)}
            for item, window, bands in found
        ],
        "book_url": _book_url(conference, found, at),
        "form_urls": [
            {
                "name": item.name,
                "url": reverse("registrations:blank_form", args=[conference.slug, item.code]),
            }
            for item, _, _ in found
            if isinstance(item, PassType) and conference.has_open_doors
        ],
    }
    coming = [end for end in ends if end > at]
    return Panel(
        "Prices", "registrations/panel_prices.html", facts, coming[0] if coming else None, "prices"
    )


def _lacks_an_end(row: Row) -> bool:
    _, window, bands = row
    return window.closes_at is None or any(band.closes_at is None for band in bands)


def _steps(
    window: Window, bands: Sequence[Band], at: dt.datetime
) -> list[dict[str, Decimal | str | bool]]:
    """An item's own prices, one after the other, each until it ends or the door closes."""
    steps = []
    for number, band in enumerate(bands):
        is_last = number == len(bands) - 1
        end = window.closes_at if is_last or band.closes_at is None else band.closes_at
        begins = bands[number - 1].closes_at if number else None
        steps.append(
            {
                "amount": band.amount,
                "when": _when(end, begins),
                "is_current": window.closes_at is not None
                and (end is None or at < end)
                and (begins is None or at >= begins),
                "is_past": end is not None and at >= end,
            }
        )
    return steps


def _when(end: dt.datetime | None, begins: dt.datetime | None) -> str:
    if end is not None:
        return f"until {closing_words(end)}"
    return "after that" if begins is not None else ""


def _column(
    found: Sequence[Row], ends: Sequence[dt.datetime], number: int, at: dt.datetime
) -> dict[str, object]:
    end = ends[number]
    names = [
        band.name
        for _, _, bands in found
        for band in bands
        if band.closes_at == end and isinstance(band.name, str)
    ]
    return {
        "name": names[0][:1].upper() + names[0][1:] if names else "Until",
        "when": f"until {closing_words(end)}",
        "is_current": at < end and (number == 0 or at >= ends[number - 1]),
        "is_past": at >= end,
    }


def _prices(
    window: Window, bands: Sequence[Band], ends: Sequence[dt.datetime]
) -> list[Decimal | str | None]:
    """A price for each column; 'closed' where the door has closed by then, None when unknown."""
    answers = [price(bands=bands, window=window, at=end - TICK) for end in ends]
    return ["closed" if row.state is DoorState.CLOSED else row.amount for row in answers]


def _book_url(conference: Conference, found: Sequence[Row], at: dt.datetime) -> str:
    is_open = any(window.is_open(at) for item, window, _ in found if isinstance(item, PassType))
    if not is_open or not conference.has_open_doors:
        return ""
    return reverse("registrations:choose", args=[conference.slug])


def _interest(conference: Conference, at: dt.datetime) -> Panel | None:
    is_over = conference.status == Conference.Status.OVER
    if is_over or not conference.has_open_doors:
        return None
    facts = {"url": reverse("registrations:interest", args=[conference.slug])}
    return Panel("Coming?", "registrations/panel_interest.html", facts, None, "interest")


def marks(conference: Conference) -> Iterator[Mark]:
    """For the timeline: each instant at which a price changes to another."""
    for item, window, bands in rows(conference):
        for end in changes([(item, window, bands)]):
            before = price(bands=bands, window=window, at=end - TICK)
            after = price(bands=bands, window=window, at=end)
            if before.band and after.band and before.band != after.band:
                text = f"{item.name}: £{before.amount} becomes £{after.amount}"
                yield Mark(end, "price", text)
