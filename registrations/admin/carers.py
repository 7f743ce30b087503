"""The page on which staff give somebody who comes a place for their carer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from registrations import rules, selling
from registrations.admin.desk import page
from registrations.forms import explain
from registrations.models import Place
from registrations.priced_fields import PassField, PricedSelect
from registrations.services import carers
from registrations.wording import short_label


class CarerForm(forms.Form):
    """Which pass, and who it is; never why."""

    pass_type = PassField(label="Which pass", widget=PricedSelect)
    name = forms.CharField(
        label="Full name",
        max_length=150,
        required=False,
        help_text="Leave empty if the name is not yet known.",
    )
    email = forms.EmailField(label="E-mail address", required=False)

    def __init__(self, *args: Any, offers: list[selling.Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pass_type"].offer(offers, label=short_label)
        if len(offers) == 1:
            self.fields["pass_type"].initial = str(offers[0].item.pk)


def add(request: HttpRequest, pk: int, place: int, site: AdminSite) -> HttpResponse:
    """Ask which pass and whose; a place at no charge, told to the contact by mail."""
    if not rules.may_add_carers(request.user):
        raise Http404
    rows = Place.objects.active().select_related("booking__conference", "pass_type")
    row = get_object_or_404(rows, pk=place, booking__pk=pk, comes_with__isnull=True)
    passes, _ = selling.offers(row.booking.conference, at=request.at)
    offers = selling.carers(passes)
    back = redirect("admin:registrations_booking_change", row.booking_id)
    if not offers:
        messages.warning(request, "Add a carer's pass to the conference first; it costs nothing.")
        return back
    form = CarerForm(request.POST or None, offers=offers)
    if request.method == "POST" and form.is_valid():
        try:
            carers.add_carer(by=request.user, place=row, at=request.at, **form.cleaned_data)
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            messages.success(request, f"Somebody can come with {row} now, at no charge.")
            return back
    words = f"Somebody who comes with {row} to support them. It costs nothing and is no place of "
    words += "the delegation. Do not write down why: that is told to the access officer alone."
    return page(request, site, row.booking, form, "Add a carer's place", words)
