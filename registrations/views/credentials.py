"""The credentials report, for the committee that makes it to the conference."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import clock
from members.second_factor import second_factor_required
from registrations import attendance
from registrations.forms import InstantForm
from registrations.services import scanning
from registrations.views import fetch


@require_safe
@second_factor_required
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Bodies, places used and delegates present, now or as it was at an instant of the conference."""
    conference = fetch.conference_with_credentials(request, slug)
    form = InstantForm(request.GET if request.GET.get("at") else None)
    at = _asked(form, request.at)
    if not form.is_bound:
        form = InstantForm(initial={"at": clock.in_london(at).replace(tzinfo=None)})
    quorum = scanning.rules_of(conference).quorum
    context = {
        "conference": conference,
        "form": form,
        "at": at,
        "report": attendance.report(conference, at, quorum),
    }
    return render(request, "registrations/credentials.html", context)


def _asked(form: InstantForm, now: dt.datetime) -> dt.datetime:
    """What was asked for, never the future; now where nothing was or it cannot be read."""
    return min(form.cleaned_data["at"], now) if form.is_bound and form.is_valid() else now
