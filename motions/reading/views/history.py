"""A motion's texts over time, and any two of them beside each other."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motions.amendments.showing import shown
from motions.models import MotionVersion
from motions.reading.forms import CompareForm
from motions.reading.wording import public_versions
from motions.services.versions import as_parsed
from motions.views import fetch


@require_safe
@login_not_required
def history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Each public text, when and why it came; the words that differ between two, when asked."""
    motion = fetch.motion_for_everybody(request, slug, pk)
    versions = public_versions(motion)
    asked = {"old", "new"} & set(request.GET)
    last_two = {"old": versions[-2:][0].number, "new": versions[-1].number}
    form = CompareForm(request.GET if asked else None, versions=versions, initial=last_two)
    facts = {"conference": motion.conference, "motion": motion, "versions": versions}
    if asked and form.is_valid():
        facts |= _compared(versions, **form.cleaned_data)
    return render(request, "motions/history.html", facts | {"form": form})


def _compared(versions: list[MotionVersion], old: int, new: int) -> dict[str, object]:
    named = {version.number: version for version in versions}
    before, after = named[old], named[new]
    return {
        "changes": shown(as_parsed(before), as_parsed(after)),
        "before": before,
        "after": after,
        "title_changed": before.title != after.title,
    }
