"""What everybody reads: the consultations there are, one of them with its papers, the response."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.calendar import DoorState
from events.rules import bodies_drafting
from motions.consultations import fetch, reports, rules, timetable
from motions.consultations.forms import consultations_of
from motions.consultations.models import Consultation, PolicySubmission
from motions.consultations.services.sending import is_answered
from motions.uploads import as_attachment
from motions.views.fetch import conference_for


@require_safe
@login_not_required
def everywhere(request: HttpRequest) -> HttpResponse:
    """Every consultation: those that are open, those to come, those that are over."""
    rows = Consultation.objects.public().select_related("report")
    groups = defaultdict(list)
    for row in rows.order_by("-deadline__closes_on", "title"):
        state = row.deadline.window.state(request.at)
        is_open = state is DoorState.OPEN and row.conference.has_open_doors
        to_come = state in {DoorState.NOT_YET, DoorState.UNKNOWN} and row.conference.has_open_doors
        name = "open" if is_open else "coming" if to_come else "over"
        groups[name].append({"consultation": row, "is_answered": is_answered(row)})
    facts = {"groups": dict(groups), "at": request.at}
    return render(request, "motions/consultations/everywhere.html", facts)


@require_safe
@login_not_required
def consultations(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked at one conference and until when; and what one wrote."""
    conference = conference_for(request, slug)
    rows = [
        {"consultation": consultation, "window": consultation.deadline.window}
        for consultation in consultations_of(conference)
    ]
    facts = {"conference": conference, "rows": rows, "at": request.at}
    facts["own"] = _own(request, conference)
    return render(request, "motions/consultations/list.html", facts)


@require_safe
@login_not_required
def consultation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One consultation: what is asked, its papers, its timetable, where it is discussed."""
    found = fetch.consultation_to_read(request, slug, pk)
    window = found.deadline.window
    user, conference = request.user, found.conference
    papers = [paper for paper in found.papers.all() if not paper.is_for_staff]
    facts = {
        "conference": conference,
        "consultation": found,
        "questions": list(found.questions.all()),
        "papers": papers,
        "has_more_for_staff": len(papers) < found.papers.count(),
        "days": timetable.of(found),
        "sessions": timetable.sessions_of(found),
        "own": _own(request, conference, found),
        "window": window,
        "at": request.at,
        "is_open": window.is_open(request.at) and conference.has_open_doors,
        "is_closed": window.state(request.at) is DoorState.CLOSED,
        "is_answered": is_answered(found),
        "on_committee": rules.is_on_committee(user, conference, request.at),
    }
    return render(request, "motions/consultations/consultation.html", facts)


def _own(
    request: HttpRequest, conference: object, consultation: Consultation | None = None
) -> list[PolicySubmission]:
    """What this person wrote or their bodies did; nothing for a stranger."""
    if not request.user.is_authenticated:
        return []
    rows = PolicySubmission.objects.with_their_door().filter(
        Q(organisation__in=bodies_drafting(request.user, conference, request.at))
        | (Q(created_by=request.user, channel="web") & ~Q(kind=PolicySubmission.Kind.BODY)),
        consultation__deadline__conference=conference,
    )
    if consultation is not None:
        rows = rows.filter(consultation=consultation)
    return list(rows)


@require_safe
@login_not_required
def paper(request: HttpRequest, slug: str, pk: int, paper_pk: int) -> HttpResponse:
    """A paper of the consultation, as a download."""
    found = fetch.consultation_to_read(request, slug, pk)
    row = get_object_or_404(found.papers.filter(is_for_staff=False), pk=paper_pk)
    if not row.file:
        raise Http404
    suffix = row.file.name.rpartition(".")[2]
    return as_attachment(row.file, f"{row.title}.{suffix}")


@require_safe
@login_not_required
def blank_form(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form on paper."""
    conference = conference_for(request, slug)
    found = get_object_or_404(consultations_of(conference), pk=pk)
    facts = {
        "conference": conference,
        "consultation": found,
        "questions": list(found.questions.all()),
        "closes_at": found.deadline.closing,
    }
    return render(request, "motions/consultations/blank_form.html", facts)


@require_safe
@login_not_required
def response(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The committee's response: themes, what became of each, counts, who sent what."""
    found = fetch.consultation_to_read(request, slug, pk)
    if not is_answered(found):
        raise Http404
    facts = {"conference": found.conference, "consultation": found}
    return render(
        request,
        "motions/consultations/response.html",
        facts | {"report": reports.of(found), "published_at": found.report.published_at},
    )


@require_safe
@login_not_required
def response_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same as a tagged PDF."""
    found = fetch.consultation_to_read(request, slug, pk)
    if not is_answered(found):
        raise Http404
    return reports.as_pdf(found, request.at)
