"""What the officers' screens share: the conference that is looked at, and tables handed out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

import clock
from events.models import Conference
from members import audit
from registrations import exports
from registrations.models import Booking, PassType

FORMATS = {"csv": exports.as_csv, "xlsx": exports.as_xlsx}


@dataclass(frozen=True)
class Choice:
    """The conferences that sell anything, newest first, and the one that is looked at."""

    conferences: list[Conference]
    chosen: Conference | None


def choice(request: HttpRequest) -> Choice:
    """By `?conference=`; without it the next to come, else the last there was. One query."""
    sells = PassType.objects.filter(conference=OuterRef("pk"))
    rows = Conference.objects.filter(Exists(sells)).select_related("delegation_rules", "series")
    found = list(rows)
    slug = request.GET.get("conference", "")
    if slug:
        chosen = next((row for row in found if row.slug == slug), None)
        if chosen is None:
            raise Http404
        return Choice(found, chosen)
    return Choice(found, _next(found, clock.in_london(request.at).date()))


def _next(found: Sequence[Conference], today: dt.date) -> Conference | None:
    coming = [row for row in found if row.ends_on is not None and row.ends_on >= today]
    return min(coming, key=lambda row: row.ends_on) if coming else next(iter(found), None)


def page(
    request: HttpRequest, site: AdminSite, template: str, title: str, chosen: Choice, **facts: Any
) -> HttpResponse:
    """A page under the bookings, with the choice of the conference at its head."""
    context = {
        **site.each_context(request),
        "title": title,
        "opts": Booking._meta,
        "conferences": chosen.conferences,
        "chosen": chosen.chosen,
        **facts,
    }
    return TemplateResponse(request, f"admin/registrations/{template}.html", context)


def handed_out(
    request: HttpRequest,
    conference: Conference,
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[exports.Cell]],
) -> HttpResponse | None:
    """The table as `?as=csv` or `xlsx`, with an entry of who took it; None when none was asked."""
    form = FORMATS.get(request.GET.get("as", ""))
    if form is None:
        return None
    rows = list(rows)
    audit.record(
        by=request.user,
        action="booking.exported",
        on=Booking,
        at=request.at,
        after={"rows": len(rows), "list": name, "conference": conference.slug},
    )
    return form(f"{name}-{conference.slug}", heads, rows)
