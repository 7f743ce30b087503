"""The published report as page and PDF; the notes of a rapporteur."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clock.words import instant_words
from events import fetch
from events.models import ConferenceReport, Notes
from events.reports import documents, rules, services
from events.reports.forms import NotesForm
from events.reports.lines import blocks_of
from events.views.public import Page, shared_page
from members.kept_typing import keeps_typing, take


@shared_page()
def report(request: HttpRequest, slug: str) -> Page:
    """The report, once it is published; before that for whoever joins it."""
    row = _readable(request, slug)
    facts = {
        "conference": row.conference,
        "report": row,
        "introduction": blocks_of(row.introduction),
        "parts": [{"notes": one, "points": blocks_of(one.points)} for one in _shown(row)],
        "is_preview": not row.is_published,
    }
    return Page("events/reports/report.html", facts)


@login_not_required
@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a tagged PDF."""
    row = _readable(request, slug)
    made = documents.report(row, _shown(row), at=request.at)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="report-{slug}.pdf"'
    return answer


def _readable(request: HttpRequest, slug: str) -> ConferenceReport:
    """A report this person may read; to everybody else it does not exist."""
    conference = fetch.conference(request, slug)
    row = ConferenceReport.objects.filter(conference=conference).first()
    if row is None or (
        not row.is_published and not rules.may_read_before(request.user, conference, request.at)
    ):
        raise Http404
    row.conference = conference
    return row


def _shown(row: ConferenceReport) -> list[Notes]:
    notes = row.notes.filter(is_left_out=False).select_related("session")
    return [one for one in notes if one.has_words]


def own_notes(request: HttpRequest, slug: str, pk: int) -> Notes:
    """Notes that this person may write; to strangers they do not exist."""
    rows = Notes.objects.select_related("report__conference__imprint", "session", "saved_by")
    notes = get_object_or_404(rows, pk=pk, report__conference__slug=slug)
    if not rules.may_write(request.user, notes, request.at):
        raise Http404
    request.conference = notes.report.conference
    return notes


@keeps_typing
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write the notes. Saving never refuses; who saved later on an older copy sees both."""
    row = own_notes(request, slug, pk)
    if request.method != "POST":
        kept = take(request)
        form = NotesForm(notes=row, kept=kept)
        return _editor(request, row, form, was_signed_out=bool(kept))
    form = NotesForm(request.POST, notes=row)
    if not form.is_valid():
        return _editor(request, row, form)
    result = services.save_notes(
        by=request.user,
        notes=row,
        version=form.cleaned_data["version"],
        words=form.cleaned_data,
        at=request.at,
        is_by_itself="by_itself" in request.POST,
    )
    if "by_itself" in request.POST:
        return _told(result)
    if result.aside is not None:
        facts = {"notes": result.notes, "mine": result.aside, "conference": request.conference}
        return render(request, "events/reports/both.html", facts, status=409)
    if "ready" in request.POST:
        services.hand_over(by=request.user, notes=row, is_ready=True, at=request.at)
        messages.success(request, "Your notes are with the editor. You can still change them.")
    else:
        messages.success(request, "Your notes are saved.")
    return redirect("events:report-notes", slug, pk)


def _told(result: services.SaveResult) -> JsonResponse:
    """What the page is told when it saved by itself."""
    row = result.notes
    saved = {"version": row.version, "saved": instant_words(row.saved_at) if row.saved_at else ""}
    if result.aside is None:
        return JsonResponse(saved)
    return JsonResponse({"by": str(row.saved_by or "somebody"), **saved}, status=409)


def _editor(
    request: HttpRequest, row: Notes, form: NotesForm, *, was_signed_out: bool = False
) -> HttpResponse:
    facts = {
        "was_signed_out": was_signed_out,
        "conference": row.report.conference,
        "notes": row,
        "form": form,
        "may_join": rules.may_join(request.user, row.report.conference, request.at),
        "unowned": sum(not task.owner for task in row.tasks_listed),
    }
    return render(request, "events/reports/notes.html", facts)


@require_POST
def take_back_notes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """They are not ready after all."""
    row = own_notes(request, slug, pk)
    services.hand_over(by=request.user, notes=row, is_ready=False, at=request.at)
    return redirect("events:report-notes", slug, pk)
