"""The delegate's own page behind a personal link, and the officer's page that sends it."""

from __future__ import annotations

import dataclasses

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.limits import require_few
from registrations import certificates, joining_documents, selling
from registrations.attendance import badges
from registrations.delegation_forms import DelegateForm
from registrations.forms import explain
from registrations.models import Booking, Credential, DelegateLink, JoiningInstructions
from registrations.services import delegate_links
from registrations.services.delegate_links import Answers
from registrations.views import fetch
from registrations.views.papers import as_pdf


@login_not_required
@never_cache
def delegate(request: HttpRequest, token: str) -> HttpResponse:
    """Tell us about yourself; come back and change it while the link works."""
    link = delegate_links.link_of(token, at=request.at)
    if link is None:
        return _unlisted(_afterwards(request, token))
    request.conference = link.place.booking.conference
    initial = dataclasses.asdict(delegate_links.told(link))
    typed = request.POST if request.method == "POST" else None
    free = selling.free_for(link.place, at=request.at)
    form = DelegateForm(typed, initial=initial, free=free)
    if request.method == "POST" and form.is_valid() and _is_kept(request, link, form):
        return _unlisted(redirect(f"{request.path}?saved=1"))
    context = {"form": form, "token": token, **_about(link)}
    context["is_saved"] = request.method == "GET" and request.GET.get("saved") == "1"
    return _unlisted(render(request, "registrations/delegate.html", context))


def _about(link: DelegateLink) -> dict:
    """What the page shows of the place: never what anybody else told of the person."""
    return {
        "place": link.place,
        "booking": link.place.booking,
        "extras": link.place.lines.filter(extra__isnull=False, cancelled_at__isnull=True),
        "conference": link.place.booking.conference,
        "until": link.expires_at,
        "has_joining": joining_of(link) is not None,
    }


def _afterwards(request: HttpRequest, token: str) -> HttpResponse:
    """A link that has ended leads to the certificate, while there may be one."""
    link = delegate_links.link_afterwards(token, at=request.at)
    conference = link.place.booking.conference if link is not None else None
    if conference is None or not certificates.are_ready(conference, at=request.at):
        return render(request, "registrations/delegate_over.html", status=404)
    request.conference = conference
    facts = {"conference": conference, "token": token, "until": certificates.last_day(conference)}
    return render(request, "registrations/delegate_afterwards.html", facts)


def _is_kept(request: HttpRequest, link: DelegateLink, form: DelegateForm) -> bool:
    try:
        require_few(request, "tell_particulars")
        answers, chosen = Answers(**form.answers), form.cleaned_data.get("chosen")
        delegate_links.tell(link=link, answers=answers, chosen=chosen, at=request.at)
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            form.add_error(None, refusal)
        else:
            explain(form, refusal)
        return False
    return True


@login_not_required
@require_safe
def joining(request: HttpRequest, token: str) -> HttpResponse:
    """The joining instructions of whoever has the link, as they may be known now."""
    link = delegate_links.link_of(token, at=request.at)
    found = joining_of(link) if link is not None else None
    if found is None:
        return _unlisted(render(request, "registrations/delegate_over.html", status=404))
    row, badge = found
    own = getattr(link.place, "particulars", None)
    if own is not None and own.given_by != link.address:
        own = None
    made = joining_documents.pdf(row, badge, own, at=request.at)
    return _unlisted(as_pdf(made, f"joining-{row.conference.slug}"))


def joining_of(link: DelegateLink) -> tuple[JoiningInstructions, Credential] | None:
    """The conference's words and the person's badge, while the conference goes ahead."""
    conference = link.place.booking.conference
    rows = JoiningInstructions.objects.select_related("conference__venue")
    row = rows.filter(conference=conference).first() if conference.has_open_doors else None
    badge = row and badges(conference).valid().filter(place=link.place).first()
    return (row, badge) if badge else None


def _unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine lists it, should the address ever get about."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@login_not_required
def ask(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say what is sent to whom, then mail the delegate their link."""
    booking = fetch.booking(request, reference)
    place, errors = fetch.place(booking, pk), []
    if request.method == "POST":
        try:
            require_few(request, "ask_delegate")
            by = request.user if request.user.is_authenticated else None
            delegate_links.ask(by=by, place=place, at=request.at)
        except ValidationError as refusal:
            errors = refusal.messages
        else:
            messages.success(request, f"We have written to {place.name}.")
            return redirect(_back(request, booking))
    context = {"booking": booking, "place": place, "errors": errors}
    context["back"] = _back(request, booking)
    return render(request, "registrations/ask_delegate.html", context)


def _back(request: HttpRequest, booking: Booking) -> str:
    return fetch.delegation_url(request, booking) or booking.get_absolute_url()
