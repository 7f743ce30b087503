"""Pages under a booking for one of its cheques: banked, cleared, or returned by the bank."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

import clock
from registrations import rules
from registrations.admin.desk import page
from registrations.forms import explain
from registrations.models import Payment
from registrations.services import payments

State = Payment.State
TITLES = {
    State.BANKED: "The cheque was banked",
    State.CLEARED: "The cheque has cleared",
    State.BOUNCED: "The cheque has bounced",
}


class DayForm(forms.Form):
    """On which day it happened."""

    on = forms.DateField(
        label="On", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def cheque(request: HttpRequest, pk: int, payment: int, to: str, site: AdminSite) -> HttpResponse:
    """Say what it does to the balance, ask for the day, move the cheque on."""
    if not rules.may_record_payments(request.user) or to not in TITLES:
        raise Http404
    rows = Payment.objects.select_related("booking__conference", "booking__organisation")
    row = get_object_or_404(rows, pk=payment, booking__pk=pk, method=Payment.Method.CHEQUE)
    if to not in Payment.MOVES[State(row.state)]:
        messages.warning(request, f"{row} is {row.get_state_display()}: nothing was changed.")
        return redirect("admin:registrations_booking_change", pk)
    form = DayForm(request.POST or None, initial={"on": clock.in_london(request.at).date()})
    if request.method == "POST" and form.is_valid():
        try:
            payments.move_cheque(
                by=request.user, payment=row, to=to, on=form.cleaned_data["on"], at=request.at
            )
        except ValidationError as refusal:
            explain(form, refusal)
        else:
            left = f"Still to pay: £{row.booking.balance}."
            messages.success(request, f"{row} is {State(to).label} now. {left}")
            return redirect("admin:registrations_booking_change", pk)
    facts = [("The cheque", _told(row)), *_balance(row, to)]
    return page(request, site, row.booking, form, TITLES[State(to)], _words(row, to), facts=facts)


def _told(row: Payment) -> str:
    words = f"£{row.amount}, received on {row.received_on:%A %-d %B %Y}"
    return f"{words}, number {row.reference}" if row.reference else words


def _balance(row: Payment, to: str) -> list[tuple[str, str]]:
    """What is still to pay, before and after: only a cheque that bounces changes it."""
    now = row.booking.balance
    then = now + (row.amount if to == State.BOUNCED else Decimal(0))
    words = f"£{then}, as before" if then == now else f"£{then}, now £{now}"
    return [("Then still to pay", words)]


def _words(row: Payment, to: str) -> str:
    if to != State.BOUNCED:
        return "Nobody is written to."
    stay = "The places stay, at their price. "
    if row.booking.contact_email:
        return f"{stay}{row.booking.contact_name} is told by mail and asked for a new cheque."
    return f"{stay}There is no e-mail address to write to: please send a letter."
