"""How conferences sell: supplier and ways to pay, series of invoices, what a cancellation costs."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from events.admin.conferences import register_inline
from members.roles import Role
from members.staff import RoleAdmin, RoleInline
from registrations import documents
from registrations.models import (
    Invoice,
    InvoiceLine,
    InvoiceSeries,
    RefundPeriod,
    SaleTerms,
)
from registrations.views.papers import as_pdf

FINANCE = frozenset({Role.FINANCE})
READERS = frozenset({Role.REGISTRATIONS_OFFICER})


@admin.register(SaleTerms)
class SaleTermsAdmin(RoleAdmin):
    """What the next invoice of a conference is issued with; those issued keep their words."""

    editors = FINANCE
    readers = READERS
    list_display = ("conference", "supplier_name", "vat_number", "days_to_pay", "series")
    list_select_related = ("conference", "series")
    fieldsets = (
        (None, {"fields": ("conference", "series")}),
        ("Supplier", {"fields": ("supplier_name", "supplier_address")}),
        ("VAT", {"fields": (("vat_number", "vat_rounding"),)}),
        ("Bank transfer", {"fields": ("account_name", ("sort_code", "account_number"))}),
        ("Cheques and terms", {"fields": ("cheques_to", "cheque_address", "days_to_pay")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("conference",) if obj else ()


@admin.register(InvoiceSeries)
class InvoiceSeriesAdmin(RoleAdmin):
    """Where numbers come from. A prefix stays as it is: it stands on what was sent."""

    editors = FINANCE
    readers = READERS
    list_display = ("prefix", "last_number")
    readonly_fields = ("last_number",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("prefix", "last_number") if obj else ("last_number",)


class InvoiceLineInline(RoleInline):
    """What was billed."""

    model = InvoiceLine
    can_delete = False
    fields = ("description", "nominal_code", "quantity", "price", "vat_rate", "net", "vat", "gross")


@admin.register(Invoice)
class InvoiceAdmin(RoleAdmin):
    """Every document of money that was issued. None is ever changed."""

    readers = FINANCE | READERS
    may_add = may_change = False
    list_display = (
        "label",
        "kind",
        "payer_name",
        "gross",
        "due_on",
        "issued_at",
        "booking",
        "download",
    )
    list_filter = ("kind", "booking__conference", "series")
    search_fields = ("label", "payer_name", "purchase_order", "booking__reference")
    date_hierarchy = "issued_at"
    list_select_related = ("booking",)
    inlines = (InvoiceLineInline,)
    fields = (
        ("label", "kind", "credits", "reason"),
        ("booking", "conference_title"),
        ("payer_name", "payer_address", "purchase_order"),
        ("issued_at", "issued_by", "due_on"),
        ("supplier_name", "supplier_address", "vat_number"),
        ("net", "vat", "gross"),
        "download",
    )
    readonly_fields = ("download",)

    @admin.display(description="document")
    def download(self, row: Invoice) -> str:
        url = reverse("admin:registrations_invoice_pdf", args=[row.pk])
        return format_html(
            '<a href="{}">Download<span class="visually-hidden"> {}</span></a>', url, row
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.pdf)
        return [path("<int:pk>/pdf/", view, name="registrations_invoice_pdf"), *super().get_urls()]

    def pdf(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The document as it was sent."""
        row = self.fetch_row(request, str(pk))
        return as_pdf(documents.invoice(row), row.label)


class PeriodsFormSet(BaseInlineFormSet):
    """Refund periods run in the order of their ends, and belong to this conference."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data]
        rows = [row for row in rows if not row.get("DELETE")]
        rows.sort(key=lambda row: row["position"])
        if any(row["until"].conference_id != self.instance.pk for row in rows):
            raise ValidationError("A refund period ends with a deadline of this conference.")
        known = [row["until"].closing for row in rows if row["until"].closing is not None]
        if known != sorted(known):
            raise ValidationError("Put the periods in the order in which their deadlines close.")


class RefundPeriodInline(RoleInline):
    """What is kept of a cancellation, until when."""

    model = RefundPeriod
    formset = PeriodsFormSet
    editors = FINANCE
    fields = ("position", "until", "percent_kept")
    verbose_name_plural = "what is kept of a cancellation, in order (later: everything)"

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        pk = str(request.resolver_match.kwargs.get("object_id", ""))
        if field.name == "until" and found is not None and pk.isascii() and pk.isdigit():
            found.queryset = found.queryset.filter(conference=pk)
        return found


register_inline(RefundPeriodInline)
