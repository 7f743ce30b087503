"""The register of decisions: for everybody to read, for those who follow up to keep."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from events.views.public import Page, public_page
from members.second_factor import second_factor_required
from motions.agendas.decision_forms import GiveForm, ReportForm
from motions.agendas.register import register
from motions.agendas.services import following
from motions.agendas.views import fetch
from motions.agendas.views.fetch import Task
from motions.forms import add_errors
from motions.models import Decision, Motion
from motions.rules import is_cac_member
from motions.views.fetch import conference_for
from motions.views.kept import keeps_typing, take


@public_page
def decisions(request: HttpRequest, slug: str) -> Page:
    """What conference decided, whose task it is, until when, and what was done."""
    conference = conference_for(request, slug)
    facts = {"conference": conference, "rows": register(conference)}
    return Page("motions/agendas/decisions.html", facts)


@require_safe
@second_factor_required
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The committee's view of the register: what nobody sees to yet comes first."""
    conference = fetch.conference_for(request, slug, Task.CAC_MEMBER)
    rows = register(conference)
    rows.sort(key=lambda row: (row.decision is not None, row.decision and row.decision.is_settled))
    return render(request, "motions/cac/decisions.html", {"conference": conference, "rows": rows})


@second_factor_required
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Whose task the decision on this motion is."""
    motion = fetch.motion_for(request, slug, pk, Task.CAC_MEMBER)
    decision = Decision.objects.filter(motion=motion).first()
    keepers = following.possible_keepers(motion.conference)
    form = GiveForm(request.POST or None, keepers=keepers, decision=decision)
    if request.method == "POST" and form.is_valid():
        try:
            following.give(by=request.user, motion=motion, at=request.at, **form.cleaned_data)
            messages.success(request, "Kept. The register shows it to everybody.")
            return redirect("motions:cac-decisions", slug)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {"conference": motion.conference, "motion": motion, "form": form}
    return render(request, "motions/cac/give.html", facts)


@keeps_typing
@second_factor_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Whoever keeps a decision reports on it here; so does the committee."""
    motion, decision = _kept_by(request, slug, pk)
    form = ReportForm(request.POST or None, initial={"state": decision.state, **take(request)})
    if request.method == "POST" and form.is_valid():
        try:
            following.report(by=request.user, decision=decision, at=request.at, **form.cleaned_data)
            messages.success(request, "Reported. Everybody can read it in the register.")
            return redirect("motions:decisions", slug)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {
        "conference": motion.conference,
        "motion": motion,
        "decision": decision,
        "reports": decision.reports.select_related("reported_by").order_by("-reported_at", "-pk"),
        "form": form,
    }
    return render(request, "motions/agendas/report.html", facts)


def _kept_by(request: HttpRequest, slug: str, pk: int) -> tuple[Motion, Decision]:
    rows = Decision.objects.select_related("motion__conference", "motion__current_version")
    decision = get_object_or_404(rows, motion=pk, motion__conference__slug=slug)
    motion = decision.motion
    may = decision.keeper_id == request.user.pk
    if not (may or is_cac_member(request.user, motion.conference, request.at)):
        raise Http404
    return motion, decision
