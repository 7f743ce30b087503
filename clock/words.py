"""Instants and dates in words, as a person in Britain reads them.

Every date carries its weekday and every time says 'UK time'. A closing instant is exclusive
(half-open intervals): one that falls on midnight is told as the end of the day before, because
'closes on Friday 1 July, 00:00' is read by half of all people as a whole day too late.
Names of days and months come from Django's translations, so that Welsh needs nothing here.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.utils.dateformat import format as date_format
from django.utils.translation import get_language

from clock import LONDON, in_london

MIDNIGHT = dt.time(0, 0)


def _london_date(when: dt.date | dt.datetime) -> dt.date:
    """The London date of an instant; a plain date is one already."""
    return in_london(when).date() if isinstance(when, dt.datetime) else when


def _is_midnight(at: dt.datetime) -> bool:
    return in_london(at).time() == MIDNIGHT


def last_day(closes_at: dt.datetime) -> dt.date:
    """The last London date on which something with this exclusive closing instant is open."""
    return in_london(closes_at - dt.timedelta(microseconds=1)).date()


def date_words(when: dt.date | dt.datetime) -> str:
    """'Friday 2 May 2025'."""
    return _date_in_words(_london_date(when), get_language())


@lru_cache(maxsize=1000)  # a page tells the same few dates again and again
def _date_in_words(date: dt.date, language: str | None) -> str:
    return date_format(date, "l j F Y")


def time_words(at: dt.datetime) -> str:
    """'23:59'; in the hour that happens twice in October also which of the two: '01:30 (GMT)'."""
    local = in_london(at)
    words = local.strftime("%H:%M")
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        words += f" ({local.tzname()})"
    return words


def instant_words(at: dt.datetime) -> str:
    """'Friday 2 May 2025, 23:59 UK time'."""
    return f"{date_words(at)}, {time_words(at)} UK time"


def closing_words(closes_at: dt.datetime) -> str:
    """An exclusive closing instant: 'the end of Thursday 30 June 2016, UK time' at midnight."""
    if _is_midnight(closes_at):
        return f"the end of {date_words(last_day(closes_at))}, UK time"
    return instant_words(closes_at)


def opening_words(opens_at: dt.datetime) -> str:
    """An inclusive opening instant: at midnight the date alone, 'Friday 1 July 2016'."""
    return date_words(opens_at) if _is_midnight(opens_at) else instant_words(opens_at)


def date_range_words(first: dt.date | dt.datetime, last: dt.date | dt.datetime) -> str:
    """Inclusive dates without saying month or year twice: 'Friday 9 to Sunday 11 September 2016'."""
    start, end = _london_date(first), _london_date(last)
    if start == end:
        return date_words(start)
    if start.year != end.year:
        shape = "l j F Y"
    elif start.month != end.month:
        shape = "l j F"
    else:
        shape = "l j"
    return f"{date_format(start, shape)} to {date_words(end)}"


def range_words(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """'Saturday 26 February 2022, 10:00 to 13:00 UK time'; over days both dates are written out."""
    if _london_date(starts_at) == _london_date(ends_at):
        return f"{date_words(starts_at)}, {time_words(starts_at)} to {time_words(ends_at)} UK time"
    return f"{date_words(starts_at)}, {time_words(starts_at)} to {instant_words(ends_at)}"


def days_left(closes_at: dt.datetime, at: dt.datetime) -> int:
    """Whole London dates between `at` and the last open day; 0 on that day, negative after it."""
    return (last_day(closes_at) - in_london(at).date()).days


def countdown_words(closes_at: dt.datetime, at: dt.datetime) -> str:
    """'closes in 12 days', 'closes tomorrow', 'closes today', 'closes today at 17:00', 'closed'."""
    if at >= closes_at:
        return "closed"
    days = days_left(closes_at, at)
    if days > 1:
        return f"closes in {days} days"
    if days == 1:
        return "closes tomorrow"
    if _is_midnight(closes_at):
        return "closes at the end of today"
    return f"closes today at {time_words(closes_at)}"


def countdown_to_opening_words(opens_at: dt.datetime, at: dt.datetime) -> str:
    """'opens in 12 days', 'opens tomorrow', 'opens today at 09:00', 'open'."""
    if at >= opens_at:
        return "open"
    days = (in_london(opens_at).date() - in_london(at).date()).days
    if days > 1:
        return f"opens in {days} days"
    return "opens tomorrow" if days == 1 else f"opens today at {time_words(opens_at)}"


def machine_words(when: dt.date | dt.datetime) -> str:
    """What a <time datetime=…> attribute takes: ISO with London's offset, or the plain date."""
    if isinstance(when, dt.datetime):
        return when.astimezone(LONDON).isoformat(timespec="minutes")
    return when.isoformat()
