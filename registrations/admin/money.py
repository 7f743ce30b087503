"""What finance does to the account of a booking: each act says what it does, asks, calls a service."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

import clock
from members.staff import Act
from registrations import documents, rules
from registrations.models import Booking, Payment
from registrations.services import invoicing, ledger


def _is_made(row: Booking) -> bool:
    return row.state != Booking.State.DRAFT


def _is_paid_too_much(row: Booking) -> bool:
    return _is_made(row) and row.account_fetched.to_give_back > 0


def _is_owing(row: Booking) -> bool:
    return _is_made(row) and row.account_fetched.owing > 0


def _is_billed(row: Booking) -> bool:
    return row.invoices.standing().exists()


def _has_documents(row: Booking) -> bool:
    return row.invoices.exists()


def _text(label: str, most: int, **more: Any) -> forms.CharField:
    """A line of text as wide as the admin's own."""
    wide = forms.TextInput(attrs={"class": "vTextField"})
    return forms.CharField(label=label, max_length=most, widget=wide, **more)


class AmountForm(forms.Form):
    """How much; the most it can be stands beside it. The key makes a form pressed twice one act."""

    amount = forms.DecimalField(label="Amount (£)", max_digits=10, decimal_places=2, min_value=0)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Booking, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.account = row, row.account
        self.fields["amount"].help_text = documents.in_words(self.account)
        self.fields["amount"].initial = self.most() or None
        self.fields["key"].initial = uuid.uuid4

    def most(self) -> Any:
        """What can be given back."""
        return self.account.to_give_back


