"""The editor's desk: all notes in order, who writes which, the introduction, publishing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from events import fetch
from events.models import Conference, ConferenceReport, Notes, Rapporteur
from events.reports import rules, services
from events.reports.forms import (
    ArrangeForm,
    HeadingForm,
    IntroductionForm,
    RapporteurForm,
    TakeBackForm,
)
from members.limits import require_few


def _conference(request: HttpRequest, slug: str) -> Conference:
    conference = fetch.conference(request, slug)
    if not rules.may_join(request.user, conference, request.at):
        raise Http404
    return conference


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything on one page; each button does one thing."""
    conference = _conference(request, slug)
    report = ConferenceReport.objects.filter(conference=conference).first()
    does = request.POST.get("do", "")
    if request.method == "POST" and does == "begin":
        services.report_of(conference=conference)
        return redirect("events:report-desk", slug)
    if report is None:
        return render(request, "events/reports/begin.html", {"conference": conference})
    shown = {
        "introduce": IntroductionForm(report=report),
        "add": HeadingForm(),
        "take_back": TakeBackForm(),
    }
    if request.method == "POST" and (answer := _done(request, report, does, shown)) is not None:
        return answer
    working = Rapporteur.objects.filter(ended_at__isnull=True).select_related("user")
    notes = report.notes.select_related("session", "saved_by")
    facts = {
        "conference": conference,
        "report": report,
        "rows": notes.prefetch_related(Prefetch("rapporteurs", working, to_attr="working")),
        **shown,
    }
    return render(request, "events/reports/desk.html", facts)


def _done(
    request: HttpRequest, report: ConferenceReport, does: str, shown: dict[str, Any]
) -> HttpResponse | None:
    """The answer where the button did its work; None where its form is shown again."""
    acting = {"by": request.user, "report": report, "at": request.at}
    form: forms.Form | None = None
    if does in shown:
        given = {"report": report} if does == "introduce" else {}
        form = shown[does] = type(shown[does])(request.POST, **given)
        if not form.is_valid():
            return None
    try:
        said = _ACTS[does](acting, form.cleaned_data if form else {}) if does in _ACTS else ""
    except ValidationError as refusal:
        if form is not None:
            form.add_error(None, ValidationError(refusal.messages))
            return None
        messages.error(request, refusal.messages[0])
        said = ""
    if said:
        messages.success(request, said)
    return redirect("events:report-desk", report.conference.slug)


def _introduced(acting: dict[str, Any], given: dict[str, Any]) -> str:
    services.introduce(**acting, **given)
    return "Saved."


def _added(acting: dict[str, Any], given: dict[str, Any]) -> str:
    services.add_notes(**acting, **given)
    return "Added at the end."


def _published(acting: dict[str, Any], given: dict[str, Any]) -> str:
    services.publish(**acting)
    return "The report is published. What is changed from now on shows at once."


def _taken_back(acting: dict[str, Any], given: dict[str, Any]) -> str:
    services.take_back(**acting, **given)
    return "The report is taken back: nobody else reads it now."


_ACTS = {
    "introduce": _introduced,
    "add": _added,
    "publish": _published,
    "take_back": _taken_back,
}


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One part of the report: its place, its heading, and who writes it."""
    conference = _conference(request, slug)
    rows = Notes.objects.select_related("report__conference", "session")
    notes = get_object_or_404(rows, pk=pk, report__conference=conference)
    place = [*notes.report.notes.values_list("pk", flat=True)].index(notes.pk) + 1
    does = request.POST.get("do", "")
    form = ArrangeForm(request.POST if does == "arrange" else None, notes=notes, place=place)
    asked = RapporteurForm(request.POST if does == "assign" else None)
    if request.method == "POST" and _arranged(request, notes, does, form, asked):
        back = "events:report-desk" if does == "arrange" else "events:report-arrange"
        return redirect(back, *([slug] if does == "arrange" else [slug, pk]))
    facts = {
        "conference": conference,
        "notes": notes,
        "form": form,
        "asked": asked,
        "working": notes.rapporteurs.filter(ended_at__isnull=True).select_related("user"),
    }
    return render(request, "events/reports/arrange.html", facts)


def _arranged(
    request: HttpRequest, notes: Notes, does: str, form: ArrangeForm, asked: RapporteurForm
) -> bool:
    """Was it done? Otherwise the form says why not."""
    used = {"arrange": form, "assign": asked}.get(does)
    acting = {"by": request.user, "at": request.at}
    try:
        if does == "release":
            key = request.POST.get("rapporteur", "")
            rows = notes.rapporteurs.all()
            row = get_object_or_404(rows, pk=key if key.isdecimal() and len(key) < 19 else 0)
            services.release(rapporteur=row, **acting)
            return True
        if used is None or not used.is_valid():
            return False
        if used is form:
            services.arrange(notes=notes, **acting, **form.cleaned_data)
        else:
            require_few(request, "authorise_address")
            given = services.assign(notes=notes, email=asked.cleaned_data["email"], **acting)
            messages.success(request, f"{given.user.email} was asked to write these notes.")
    except ValidationError as refusal:
        used.add_error(None, ValidationError(refusal.messages))
        return False
    return True
