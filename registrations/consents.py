"""Whose name may stand on the list of delegates, and who may be shown in pictures: who said so.

Nobody under 18 is on either, whatever was ticked: a child cannot give that consent alone.
"""

from __future__ import annotations

from django.db.models import QuerySet

from events.models import Conference
from registrations import checklist
from registrations.models import COUNTED, Place

NAMES, PICTURES = "names", "pictures"


def agreed(conference: Conference, which: str) -> list[Place]:
    """Those who come and agreed, by name; the list of delegates has delegates alone."""
    consent = "may_list" if which == NAMES else "may_photograph"
    rows = _named(conference, which).filter(**{f"particulars__{consent}": True})
    rows = rows.exclude(particulars__age_band=checklist.UNDER_18)
    rows = rows.select_related("booking__organisation", "pass_type")
    return list(rows.order_by("name", "pk"))


def named(conference: Conference, which: str) -> int:
    """How many could be on it: everybody of that list whose name is known."""
    return _named(conference, which).count()


def _named(conference: Conference, which: str) -> QuerySet[Place]:
    rows = Place.objects.active().filter(booking__conference=conference).exclude(name="")
    return rows.filter(pass_type__role__in=COUNTED) if which == NAMES else rows
