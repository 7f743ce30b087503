"""Entering what came by post or e-mail: the instant of receipt decides price and deadline."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from events.calendar import WallTimeError, london_instant
from events.models import Conference
from members.models import Member, Organisation
from registrations import rules, selling
from registrations.forms import explain
from registrations.models import Booking
from registrations.orders import Order, Paper, PlaceWish
from registrations.priced_fields import ExtrasField, PassField, PricedCheckboxes, PricedSelect
from registrations.services import paper as services

PEOPLE = 6
Method = Booking.Method
#: How somebody who writes a letter pays.
WAYS = (Method.INVOICE, Method.BACS, Method.CHEQUE, Method.GRANT)


class MemberField(forms.CharField):
    """A membership number, cleaned to the member: a letter has no sign-in that could be matched."""

    def clean(self, value: Any) -> Member | None:
        number = super().clean(value).strip()
        found = Member.objects.filter(number__iexact=number).first() if number else None
        if number and found is None:
            raise ValidationError("No member has this number. Look it up in the register.")
        return found


class PaperForm(forms.Form):
    """The letter itself: whose, when it came, how it is paid."""

    organisation = forms.ModelChoiceField(
        label="For the body (empty: for one person)",
        queryset=Organisation.objects.active(),
        required=False,
    )
    channel = forms.ChoiceField(
        label="It came", choices=[("post", "by post"), ("email", "by e-mail")]
    )
    received_on = forms.DateField(
        label="Received on",
        help_text="The moment of receipt decides price and deadline.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    received_time = forms.TimeField(
        label="at (UK time)", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    contact_name = forms.CharField(label="Contact", max_length=150)
    contact_email = forms.EmailField(label="Contact's e-mail address", required=False)
    contact_phone = forms.CharField(label="Contact's phone", max_length=40, required=False)
    payment_method = forms.ChoiceField(
        label="Paid by",
        choices=[(row.value, row.label) for row in WAYS],
    )
    bill_to = forms.CharField(
        label="Bill to", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    purchase_order = forms.CharField(label="Purchase order", max_length=60, required=False)
    scan = forms.FileField(
        label="Scan (JPEG, PNG or TIFF, up to 8 MB)",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/tiff"}),
    )
    override_reason = forms.CharField(
        label="Let it in late because",
        max_length=300,
        required=False,
        help_text="Only when it came after the deadline. It then has the last price.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("received_on") and cleaned.get("received_time"):
            try:
                cleaned["received_at"] = london_instant(
                    cleaned["received_on"], cleaned["received_time"]
                )
            except WallTimeError as error:
                self.add_error("received_time", str(error))
        return cleaned

    def clean_scan(self) -> Any:
        upload = self.cleaned_data["scan"]
        return services.reencoded(upload, size=upload.size) if upload else None


class PaperPlaceForm(forms.Form):
    """One person on the letter; an empty panel is left out."""

    pass_type = PassField(label="Pass", widget=PricedSelect, required=False)
    name = forms.CharField(label="Name (empty: not yet known)", max_length=150, required=False)
    email = forms.EmailField(label="E-mail address", required=False)
    extras = ExtrasField(label="Extras", widget=PricedCheckboxes, required=False)
    member = MemberField(
        label="Membership number (for a member's pass)", max_length=30, required=False
    )
    access = forms.CharField(label="Access needs", max_length=1000, required=False)
    dietary = forms.CharField(label="Dietary needs", max_length=500, required=False)

    def __init__(self, *args: Any, passes: Any, extra_offers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offers in (("pass_type", passes), ("extras", extra_offers)):
            field = self.fields[name]
            field.by_key = {str(offer.item.pk): offer for offer in offers}
            field.choices = [(key, offer.item.name) for key, offer in field.by_key.items()]
        self.fields["pass_type"].choices.insert(0, ("", "nobody"))
        self.fields["pass_type"].choices = self.fields["pass_type"].choices

    def clean(self) -> dict[str, Any]:
        """Nothing that was typed is left out without a word."""
        cleaned = super().clean()
        if not self.errors and not cleaned.get("pass_type") and any(cleaned.values()):
            self.add_error("pass_type", "Choose the pass of this person, or empty the panel.")
        return cleaned


PaperPlaces = forms.formset_factory(PaperPlaceForm, extra=PEOPLE, max_num=30)


class WhichForm(forms.Form):
    """For which conference."""

    conference = forms.ModelChoiceField(queryset=Conference.objects.exclude(status="draft"))


def enter(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Choose the conference, type the letter, and book it as of its receipt."""
    if not rules.may_enter_bookings(request.user):
        raise Http404
    which = WhichForm(request.GET or None)
    if not which.is_valid():
        return _page(request, site, which, None, "Enter a booking from paper: which conference?")
    conference = which.cleaned_data["conference"]
    passes, extras = selling.offers(conference, at=request.at)
    form = PaperForm(request.POST or None, request.FILES or None, initial={"key": uuid.uuid4()})
    places = PaperPlaces(
        request.POST or None,
        prefix="places",
        form_kwargs={"passes": passes, "extra_offers": extras},
    )
    if request.method == "POST" and form.is_valid() and places.is_valid():
        try:
            booking = _enter(request, conference, form.cleaned_data, places)
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            messages.success(
                request, f"Booked as {booking.reference}: £{booking.total}, as of its receipt."
            )
            return redirect("admin:registrations_booking_change", booking.pk)
    return _page(request, site, form, places, f"Enter a booking from paper: {conference}")


def _enter(
    request: HttpRequest, conference: Conference, typed: dict[str, Any], places: Any
) -> Booking:
    fields = (
        "organisation",
        "contact_name",
        "contact_email",
        "contact_phone",
        "payment_method",
        "bill_to",
        "purchase_order",
    )
    wishes = [
        PlaceWish(**row, region=row["member"].region if row["member"] else None)
        for row in places.cleaned_data
        if row.get("pass_type")
    ]
    order = Order(
        conference=conference, places=tuple(wishes), **{name: typed[name] for name in fields}
    )
    paper = Paper(
        channel=typed["channel"], scan=typed["scan"], override_reason=typed["override_reason"]
    )
    return services.enter_paper_booking(
        by=request.user,
        order=order,
        paper=paper,
        received_at=typed["received_at"],
        at=request.at,
        key=typed["key"],
    )


def _page(
    request: HttpRequest, site: AdminSite, form: Any, places: Any, title: str
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": title,
        "opts": Booking._meta,
        "form": form,
        "places": places,
    }
    return TemplateResponse(request, "admin/registrations/paper.html", context)
