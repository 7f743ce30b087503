"""An officer of the body appeals against the committee's ruling."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from motions.committee.forms import AppealForm
from motions.committee.services import appeals
from motions.forms import add_errors
from motions.services.appealing import closing_for
from motions.views import fetch
from motions.views.kept import keeps_typing, take


@keeps_typing
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The ruling, and a form to say why it is wrong; without one to appeal against, the motion."""
    motion = fetch.motion_to_confirm(request, slug, pk)
    ruling = appeals.against(motion, request.at)
    if request.method == "GET" and ruling is None:
        return redirect(motion)
    form = AppealForm(request.POST or None, initial=take(request))
    if request.method == "POST" and form.is_valid():
        try:
            text, key = form.cleaned_data["text"], form.posted_key
            appeals.lodge(by=request.user, motion=motion, text=text, at=request.at, key=key)
            messages.success(request, "Your appeal is with the committee; you have it by mail.")
            return redirect(motion)
        except ValidationError as refusal:
            add_errors(form, refusal)
    facts = {"conference": motion.conference, "motion": motion, "form": form, "ruling": ruling}
    closes_at = closing_for(ruling) if ruling else None
    return render(request, "motions/appeal.html", facts | {"closes_at": closes_at})
