"""`{% load uk_time %}`: the words of `clock.words` as filters. Nothing known is shown as nothing.

uk_date       Friday 2 May 2025
uk_time       23:59 UK time
uk_datetime   Friday 2 May 2025, 23:59 UK time
uk_closing    the end of Thursday 30 June 2016, UK time     (an exclusive closing instant)
uk_last_day   Thursday 30 June 2016                         (the day an exclusive closing ends)
uk_opening    Friday 1 July 2016                            (an opening instant)
uk_countdown  closes in 12 days                             {{ closes_at|uk_countdown:request.at }}
uk_opens_in   opens in 12 days                              {{ opens_at|uk_opens_in:request.at }}
uk_range      Saturday 26 February 2022, 10:00 to 13:00 UK time   {{ starts_at|uk_range:ends_at }}
uk_date_range Friday 9 to Sunday 11 September 2016          {{ first|uk_date_range:last }}
uk_iso        2016-06-30T23:59+01:00                        (for <time datetime="…">)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django import template

from clock import words

register = template.Library()

When = dt.date | dt.datetime | None


def _or_nothing(tell: Callable[..., str], *given: When) -> str:
    """An unknown date is shown as nothing; saying 'to be announced' is the template's business."""
    return tell(*given) if all(given) else ""


@register.filter
def uk_date(when: When) -> str:
    """'Friday 2 May 2025'."""
    return _or_nothing(words.date_words, when)


@register.filter
def uk_time(at: dt.datetime | None) -> str:
    """'23:59 UK time'."""
    return f"{words.time_words(at)} UK time" if at else ""


@register.filter
def uk_datetime(at: dt.datetime | None) -> str:
    """'Friday 2 May 2025, 23:59 UK time'."""
    return _or_nothing(words.instant_words, at)


@register.filter
def uk_closing(closes_at: dt.datetime | None) -> str:
    """'the end of Thursday 30 June 2016, UK time' for an exclusive closing at midnight."""
    return _or_nothing(words.closing_words, closes_at)


@register.filter
def uk_last_day(closes_at: dt.datetime | None) -> str:
    """'Thursday 30 June 2016' for an exclusive closing at the midnight after it."""
    return words.date_words(words.last_day(closes_at)) if closes_at else ""


@register.filter
def uk_opening(opens_at: dt.datetime | None) -> str:
    """'Friday 1 July 2016' for an opening at midnight, else with its time."""
    return _or_nothing(words.opening_words, opens_at)


@register.filter
def uk_countdown(closes_at: dt.datetime | None, at: dt.datetime | None) -> str:
    """'closes in 12 days' as seen at an instant."""
    return _or_nothing(words.countdown_words, closes_at, at)


@register.filter
def uk_opens_in(opens_at: dt.datetime | None, at: dt.datetime | None) -> str:
    """'opens in 12 days' as seen at an instant."""
    return _or_nothing(words.countdown_to_opening_words, opens_at, at)


@register.filter
def uk_range(starts_at: dt.datetime | None, ends_at: dt.datetime | None) -> str:
    """Start and end; the start alone when no end is known."""
    if starts_at and not ends_at:
        return words.instant_words(starts_at)
    return _or_nothing(words.range_words, starts_at, ends_at)


@register.filter
def uk_date_range(first: When, last: When) -> str:
    """Inclusive dates; the first alone when no last is known."""
    if first and not last:
        return words.date_words(first)
    return _or_nothing(words.date_range_words, first, last)


@register.filter
def uk_iso(when: When) -> str:
    """For the `datetime` attribute of a <time> element."""
    return _or_nothing(words.machine_words, when)
