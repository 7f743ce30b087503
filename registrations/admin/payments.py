"""Payments: read-only but for the moves of a cheque."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

import clock
from members.roles import Role
from members.staff import RoleAdmin
from registrations import rules
from registrations.admin.bank import page as bank_statement
from registrations.admin.cheques import DayForm
from registrations.models import Payment
from registrations.services import payments


@admin.register(Payment)
class PaymentAdmin(RoleAdmin):
    """What came in. New ones are recorded on a booking's page."""

    readers = frozenset({Role.FINANCE, Role.REGISTRATIONS_OFFICER})
    may_add = False
    list_display = ("booking", "payer", "method", "amount", "state", "received_on", "reference")
    list_filter = ("state", "method", "booking__conference")
    search_fields = ("reference", "payer", "booking__reference", "booking__organisation__name")
    list_select_related = ("booking",)
    date_hierarchy = "received_on"
    actions = ("bank", "clear", "bounce")
    change_list_template = "admin/import_list.html"

    def get_urls(self) -> list[URLPattern]:
        view, site = self.admin_site.admin_view, self.admin_site
        own = path("bank/", view(bank_statement), {"site": site}, "registrations_payment_bank")
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """With the way to a bank's statement for those who record payments."""
        url = reverse("admin:registrations_payment_bank")
        more = {"import_url": url, "import_title": "Bank statement"}
        shown = more if rules.may_record_payments(request.user) else {}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    def has_money_permission(self, request: HttpRequest) -> bool:
        return rules.may_record_payments(request.user)

    @admin.action(description="Banked: the chosen cheques", permissions=["money"])
    def bank(self, request: HttpRequest, rows: QuerySet[Payment]) -> HttpResponse | None:
        return self._move(request, rows, Payment.State.BANKED, "bank")

    @admin.action(description="Cleared: the chosen cheques", permissions=["money"])
    def clear(self, request: HttpRequest, rows: QuerySet[Payment]) -> HttpResponse | None:
        return self._move(request, rows, Payment.State.CLEARED, "clear")

    @admin.action(description="Bounced: the chosen cheques", permissions=["money"])
    def bounce(self, request: HttpRequest, rows: QuerySet[Payment]) -> HttpResponse | None:
        return self._move(request, rows, Payment.State.BOUNCED, "bounce")

    def _move(
        self, request: HttpRequest, rows: QuerySet[Payment], to: Payment.State, action: str
    ) -> HttpResponse | None:
        """Ask for the day, then call the service for each."""
        confirmed = "confirmed" in request.POST
        initial = {"on": clock.in_london(request.at).date()}
        form = DayForm(request.POST if confirmed else None, initial=initial)
        if not (confirmed and form.is_valid()):
            context = {
                **self.admin_site.each_context(request),
                "title": f"{to.label.capitalize()}: {rows.count()} payments",
                "opts": self.model._meta,
                "rows": rows,
                "form": form,
                "action": action,
                "checkbox_name": ACTION_CHECKBOX_NAME,
            }
            return TemplateResponse(request, "admin/registrations/confirm_rows.html", context)
        for row in rows:
            try:
                payments.move_cheque(
                    by=request.user, payment=row, to=to, on=form.cleaned_data["on"], at=request.at
                )
            except ValidationError as refusal:
                self.message_user(request, f"{row}: {refusal.messages[0]}", messages.ERROR)
            else:
                self.message_user(request, f"{row} is {to.label} now.", messages.SUCCESS)
        return None
