"""A bank's statement: choose the columns, look at what each line would pay, tick, record.

The file is kept by the page itself (`members.import_state`). Nothing of it is stored but the payments
that are ticked: what else went through the account is nobody's business here.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from members import import_state
from members.import_pages import UploadForm
from members.imports.cells import Table
from registrations import documents, rules
from registrations.bank import lines
from registrations.bank.proposals import propose
from registrations.models import Payment
from registrations.services import bank as services

PURPOSE = "bank"
LABELS = {
    "date": "Day",
    "words": "Description",
    "reference": "Reference, if it has a column of its own",
    "amount": "Amount, where one column holds both ways",
    "paid_in": "Or: paid in",
    "paid_out": "and paid out",
}


class ColumnsForm(forms.Form):
    """Which column of the file is which."""

    def __init__(self, *args: Any, heads: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "none"), *((str(place), head or "–") for place, head in enumerate(heads))]
        for name, label in LABELS.items():
            needed = name in lines.NEEDED
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=needed)

    def clean(self) -> dict[str, Any]:
        """A sum is needed, in one column or in two."""
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("amount") or cleaned.get("paid_in")):
            self.add_error("amount", "Choose the column of the amount, or of what was paid in.")
        return cleaned

    @property
    def chosen(self) -> dict[str, int]:
        """The places of the columns."""
        found = {name: int(place) for name, place in self.cleaned_data.items() if place}
        if "amount" in found:
            found.pop("paid_in", None)
            found.pop("paid_out", None)
        return found


def page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Asks for the file, shows what its lines would pay, records what is ticked."""
    if not rules.may_record_payments(request.user):
        raise PermissionDenied
    if request.method == "POST" and "state" in request.POST:
        return _go_on(request, site)
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        table = form.cleaned_data["file"]
        try:
            return _look(request, site, table, lines.guess(table.heads))
        except ValidationError as refusal:
            form.add_error("file", refusal)
    facts = {"title": "Bank statement", "form": form}
    return _show(request, site, "admin/registrations/bank_upload.html", facts)


def _go_on(request: HttpRequest, site: AdminSite) -> HttpResponse:
    try:
        table, _ = import_state.opened(request, PURPOSE)
    except import_state.UNUSABLE:
        messages.error(request, "This page is too old. Choose the file once more.")
        return redirect(request.path)
    form = ColumnsForm(request.POST, heads=table.heads)
    if not form.is_valid():
        return _look(request, site, table, {}, form=form)
    if "record" not in request.POST:
        return _look(request, site, table, form.chosen)
    try:
        ticked = _ticked(request, lines.read(table, form.chosen))
        made = services.record_lines(by=request.user, ticked=ticked, at=request.at)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return _look(request, site, table, form.chosen, ticks=request.POST.getlist("tick"))
    total = sum((row.amount for row in made), Decimal(0))
    words = "1 payment" if len(made) == 1 else f"{len(made)} payments"
    messages.success(request, f"Recorded: {words}, {documents.pounds(total)} together.")
    return redirect("admin:registrations_payment_changelist")


def _ticked(request: HttpRequest, read: lines.Statement) -> list[services.Ticked]:
    """What was ticked: 'row:booking:owing', as the boxes of the page say."""
    by_number = {str(line.number): line for line in read.lines}
    found = []
    for value in request.POST.getlist("tick"):
        number, _, rest = value.partition(":")
        booking, _, owing = rest.partition(":")
        try:
            found.append(services.Ticked(by_number[number], int(booking[:18]), Decimal(owing[:20])))
        except (KeyError, ValueError, InvalidOperation):
            raise ValidationError("This page is too old. Look at the lines again.") from None
    if not found:
        raise ValidationError("Tick the lines that are to be recorded.")
    return found


def _look(
    request: HttpRequest,
    site: AdminSite,
    table: Table,
    chosen: dict[str, int],
    *,
    form: ColumnsForm | None = None,
    ticks: list[str] | None = None,
) -> HttpResponse:
    is_enough = lines.is_enough(chosen)
    read = lines.read(table, chosen) if is_enough else lines.Statement((), ())
    initial = {name: str(place) for name, place in chosen.items()}
    found = propose(read.lines)
    for row in found.rows:
        for one in row.candidates:
            one.is_ticked = one.is_preset if ticks is None else one.value in ticks
    facts = {
        "title": "Bank statement: what its lines pay",
        "columns": form or ColumnsForm(initial=initial, heads=table.heads),
        "is_enough": is_enough,
        "notes": table.notes,
        "unreadable": read.unreadable,
        "found": found,
        "state": import_state.sealed(request, PURPOSE, table, {}),
    }
    return _show(request, site, "admin/registrations/bank_lines.html", facts)


def _show(request: HttpRequest, site: AdminSite, name: str, facts: dict[str, Any]) -> HttpResponse:
    context = {**site.each_context(request), "opts": Payment._meta, **facts}
    return TemplateResponse(request, name, context)
