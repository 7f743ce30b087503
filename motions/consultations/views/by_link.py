"""Answering without an account: ask for a link, then write, send and read behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from members.limits import require_few
from motions.consultations import fetch
from motions.consultations.fetch import Seat
from motions.consultations.forms import AskForLinkForm
from motions.consultations.services import drafting
from motions.consultations.views import answering
from motions.forms import add_errors


@require_http_methods(["GET", "POST"])
@login_not_required
def ask(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Name and address; the answer is the same whether the address is known."""
    consultation = fetch.consultation_to_read(request, slug, pk)
    if not consultation.from_public:
        raise Http404
    form = AskForLinkForm(request.POST or None)
    facts = {
        "conference": consultation.conference,
        "consultation": consultation,
        "form": form,
        "window": consultation.deadline.window,
        "at": request.at,
    }
    if request.method == "POST" and form.is_valid():
        try:
            require_few(request, "ask_consultation")
            drafting.ask_for_link(
                consultation=consultation,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                at=request.at,
                key=form.posted_key,
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            facts["address"] = form.cleaned_data["email"]
            return render(request, "motions/consultations/asked.html", facts)
    return render(request, "motions/consultations/ask.html", facts)


def _behind_a_link(
    page: Callable[[HttpRequest, Seat], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The same page for whoever has the link; a wrong one and one that has run out are alike."""

    @wraps(page)
    def view(request: HttpRequest, token: str) -> HttpResponse:
        seat = fetch.seat_by_link(request, token)
        if seat is None:
            return render(request, "motions/consultations/link_over.html", status=404)
        return page(request, seat)

    return login_not_required(view)


submission = require_http_methods(["GET", "POST"])(_behind_a_link(answering.submission))
send = require_http_methods(["GET", "POST"])(_behind_a_link(answering.send))
withdraw = require_http_methods(["GET", "POST"])(_behind_a_link(answering.withdraw))
document = require_safe(_behind_a_link(answering.document))
preview = require_safe(_behind_a_link(answering.preview))
