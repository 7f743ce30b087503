"""Interest without an account, and the printable blank forms."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from members.limits import require_few
from registrations import selling
from registrations.forms import InterestForm, explain
from registrations.models import PassType
from registrations.services import interest as services
from registrations.views import fetch


@login_not_required
def interest(request: HttpRequest, slug: str) -> HttpResponse:
    """Register an interest; the answer is the same whether the address is known."""
    conference = fetch.conference(request, slug)
    closed = _closed(conference, request)
    form = InterestForm(
        request.POST or None, marketing_words=services.MARKETING_WORDS, initial=_known(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            require_few(request, "register_interest")
            services.register(conference=conference, at=request.at, **form.cleaned_data)
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            context = {"conference": conference, "address": form.cleaned_data["email"]}
            return render(request, "registrations/interest_sent.html", context)
    context = {"conference": conference, "form": form, "closed": closed}
    return render(request, "registrations/interest.html", context)


def _closed(conference: object, request: HttpRequest) -> str:
    try:
        services.require_open(conference, at=request.at)
    except ValidationError as refusal:
        if refusal.code == "booking":
            raise Http404 from refusal
        return refusal.messages[0]
    return ""


def _known(request: HttpRequest) -> dict[str, object]:
    user = request.user
    if not user.is_authenticated:
        return {}
    is_member = hasattr(user, "member")
    return {"name": user.name, "email": user.email, "is_member": is_member}


@login_not_required
def interest_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on paper: a form to print and send by post, until its door closes."""
    conference = fetch.conference(request, slug)
    closed = _closed(conference, request)
    context = {
        "conference": conference,
        "closed": closed,
        "closes_at": services.closing(conference),
        "marketing_words": services.MARKETING_WORDS,
    }
    return render(request, "registrations/interest_form.html", context)


@login_not_required
def confirm_interest(request: HttpRequest, token: str) -> HttpResponse:
    """The link from the mail: a button confirms, another takes it back."""
    row = services.find(token)
    if row is None:
        return render(request, "registrations/link_over.html", status=404)
    if request.method == "POST":
        act = services.withdraw if request.POST.get("do") == "withdraw" else services.confirm
        act(interest=row, at=request.at)
        return redirect("registrations:confirm_interest", token=token)
    context = {"interest": row, "conference": row.conference}
    return render(request, "registrations/interest_confirm.html", context)


@login_not_required
def blank_form(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A form to print and send by post, for a pass's door, with prices and dates as they stand."""
    conference = fetch.conference(request, slug)
    passes, extras = selling.offers(conference, at=request.at)
    offer = next((row for row in passes if row.item.code == code), None)
    if offer is None:
        raise Http404
    is_body = offer.item.sold_to == PassType.SoldTo.BODIES
    context = {
        "conference": conference,
        "offer": offer,
        "extras": extras,
        "is_body": is_body,
        "people": range(1, 6 if is_body else 2),
    }
    return render(request, "registrations/blank_form.html", context)
