"""Reading what was printed: the agendas of a conference, one of them, its papers and slips."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from events.models import Conference
from events.views.public import Page, public_page
from motions.agendas import papers
from motions.models import OrderPaper, Print, Release
from motions.views import fetch


@public_page
def agendas(request: HttpRequest, slug: str) -> Page:
    """Every agenda that was printed, the latest first, with its papers."""
    conference = fetch.conference_for(request, slug)
    facts = {
        "conference": conference,
        "releases": Release.objects.filter(conference=conference).prefetch_related("slips"),
        "papers": _order_papers(conference),
        "forms": Print.Form.choices,
    }
    return Page("motions/agendas/list.html", facts)


@public_page
def agenda(request: HttpRequest, slug: str, pk: int) -> Page:
    """One agenda as it was printed, with the slips issued since beside what they change."""
    conference = fetch.conference_for(request, slug)
    release = _release(conference, pk)
    slips = list(release.slips.order_by("number"))
    groups = [
        {
            "name": group["name"],
            "items": [
                {**one, "slips": [slip for slip in slips if slip.motion_id == one["key"]]}
                for one in group["items"]
            ],
        }
        for group in release.content["groups"]
    ]
    latest = Release.objects.filter(conference=conference).first()
    facts = {
        "conference": conference,
        "release": release,
        "groups": groups,
        "slips": slips,
        "latest": latest if latest != release else None,
        "forms": Print.Form.choices,
    }
    return Page("motions/agendas/agenda.html", facts)


@login_not_required
@require_safe
def paper(request: HttpRequest, slug: str, pk: int, form: str) -> HttpResponse:
    """One paper of an agenda, as it was printed."""
    release = _release(fetch.conference_for(request, slug), pk)
    if form not in Print.Form.values:
        raise Http404
    name = slugify(f"{release.name} {release.conference.slug}")
    return as_file(papers.of_release(release, form), form, name)


@login_not_required
@require_safe
def errata(request: HttpRequest, slug: str, pk: int, form: str) -> HttpResponse:
    """The slips of an agenda alone, to be laid into it."""
    release = _release(fetch.conference_for(request, slug), pk)
    slips = list(release.slips.order_by("number"))
    if form not in papers.ERRATA_FORMS or not slips:
        raise Http404
    name = slugify(f"errata {release.name} {release.conference.slug}")
    return as_file(papers.errata(release, slips, form), form, name)


def as_file(made: bytes, form: str, name: str) -> HttpResponse:
    """A paper to keep, never shown inside a page."""
    media, ending = papers.MEDIA[Print.Form(form)]
    large = "-large-print" if form == Print.Form.LARGE else ""
    answer = HttpResponse(made, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{name}{large}.{ending}"'
    answer["Cache-Control"] = "no-store, private"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _order_papers(conference: Conference) -> list[OrderPaper]:
    """The published order papers, in the order of the day."""
    rows = OrderPaper.objects.filter(
        session__conference=conference, published_at__isnull=False
    ).select_related("session__conference")
    return sorted(
        rows, key=lambda row: (row.session.starts_at is None, row.session.starts_at, row.pk)
    )


def _release(conference: Conference, pk: int) -> Release:
    return get_object_or_404(
        Release.objects.select_related("conference"), pk=pk, conference=conference
    )
