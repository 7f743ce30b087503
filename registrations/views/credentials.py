"""The credentials report, for the committee that makes it to the conference."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from events.models import Conference
from members.second_factor import second_factor_required
from registrations import credentials_documents as documents
from registrations import credentials_report, exports, presence
from registrations.credentials_report import Report
from registrations.forms import InstantForm
from registrations.presence import Day
from registrations.presence_chart import chart
from registrations.views import fetch
from registrations.views.papers import as_pdf

SHEETS = {"csv": exports.as_csv, "xlsx": exports.as_xlsx}


@require_safe
@second_factor_required
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Bodies, places used and delegates present, now or as it was at an instant of the conference."""
    conference = fetch.conference_with_credentials(request, slug)
    form = InstantForm(request.GET if request.GET.get("at") else None)
    at = _asked(form, request.at)
    if not form.is_bound:
        form = InstantForm(initial={"at": clock.in_london(at).replace(tzinfo=None)})
    made = credentials_report.report(conference, at=at, now=request.at)
    day = presence.day(conference, at)
    kind = request.GET.get("as", "")
    if kind in ("pdf", *SHEETS):
        return _file(kind, conference, made, day)
    context = {
        "conference": conference,
        "form": form,
        "at": at,
        "typed": f"{clock.in_london(at):%Y-%m-%dT%H:%M}",
        "report": made,
        "day": day,
        "chart": chart(day, made.quorum),
        "chart_words": documents.summary(day),
        "guarded_words": documents.guarded_words(made),
    }
    return render(request, "registrations/credentials.html", context)


def _file(kind: str, conference: Conference, made: Report, day: Day) -> HttpResponse:
    name = documents.file_name(conference, made)
    if kind == "pdf":
        return as_pdf(documents.pdf(conference, made, day), name)
    return SHEETS[kind](name, documents.HEADS, documents.rows(made))


def _asked(form: InstantForm, now: dt.datetime) -> dt.datetime:
    """What was asked for, never the future; now where nothing was or it cannot be read."""
    return min(form.cleaned_data["at"], now) if form.is_bound and form.is_valid() else now
