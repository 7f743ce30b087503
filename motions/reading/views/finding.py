"""The motions of a conference as an answer to a question."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motions.reading import finding
from motions.reading.forms import FindForm
from motions.views import fetch

A_PAGE = 50


@require_safe
@login_not_required
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """Filters and words; an address that can be sent to somebody else."""
    conference = fetch.conference_for(request, slug)
    form = FindForm(request.GET, conference=conference, bodies=finding.bodies(conference))
    asked = form.cleaned_data if form.is_valid() else {}
    found = (
        finding.find(conference, **asked) if form.is_valid() else finding.find(conference).none()
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "motions/find.html",
        {"conference": conference, "form": form, "page_obj": page, "count": page.paginator.count},
    )
