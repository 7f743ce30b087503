"""An officer says who else may draft and submit for the body at one conference."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from events import fetch
from events.models import Authorisation
from events.services import authority
from members.limits import require_few


class AddressForm(forms.Form):
    """The address of a delegate or member. Sent twice it is one authority."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="They get a mail and can draft and send in for the body at this conference.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Who may act for the body here; another may be added."""
    organisation = fetch.body_to_authorise_for(request, body)
    conference = fetch.named_conference(request, slug)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            require_few(request, "authorise_address")
            given = authority.authorise_address(
                by=request.user,
                organisation=organisation,
                conference=conference,
                at=request.at,
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error("email", ValidationError(refusal.messages))
        else:
            messages.success(request, f"{given.user.email} may act for {organisation} here.")
            return redirect("events:acting-for", slug, body)
    given = Authorisation.objects.filter(conference=conference, organisation=organisation)
    facts = {"form": form, "body": organisation, "conference": conference}
    return render(
        request,
        "events/acting_for.html",
        facts | {"given": given.select_related("user", "authorised_by", "withdrawn_by")},
    )


@require_POST
def withdraw(request: HttpRequest, slug: str, body: str, pk: int) -> HttpResponse:
    """The person can no longer act for the body; what they sent stays."""
    organisation = fetch.body_to_authorise_for(request, body)
    row = get_object_or_404(Authorisation, pk=pk, organisation=organisation, conference__slug=slug)
    authority.withdraw(by=request.user, authorisation=row, at=request.at)
    messages.success(request, f"{row.user.email} no longer acts for {organisation} here.")
    return redirect("events:acting-for", slug, body)
