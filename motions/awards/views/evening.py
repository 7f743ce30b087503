"""The evening: running order and script, certificates, and what is left to do afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members.second_factor import second_factor_required
from motions.awards import documents, embargo, rules
from motions.awards.evening import honours_for_certificates, running_order
from motions.awards.models import AwardHonour, AwardRules
from motions.awards.panel_forms import AddressForm, WrittenConsentForm
from motions.awards.services import consenting
from motions.awards.views import fetch
from motions.forms import add_errors


@require_safe
@second_factor_required
def running(request: HttpRequest, slug: str) -> HttpResponse:
    """What is presented in which order, and what is said."""
    conference = fetch.conference_for_evening(request, slug)
    found = AwardRules.of(conference)
    facts = {
        "conference": conference,
        "rules": found,
        "items": running_order(request.user, conference),
        "is_over": embargo.is_over(found, request.at),
        "is_judge": rules.is_judge(request.user, conference, request.at),
    }
    return render(request, "motions/awards/evening.html", facts)


@require_safe
@second_factor_required
def script(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a PDF for the rostrum."""
    conference = fetch.conference_for_evening(request, slug)
    found = AwardRules.of(conference)
    items = running_order(request.user, conference)
    is_over = embargo.is_over(found, request.at)
    made = documents.script(found, items, at=request.at, is_presented=is_over)
    return as_pdf(made, f"awards-{slug}.pdf")


@require_safe
@second_factor_required
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    """A certificate for each who is honoured, to be printed before the evening."""
    conference = fetch.conference_for_panel(request, slug)
    honours = honours_for_certificates(request.user, conference, request.at)
    if not honours:
        messages.warning(request, "Nobody is honoured yet: decide first, then print.")
        return redirect("awards:panel", slug)
    made = documents.certificates(conference, honours, at=request.at)
    return as_pdf(made, f"certificates-{slug}.pdf")


@require_safe
@second_factor_required
def afterwards(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has agreed to be named, and whom nobody could reach; once it has been presented."""
    conference = fetch.conference_for_panel(request, slug)
    if not embargo.has_ended(conference, request.at):
        raise Http404
    honours = AwardHonour.objects.standing(conference).select_related(
        "nominee__category", "nominee__body", "decision__category"
    )
    rows = [{"honour": one, "addresses": consenting.addressees(one, request.at)} for one in honours]
    facts = {"conference": conference, "rows": rows, "rules": AwardRules.of(conference)}
    return render(request, "motions/awards/afterwards.html", facts)


@second_factor_required
@require_http_methods(["GET", "POST"])
def honoured(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One who was honoured: write to them again, or enter what they said in writing."""
    conference = fetch.conference_for_panel(request, slug)
    if not embargo.has_ended(conference, request.at):
        raise Http404
    rows = AwardHonour.objects.standing(conference)
    honour = get_object_or_404(
        rows.select_related("nominee__category", "nominee__body", "decision__category"), pk=pk
    )
    is_address = request.POST.get("act") == "write"
    posted = request.POST if request.method == "POST" else None
    address = AddressForm(posted if is_address else None, initial={"email": honour.nominee.email})
    written = WrittenConsentForm(
        None if is_address else posted, initial={"public_name": honour.nominee.name}
    )
    form = address if is_address else written
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _see_to(request, honour, form))
            return redirect("awards:afterwards", slug)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {
        "conference": conference,
        "honour": honour,
        "address_form": address,
        "written_form": written,
        "sent": form,
        "is_listable": consenting.is_listable(honour),
    }
    return render(request, "motions/awards/honoured.html", facts)


def _see_to(
    request: HttpRequest, honour: AwardHonour, form: AddressForm | WrittenConsentForm
) -> str:
    data = form.cleaned_data
    if isinstance(form, AddressForm):
        consenting.ask_at(
            by=request.user,
            honour=honour,
            email=data["email"],
            at=request.at,
            key=form.posted_key,
        )
        return "The letter is in the post, with a new link."
    consenting.answer(
        by=request.user,
        honour=honour,
        agrees=data["answer"] == "yes",
        public_name=data["public_name"],
        is_adult=data["is_adult"],
        at=request.at,
    )
    return "What they said is entered."


def as_pdf(made: bytes, name: str) -> HttpResponse:
    """A PDF as a download that nothing on the way keeps."""
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
