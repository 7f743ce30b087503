"""Pages under a booking in the admin: record a payment, cancel."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

import clock
from registrations import refunding, rules, wording
from registrations.forms import explain
from registrations.models import Booking, Payment
from registrations.services import cancelling, payments

#: What most likely came in for a booking that said how it would be paid; else a transfer.
EXPECTED = {
    Booking.Method.CHEQUE: Payment.Method.CHEQUE,
    Booking.Method.GRANT: Payment.Method.GRANT,
}


class RecordPaymentForm(forms.Form):
    """What came in."""

    method = forms.ChoiceField(label="How", choices=Payment.Method.choices)
    amount = forms.DecimalField(label="Amount (£)", max_digits=10, decimal_places=2, min_value=0)
    received_on = forms.DateField(
        label="Received on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reference = forms.CharField(
        label="Cheque number or bank reference", max_length=60, required=False
    )
    payer = forms.CharField(label="Paid by", max_length=150, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)


class CancelForm(forms.Form):
    """Why staff cancel; past the time for changes the reason is what lets it through."""

    reason = forms.CharField(
        label="Reason",
        max_length=300,
        help_text="Kept in the audit trail.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


def payment(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Record a payment for a booking."""
    if not rules.may_record_payments(request.user):
        raise Http404
    booking = get_object_or_404(Booking.objects.select_related("conference"), pk=pk)
    initial = {
        "amount": max(booking.balance, 0) or None,
        "received_on": clock.in_london(request.at).date(),
        "key": uuid.uuid4(),
        "method": EXPECTED.get(booking.payment_method, Payment.Method.BACS),
        "payer": booking.organisation.name if booking.organisation else booking.contact_name,
    }
    form = RecordPaymentForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = payments.record_payment(
                by=request.user, booking=booking, at=request.at, **form.cleaned_data
            )
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            messages.success(request, f"{row} was recorded. Still owing: £{booking.balance}.")
            return redirect("admin:registrations_booking_change", booking.pk)
    words = f"Owing: £{booking.balance} of £{booking.total}."
    return page(request, site, booking, form, "Record a payment", words)


def cancel(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Cancel a whole booking for somebody, with a reason."""
    if not rules.may_enter_bookings(request.user):
        raise Http404
    booking = get_object_or_404(Booking.objects.select_related("conference"), pk=pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancelling.cancel_booking(
                by=request.user,
                booking=booking,
                at=request.at,
                override_reason=form.cleaned_data["reason"],
            )
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            messages.success(request, f"Booking {booking.reference} is cancelled.")
            return redirect("admin:registrations_booking_change", booking.pk)
    percent = refunding.percent_kept(booking, at=request.at)
    lines = list(booking.lines.filter(cancelled_at__isnull=True))
    words = "All its places become free, and its contact is told by mail. It cannot be undone. "
    words += wording.comes_off(lines, percent)
    return page(request, site, booking, form, "Cancel the booking", words)


def page(
    request: HttpRequest,
    site: AdminSite,
    booking: Booking,
    form: Any,
    title: str,
    words: str,
    **more: Any,
) -> HttpResponse:
    """A page under a booking that says what an act does, and asks.

    More it may be given: `facts` (name and value of what changes), `quoted` (the price that is
    shown and has to be the price), `button`, `is_review` (nothing can be typed any more).
    """
    context = {
        **site.each_context(request),
        "title": f"{title}: {booking.reference}",
        "opts": Booking._meta,
        "booking": booking,
        "form": form,
        "words": words,
        "button": title,
        **more,
    }
    return TemplateResponse(request, "admin/registrations/booking_form.html", context)
