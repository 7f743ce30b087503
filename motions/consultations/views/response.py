"""The committee's themes, its response to each, and publishing the report."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.second_factor import second_factor_required
from motions.consultations import fetch, reports
from motions.consultations.desk_forms import IntroductionForm, RespondForm, ThemeForm
from motions.consultations.models import Consultation, ResponseReport, Theme
from motions.consultations.services import coding, responding
from motions.consultations.services.sending import is_answered
from motions.forms import add_errors


@require_http_methods(["GET", "POST"])
@second_factor_required
def themes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The themes with how many submissions each has; a new one is made here."""
    consultation = fetch.consultation_for_committee(request, slug, pk)
    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            coding.save_theme(
                by=request.user, consultation=consultation, at=request.at, **form.cleaned_data
            )
            return redirect("consultations:themes", slug, pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = _facts(consultation) | {"form": form, "themes": _with_counts(consultation)}
    return render(request, "motions/consultations/desk/themes.html", facts)


@require_http_methods(["GET", "POST"])
@second_factor_required
def theme(request: HttpRequest, slug: str, pk: int, theme_pk: int) -> HttpResponse:
    """One theme: its name, what is said under it, the response."""
    row = _theme(request, slug, pk, theme_pk)
    wants = "respond" if "respond" in request.POST else "name" if "rename" in request.POST else ""
    named = {"name": row.name, "description": row.description, "position": row.position}
    naming = ThemeForm(request.POST if wants == "name" else None, initial=named)
    said = {"outcome": row.outcome, "response": row.response}
    answer = RespondForm(request.POST if wants == "respond" else None, initial=said)
    bound = {"name": naming, "respond": answer}.get(wants)
    if bound is not None and bound.is_valid():
        try:
            _change(request, row, wants, bound.cleaned_data)
            messages.success(request, "Kept.")
            return redirect("consultations:themes", slug, pk)
        except ValidationError as refusal:
            add_errors(bound, refusal)
    facts = _facts(row.consultation) | {
        "theme": row,
        "naming": naming,
        "answer": answer,
        "bound": bound,
        "said": _said(row),
    }
    return render(request, "motions/consultations/desk/theme.html", facts)


def _change(request: HttpRequest, row: Theme, wants: str, data: dict) -> None:
    if wants == "respond":
        responding.respond(
            by=request.user,
            theme=row,
            outcome=data["outcome"],
            words=data["response"],
            at=request.at,
        )
        return
    coding.save_theme(
        by=request.user, consultation=row.consultation, theme=row, at=request.at, **data
    )


@require_POST
@second_factor_required
def remove_theme(request: HttpRequest, slug: str, pk: int, theme_pk: int) -> HttpResponse:
    """Take away a theme that nothing is coded with."""
    row = _theme(request, slug, pk, theme_pk)
    try:
        coding.remove_theme(by=request.user, theme=row, at=request.at)
        messages.success(request, "The theme is taken away.")
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("consultations:theme", slug, pk, theme_pk)
    return redirect("consultations:themes", slug, pk)


@require_http_methods(["GET", "POST"])
@second_factor_required
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The report as it will be read, its first words, and what still keeps it back."""
    consultation = fetch.consultation_for_committee(request, slug, pk)
    found = ResponseReport.objects.filter(consultation=consultation).first()
    words = found.introduction if found else ""
    form = IntroductionForm(request.POST or None, initial={"introduction": words})
    if request.method == "POST" and form.is_valid():
        try:
            responding.introduce(
                by=request.user,
                consultation=consultation,
                words=form.cleaned_data["introduction"],
                at=request.at,
            )
            messages.success(request, "Kept.")
            return redirect("consultations:report-desk", slug, pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = _facts(consultation) | {
        "form": form,
        "report": reports.of(consultation),
        "unready": responding.unready(consultation, request.at),
    }
    return render(request, "motions/consultations/desk/report.html", facts)


@require_safe
@second_factor_required
def report_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The report as a PDF, to be read before it is published."""
    consultation = fetch.consultation_for_committee(request, slug, pk)
    return reports.as_pdf(consultation, request.at)


@require_POST
@second_factor_required
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Publish it; every sender is told."""
    consultation = fetch.consultation_for_committee(request, slug, pk)
    try:
        responding.publish(by=request.user, consultation=consultation, at=request.at)
        messages.success(request, "Published. Everybody who sent something is told by mail.")
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return redirect("consultations:report-desk", slug, pk)
    return redirect("consultations:response", slug, pk)


def _facts(consultation: Consultation) -> dict[str, object]:
    return {
        "conference": consultation.conference,
        "consultation": consultation,
        "is_answered": is_answered(consultation),
    }


def _with_counts(consultation: Consultation):
    """Themes with how many submissions that stand as sent in are about each. One query."""
    sent = Q(codings__submission__state="submitted")
    return consultation.themes.annotate(
        number=Count("codings__submission", distinct=True, filter=sent)
    )


def _theme(request: HttpRequest, slug: str, pk: int, theme_pk: int) -> Theme:
    consultation = fetch.consultation_for_committee(request, slug, pk)
    row = get_object_or_404(consultation.themes, pk=theme_pk)
    row.consultation = consultation
    return row


def _said(theme: Theme) -> list:
    """What is coded with the theme: the submission, and the answer where one was coded."""
    rows = theme.codings.filter(submission__state="submitted").select_related(
        "submission__organisation", "answer__question"
    )
    return list(rows.order_by("submission__number", "pk")[:200])
