"""What time is it? The one place that reads a clock.

Stored in UTC, judged and shown in Europe/London. Rules and services never call these functions:
they are given the instant (`at`). Only the edges (views, tasks, commands, admin) read the clock,
so that a test, the replay or a preview can run the same code at another instant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.db import connection

LONDON = ZoneInfo("Europe/London")
UTC = dt.UTC

_frozen_at: dt.datetime | None = None


def now() -> dt.datetime:
    """The instant by this process's clock: for showing things, never for judging a deadline."""
    return _frozen_at or dt.datetime.now(UTC)


def arrival() -> dt.datetime:
    """The instant by the one clock that judges: the database server's where there is one.

    On PostgreSQL this is `clock_timestamp()`, so that no web machine's clock matters; the embedded
    SQLite shares the machine's clock. Read once per request, when it has arrived.
    """
    if _frozen_at is not None:
        return _frozen_at
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0].astimezone(UTC)
    return dt.datetime.now(UTC)


def today() -> dt.date:
    """The date in London now."""
    return in_london(now()).date()


def in_london(at: dt.datetime) -> dt.datetime:
    """The same instant on London's wall clock."""
    return at.astimezone(LONDON)


@contextmanager
def frozen(at: dt.datetime) -> Iterator[None]:
    """Hold both clocks at one instant, process-wide: for tests and rehearsals."""
    global _frozen_at
    before, _frozen_at = _frozen_at, at.astimezone(UTC)
    try:
        yield
    finally:
        _frozen_at = before
