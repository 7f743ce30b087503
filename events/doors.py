"""Is this door open for this body, now? The one place that asks the deadline rows.

Services call `lock` and then `require_open` inside their transaction with the instant at which the
request arrived: waiting for the lock makes nobody late, and an officer who moves the deadline at
that moment is serialised before or after.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

import clock
from events.calendar import DoorState, Window, closing_instant, last_day
from events.models import Conference, Deadline, DeadlineChange
from members.models import Organisation
from members.reading import once

#: All that an extension says of when it is over.
_CLOSING = ("closes_on", "closes_at")


def window_for(deadline: Deadline, organisation: Organisation | None = None) -> Window:
    """The door's window for everybody, or for one body with the extension granted to it last."""
    if organisation is None:
        return deadline.window
    changes = DeadlineChange.objects.filter(deadline=deadline, organisation=organisation)
    changes = changes.order_by("-changed_at", "-pk").values_list(*_CLOSING)
    own = [closing_instant(closes_on=on, closes_at=at) for on, at in changes[:1]]
    return deadline.window.extended_to(own[0] if own else None)


def extensions_of(organisation: Organisation) -> dict[int, dt.datetime | None]:
    """The closing instant that was granted last to the body, by deadline, wherever one was."""

    def ask() -> dict[int, dt.datetime | None]:
        changes = DeadlineChange.objects.filter(organisation=organisation)
        rows = changes.order_by("changed_at", "pk").values_list("deadline", *_CLOSING)
        return {pk: closing_instant(closes_on=on, closes_at=at) for pk, on, at in rows}

    return once(("extensions", organisation.pk), ask)


def windows_of(
    deadlines: Iterable[Deadline], organisation: Organisation | None
) -> dict[int, Window]:
    """The window of each deadline for the body, by primary key: one question for them all.

    The extension granted last to the body is the one that counts, as in `window_for`.
    """
    rows = {deadline.pk: deadline for deadline in deadlines}
    own = extensions_of(organisation) if organisation is not None and rows else {}
    return {pk: row.window.extended_to(own.get(pk)) for pk, row in rows.items()}


def lock(deadline: Deadline) -> Deadline:
    """The deadline's row, re-read under a shared-enough lock in the caller's transaction.

    `no_key` lets rows that refer to the deadline be inserted meanwhile; only its movers wait.
    """
    return _locked().get(pk=deadline.pk)


def lock_all(pks: Iterable[int]) -> dict[int, Deadline]:
    """The same for several, by primary key and locked in that order, as everybody does."""
    return {row.pk: row for row in _locked().filter(pk__in=pks).order_by("pk")}


def _locked() -> QuerySet[Deadline]:
    rows = Deadline.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("conference")


def in_words(at: dt.datetime) -> str:
    """An instant with its weekday, in UK time: 'Monday 4 April 2016, 23:59 UK time'."""
    local = clock.in_london(at)
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M} UK time"


def closing_in_words(closes_at: dt.datetime) -> str:
    """A closing instant as people say it: a midnight is the end of the day before."""
    local = clock.in_london(closes_at)
    if local.time() == dt.time(0, 0):
        day = last_day(closes_at)
        return f"the end of {day:%A} {day.day} {day:%B %Y} (UK time)"
    return in_words(closes_at)


def require_not_halted(conference: Conference) -> None:
    """Refuse while a conference is draft, postponed, cancelled or over.

    Asked also where a closed door lets something in late: a door that is late is still the door of
    a conference that goes ahead. Raises ValidationError (code `halted`).
    """
    if not conference.has_open_doors:
        state = Conference.Status(conference.status).label
        raise ValidationError(
            f"{conference.title} is {state}: nothing can be sent in at the moment.", code="halted"
        )


def require_open(
    deadline: Deadline, *, at: dt.datetime, organisation: Organisation | None = None
) -> Window:
    """The window, when the door is open at this instant for this body.

    Raises ValidationError (code `closed`, `not_yet`, `unknown` or `halted`) with a sentence that
    says when it closed or opens.
    """
    require_not_halted(deadline.conference)
    window = window_for(deadline, organisation)
    state = window.state(at)
    if state is DoorState.OPEN:
        return window
    if state is DoorState.CLOSED:
        message = f"{deadline.label} closed at {closing_in_words(window.closes_at)}."
    elif state is DoorState.NOT_YET:
        message = f"{deadline.label} opens on {in_words(window.opens_at)}."
    else:
        message = f"The closing date for {deadline.label.lower()} has not been announced yet."
    raise ValidationError(message, code=state.value)