class RefundForm(AmountForm):
    """To whom the money went back, how and why."""

    method = forms.ChoiceField(label="How", choices=Payment.Method.choices)
    paid_to = _text("To whom", 150)
    refunded_on = forms.DateField(
        label="On", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reference = _text("Cheque number or bank reference", 60, required=False)
    reason = _text("Reason", 300)

    def __init__(self, *args: Any, row: Booking, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, row=row, at=at, **kwargs)
        last = row.payments.counting().first()
        self.fields["paid_to"].initial = last.payer if last else ""
        self.fields["method"].initial = last.method if last else Payment.Method.BACS
        self.fields["refunded_on"].initial = clock.in_london(at).date()


class WriteOffForm(AmountForm):
    """How much is asked for no more, and why."""

    reason = _text("Reason", 300)

    def most(self) -> Any:
        return self.account.owing


class MoveForm(AmountForm):
    """To which other booking of the same payer."""

    target = forms.ModelChoiceField(label="To booking", queryset=Booking.objects.none())
    field_order = ("target", "amount")

    def __init__(self, *args: Any, row: Booking, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, row=row, at=at, **kwargs)
        payer = (
            {"organisation": row.organisation}
            if row.organisation_id
            else {"organisation": None, "contact_email": row.contact_email}
        )
        rows = Booking.objects.submitted().filter(**payer).exclude(pk=row.pk)
        self.fields["target"].queryset = rows.select_related("conference")
        self.fields["target"].label_from_instance = lambda one: f"{one}, {one.conference}"


class BillForm(forms.Form):
    """Asks nothing; shows what is billed to whom, and what is credited first."""

    def __init__(self, *args: Any, row: Booking, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = [
            ("Credited, what is left billed again", f"{one}, {documents.pounds(one.gross)}")
            for one in invoicing.outdated(row)
        ]
        fresh = sum((line.net_charge for line in invoicing.unbilled(row)), Decimal(0))
        if fresh:
            words = f"{documents.pounds(fresh)} to {invoicing.payer_of(row).name}"
            self.facts.append(("Billed", words))
        if not self.facts:
            self.facts = [("Nothing", "Everything that is charged stands on an invoice.")]
        elif row.contact_email:
            self.facts.append(("The mail", f"to {row.contact_email}"))


class InvoiceForm(forms.Form):
    """One of the booking's invoices that stand, and why it does not any more."""

    invoice = forms.ModelChoiceField(label="Invoice", queryset=None)
    reason = _text("Reason", 300)

    def __init__(self, *args: Any, row: Booking, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = row.invoices.standing()
        self.fields["invoice"].queryset = found
        self.fields["invoice"].initial = found.first()
        self.fields["invoice"].label_from_instance = lambda one: (
            f"{one}, {documents.pounds(one.gross)} to {one.payer_name}"
        )


class PayerForm(InvoiceForm):
    """Who pays instead."""

    payer_name = _text("New payer", 150)
    payer_address = forms.CharField(
        label="Address", widget=forms.Textarea(attrs={"rows": 4}), max_length=500
    )
    purchase_order = _text("Purchase order number", 60, required=False)


class SendForm(forms.Form):
    """Which document the contact is told of again."""

    invoice = forms.ModelChoiceField(label="Document", queryset=None)

    def __init__(self, *args: Any, row: Booking, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invoice"].queryset = row.invoices.all()
        self.fields["invoice"].initial = row.invoices.first()


def _bill(request: HttpRequest, row: Booking, given: dict[str, Any]) -> str:
    made = invoicing.settle(by=request.user, booking=row, at=request.at)
    if not made:
        raise ValidationError("Everything that is charged stands on an invoice.", code="nothing")
    return "Issued: " + ", ".join(f"{one.get_kind_display()} {one}" for one in made) + "."


def bill_each(admin: ModelAdmin, request: HttpRequest, rows: QuerySet[Booking]) -> None:
    """Bring the invoices of each booking into step; one that is refused stops no other."""
    for row in rows:
        try:
            made = invoicing.settle(by=request.user, booking=row, at=request.at)
        except ValidationError as refusal:
            admin.message_user(request, f"{row}: {refusal.messages[0]}", messages.ERROR)
        else:
            words = ", ".join(map(str, made)) or "nothing new to bill"
            admin.message_user(request, f"{row}: {words}.", messages.SUCCESS)


def _credit(request: HttpRequest, row: Booking, given: dict[str, Any]) -> str:
    note = invoicing.credit_invoice(by=request.user, at=request.at, **given)
    return f"Credit note {note} takes back {note.credits}."


def _payer(request: HttpRequest, row: Booking, given: dict[str, Any]) -> str:
    payer = invoicing.Payer(given["payer_name"], given["payer_address"], given["purchase_order"])
    made = invoicing.change_payer(
        by=request.user,
        invoice=given["invoice"],
        payer=payer,
        reason=given["reason"],
        at=request.at,
    )
    return f"{given['invoice']} is credited; {made} bills {payer.name}."


def _send(request: HttpRequest, row: Booking, given: dict[str, Any]) -> str:
    invoicing.send(by=request.user, at=request.at, **given)
    return f"{row.contact_name} is told of {given['invoice']} again."


def _refund(request: HttpRequest, row: Booking, given: dict[str, Any]) -> str:
    made = ledger.refund(by=request.user, booking=row, at=request.at, **given)
    return f"{made} was recorded. {documents.in_words(row.account)}"


def _write_off(request: HttpRequest, row: Booking, given: dict[str, Any]) -> str:
    made = ledger.write_off(by=request.user, booking=row, at=request.at, **given)
    return f"{made}. {documents.in_words(row.account)}"


def _move(request: HttpRequest, row: Booking, given: dict[str, Any]) -> str:
    made = ledger.move_credit(by=request.user, source=row, at=request.at, **given)
    return f"{made}. {documents.in_words(row.account)}"


def _act(name: str, label: str, explain: str, do: Any, form: Any = None, **more: Any) -> Act:
    asks = {"form": form, "wants_row": True} if form else {}
    facts = {"may": rules.may_record_payments, "applies": _is_made, **asks, **more}
    return Act(name, label, explain, do, **facts)


ACTS = (
    _act(
        "bill",
        "Issue invoice",
        "What is charged and stands on no invoice is billed; an invoice on which something was "
        "cancelled is credited, and what is left of it billed again. The contact is told by mail.",
        _bill,
        BillForm,
    ),
    _act(
        "credit",
        "Credit an invoice",
        "The credit note mirrors the invoice to the penny; its lines can be billed again.",
        _credit,
        InvoiceForm,
        applies=_is_billed,
    ),
    _act(
        "payer",
        "Bill another payer",
        "The invoice is credited, and a new one made out to the new payer.",
        _payer,
        PayerForm,
        applies=_is_billed,
    ),
    _act(
        "send",
        "Send a document again",
        "The contact is sent the link by mail.",
        _send,
        SendForm,
        applies=_has_documents,
    ),
    _act(
        "refund",
        "Record a refund",
        "Never more than was paid too much and has cleared. The contact is told by mail.",
        _refund,
        RefundForm,
        applies=_is_paid_too_much,
    ),
    _act(
        "move",
        "Move credit",
        "What was paid too much counts for another booking of the same body or person.",
        _move,
        MoveForm,
        applies=_is_paid_too_much,
    ),
    _act(
        "write-off",
        "Write off",
        "This much is asked for no more. Nobody is written to.",
        _write_off,
        WriteOffForm,
        applies=_is_owing,
        is_grave=True,
    ),
)
