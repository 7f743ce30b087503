"""What strangers see has changed: kept copies of public pages are no longer shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Subquery

from events.models import Imprint, PageVersion


@dataclass(frozen=True, slots=True)
class PageState:
    """What every page needs to know: the version, the imprint in force, and when that changes."""

    version: int
    imprint: str
    imprint_changes_at: dt.datetime | None


@transaction.atomic
def mark_changed() -> None:
    """Call it in the transaction of every change that shows on a public page.

    It takes the lock of one row until the transaction ends, so call it last, and not for facts that
    change with every visitor (a booking marks it when the last place goes, not each time).
    """
    if not PageVersion.objects.filter(pk=1).update(number=F("number") + 1):
        PageVersion.objects.create(pk=1)


def current_state(at: dt.datetime) -> PageState:
    """The state at an instant. One query, and the only one of a page that is at hand."""
    in_force = Imprint.objects.filter(in_force_from__lte=at).order_by("-in_force_from")
    coming = Imprint.objects.filter(in_force_from__gt=at).order_by("in_force_from")
    row = (
        PageVersion.objects.filter(pk=1)
        .values_list(
            "number",
            Subquery(in_force.values("text")[:1]),
            Subquery(coming.values("in_force_from")[:1]),
        )
        .first()
    )
    if row is None:  # nothing has changed since the database was made
        imprint = in_force.first()
        return PageState(0, imprint.text if imprint else "", None)
    number, text, changes_at = row
    return PageState(number, text or "", changes_at)
