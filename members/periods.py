"""How long rows about people are kept: periods that a machine can read, for the register.

A period says which rows have been kept long enough at an instant, and what is then done to them.
Days are London's and count whole: 'a year after the conference' ends with the anniversary of its
last day. A row whose day or instant is not known is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

import clock
from members.endings import Blank, Delete

Due = Callable[[dt.datetime], Q]


@dataclass(frozen=True, slots=True)
class Period:
    """Rows that are `due` at an instant are deleted or blanked."""

    due: Due
    then: Delete | Blank


def after(*fields: str, years: int = 0, days: int = 0, only: Q | None = None) -> Due:
    """Any of these instants is so long ago, to the microsecond; only for rows that fit `only`."""

    def due(at: dt.datetime) -> Q:
        until = _years_before(at, years) - dt.timedelta(days=days)
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__lte": until})
        return found & only if only else found

    return due


def after_the_day(field: str, *, years: int = 0) -> Due:
    """The day is over, and so are so many years since."""

    def due(at: dt.datetime) -> Q:
        midnight = clock.in_london(at).replace(hour=0, minute=0, second=0, microsecond=0)
        return Q(**{f"{field}__lt": _years_before(midnight, years).date()})

    return due


def on_the_day(field: str) -> Due:
    """The day that the row itself states has come."""
    return lambda at: Q(**{f"{field}__lte": clock.in_london(at).date()})


def _years_before(at: dt.datetime, years: int) -> dt.datetime:
    """The same day and hour; of 29 February the 28th, which keeps a row a day longer."""
    is_leap_day = years and (at.month, at.day) == (2, 29)
    return at.replace(year=at.year - years, day=28 if is_leap_day else at.day)
