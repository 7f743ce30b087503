"""What strangers see has changed: what was kept of it is no longer shown.

Kept are whole public pages (`events.views.public`) and, for pages that are a person's own, the rows
that say the same to everybody (`kept`): what is on sale, which doors lead where. Both stand under
the page version, which is read from the database in every request.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import DateTimeField, F, TextField
from django.db.models.expressions import RawSQL

from events.models import Imprint, PageVersion

Kept = TypeVar("Kept")
#: How long rows are kept at most, should something ever change without saying so.
LONGEST = dt.timedelta(minutes=5)

# Written out, since every request asks for the state: putting subqueries together takes twice as
# long as asking for it.
_IN_FORCE = """(SELECT text FROM events_imprint WHERE in_force_from <= %s
                ORDER BY in_force_from DESC LIMIT 1)"""
_CHANGES_AT = "(SELECT MIN(in_force_from) FROM events_imprint WHERE in_force_from > %s)"


@dataclass(frozen=True, slots=True)
class PageState:
    """What every page needs to know: the version, the imprint in force, and when that changes."""

    version: int
    imprint: str
    imprint_changes_at: dt.datetime | None


@dataclass(slots=True)
class _Request:
    """What one request has read of the state so far, and whether it changed something itself."""

    state: PageState | None = None
    has_changed: bool = False


_request: ContextVar[_Request | None] = ContextVar("page_state_of_request", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Within it the state is read once, and rows may be kept; outside of it nothing is kept."""
    token = _request.set(_Request())
    try:
        yield
    finally:
        _request.reset(token)


@transaction.atomic
def mark_changed() -> None:
    """Call it in the transaction of every change that shows on a public page.

    It takes the lock of one row until the transaction ends, so call it last, and not for facts that
    change with every visitor (how many places are left is counted each time, never kept).
    """
    if not PageVersion.objects.filter(pk=1).update(number=F("number") + 1):
        PageVersion.objects.create(pk=1)
    if (here := _request.get()) is not None:
        here.state, here.has_changed = None, True


def current_state(at: dt.datetime) -> PageState:
    """The state at an instant: one query a request, and the only one of a page that is at hand."""
    here = _request.get()
    if here is None:
        return _read(at)
    if here.state is None:
        here.state = _read(at)
    return here.state


def kept(name: str, at: dt.datetime, make: Callable[[], Kept]) -> Kept:
    """What `make` reads, or what it read in this process under the same page version.

    Only for rows that are the same for everybody and whose every change calls `mark_changed`, never
    for what depends on the instant, and never to decide anything: services read the rows themselves,
    under their locks. Each caller gets a copy of their own. Nothing is kept outside of a request,
    before the first change, nor in a request that made a change and may yet take it back.
    """
    here = _request.get()
    if here is None or here.has_changed:
        return make()
    version = current_state(at).version
    if not version:
        return make()
    key = f"{version}:{hashlib.sha256(name.encode()).hexdigest()[:32]}"
    found = caches["rows"].get(key)
    if found is None:
        found = make()
        caches["rows"].set(key, found, LONGEST.total_seconds())
    return found


def _read(at: dt.datetime) -> PageState:
    given = [connection.ops.adapt_datetimefield_value(at)]
    imprint = RawSQL(_IN_FORCE, given, TextField()), RawSQL(_CHANGES_AT, given, DateTimeField())
    rows = PageVersion.objects.filter(pk=1).order_by().values_list("number", *imprint)
    for number, text, changes_at in rows:
        return PageState(number, text or "", changes_at)
    first = Imprint.objects.in_force(at)  # nothing has changed since the database was made
    return PageState(0, first.text if first else "", None)
