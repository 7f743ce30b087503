"""Bookings: a list that answers questions; read-only but for actions that call the services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join

import clock
from members.roles import Role
from members.staff import RoleAdmin, RoleInline
from registrations import exports, references, rules
from registrations.admin import (
    books,
    carers,
    cheques,
    codes,
    desk,
    guests,
    money,
    overview,
    paper,
    places,
)
from registrations.admin.filters import BandFilter, PassFilter, QuestionFilter
from registrations.models import Booking, Invoice, Line, Payment, Place, Refund

PLACE_ACTS = {
    "name": places.rename,
    "pass": places.change_pass,
    "cancel": places.cancel,
    "carer": carers.add,
    "code": codes.use,
}
SCREENS = {
    "overview": overview.show,
    "delegations": overview.states,
    "days": overview.days,
    "hotel": guests.rooming,
    "dinner": guests.dinner,
    "consents": guests.consents,
    "needs": guests.needs,
}
OFFICERS = frozenset({Role.REGISTRATIONS_OFFICER, Role.FINANCE})


class ReadOnlyInline(RoleInline):
    """Rows of a booking, shown."""

    can_delete = False


class PlaceInline(ReadOnlyInline):
    """Who comes, with what may be done to each place."""

    model = Place
    fields = ("name", "email", "pass_type", "comes_with", "region", "cancelled_at")
    readonly_fields = ("change",)
    acts: Sequence[tuple[str, str]] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        is_changed_here = obj is not None and obj.state == Booking.State.SUBMITTED
        if is_changed_here and rules.may_add_carers(request.user):
            self.acts = self._acts(request)
            return ("name", "change", *self.fields[1:])  # in sight on a phone
        return self.fields

    @admin.display(description="change")
    def change(self, row: Place) -> str:
        if row.cancelled_at is not None:
            return "–"
        is_carer = row.comes_with_id is not None
        return _links(
            (f"registrations_booking_place_{name}", [row.booking_id, row.pk], words, row)
            for name, words in self.acts
            if not (is_carer and name in ("pass", "carer", "code"))
        )

    def _acts(self, request: HttpRequest) -> list[tuple[str, str]]:
        """The access officer only adds a carer's place."""
        carer = [("carer", "Add a carer")]
        if not rules.may_enter_bookings(request.user):
            return carer
        return [
            ("name", "Who comes"),
            ("pass", "Pass"),
            *carer,
            ("code", "Use a code"),
            ("cancel", "Cancel"),
        ]


class LineInline(ReadOnlyInline):
    """What was charged, once and for all."""

    model = Line
    fields = ("place", "description", "band", "amount", "priced_at", "cancelled_at", "kept")


class PaymentInline(ReadOnlyInline):
    """What came in, with what may have become of a cheque."""

    model = Payment
    fields = ("method", "amount", "state", "received_on", "reference", "payer")
    readonly_fields = ("cheque",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if rules.may_record_payments(request.user):
            return ("method", "amount", "cheque", *self.fields[2:])
        return self.fields

    @admin.display(description="the cheque")
    def cheque(self, row: Payment) -> str:
        if row.method != Payment.Method.CHEQUE or not Payment.MOVES[Payment.State(row.state)]:
            return "–"
        return _links(
            ("registrations_booking_cheque", [row.booking_id, row.pk, to], to.label, row)
            for to in Payment.State
            if to in Payment.MOVES[Payment.State(row.state)]
        )


def _links(acts: Iterable[tuple[str, list[Any], str, Any]]) -> str:
    """A list of links, each with the row it is about for those who do not see the row."""
    return format_html(
        '<ul class="row-acts">{}</ul>',
        format_html_join(
            "",
            '<li><a href="{}">{}<span class="visually-hidden">: {}</span></a></li>',
            (
                (reverse(f"admin:{name}", args=args), words[:1].upper() + words[1:], row)
                for name, args, words, row in acts
            ),
        ),
    )


class RefundInline(ReadOnlyInline):
    """What went back."""

    model = Refund
    fields = ("amount", "method", "paid_to", "refunded_on", "reason")


class InvoiceInline(ReadOnlyInline):
    """What was billed."""

    model = Invoice
    fields = ("label", "kind", "payer_name", "gross", "due_on", "download")
    readonly_fields = ("download",)

    @admin.display(description="document")
    def download(self, row: Invoice) -> str:
        url = reverse("admin:registrations_invoice_pdf", args=[row.pk])
        words = 'Download<span class="visually-hidden"> {}</span>'
        return format_html(f'<a href="{{}}">{words}</a>', url, row)


@admin.register(Booking)
class BookingAdmin(RoleAdmin):
    """Search by reference, name, body; filter by question; act with confirmation."""

    readers = OFFICERS | {Role.ACCESS_OFFICER}
    may_add = may_change = False
    list_display = ("reference", "for_whom", "places_", "due", "owing", "state", "on", "conference")
    list_filter = (
        QuestionFilter,
        "conference",
        "state",
        "channel",
        PassFilter,
        BandFilter,
        ("organisation", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = (
        "reference",
        "contact_name",
        "contact_email",
        "organisation__name",
        "purchase_order",
        "places__name",
        "places__email",
    )
    search_help_text = "Reference, name, address, body or purchase order"
    list_select_related = ("conference", "organisation")
    show_full_result_count = False
    inlines = (PlaceInline, LineInline, PaymentInline, RefundInline, InvoiceInline)
    acts = money.ACTS
    fields: ClassVar = (
        ("reference", "conference", "state"),
        ("organisation", "booked_by", "channel"),
        ("contact_name", "contact_email", "contact_phone"),
        ("submitted_at", "cancelled_at"),
        ("payment_method", "purchase_order", "bill_to"),
        ("due", "paid", "owing"),
        ("entered_by", "entered_at", "scan_link", "override_reason"),
    )
    readonly_fields = ("due", "paid", "owing", "scan_link")
    actions = ("bill", "as_xlsx", "as_csv")
    change_form_template = "admin/registrations/booking_change.html"
    change_list_template = "admin/registrations/booking_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Booking]:
        return super().get_queryset(request).with_money().prefetch_related("places")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """A reference in whatever a payer typed on a bank transfer is found too."""
        term = references.found_in(search_term) or search_term
        return super().get_search_results(request, queryset, term)

    @admin.display(description="for", ordering="organisation__name")
    def for_whom(self, row: Booking) -> str:
        return row.organisation.name if row.organisation else row.contact_name

    @admin.display(description="places")
    def places_(self, row: Booking) -> str:
        active = [place for place in row.places.all() if place.cancelled_at is None]
        unnamed = sum(1 for place in active if not place.name)
        return f"{len(active)}, {unnamed} unnamed" if unnamed else str(len(active))

    @admin.display(description="total", ordering="due")
    def due(self, row: Booking) -> str:
        return f"£{row.due:.2f}"

    @admin.display(description="paid")
    def paid(self, row: Booking) -> str:
        return f"£{row.paid:.2f}"

    @admin.display(description="owing", ordering="owing")
    def owing(self, row: Booking) -> str:
        return f"£{row.owing:.2f}"

    @admin.display(description="booked", ordering="submitted_at")
    def on(self, row: Booking) -> str:
        if row.submitted_at is None:
            return "–"
        return f"{clock.in_london(row.submitted_at):%a %-d %b %Y, %H:%M} UK time"

    @admin.display(description="scan")
    def scan_link(self, row: Booking) -> str:
        if not row.scan:
            return "none"
        url = reverse("admin:registrations_booking_scan", args=[row.pk])
        return format_html('<a href="{}">Download the scan</a>', url)

    def get_urls(self) -> list[URLPattern]:
        view, site = self.admin_site.admin_view, self.admin_site
        own = [
            path("books/", view(books.show), {"site": site}, "registrations_booking_books"),
            path(
                "statement/<int:conference>/<int:body>/",
                view(books.statement),
                name="registrations_booking_statement",
            ),
            *(
                path(f"{name}/", view(screen), {"site": site}, f"registrations_booking_{name}")
                for name, screen in SCREENS.items()
            ),
            path("enter/", view(paper.enter), {"site": site}, "registrations_booking_enter"),
            path(
                "<int:pk>/payment/", view(desk.payment), {"site": site}, "registrations_booking_pay"
            ),
            path(
                "<int:pk>/cancel/",
                view(desk.cancel),
                {"site": site},
                "registrations_booking_cancel",
            ),
            path("<int:pk>/scan/", view(self.scan), name="registrations_booking_scan"),
            *(
                path(
                    f"<int:pk>/places/<int:place>/{name}/",
                    view(act),
                    {"site": site},
                    f"registrations_booking_place_{name}",
                )
                for name, act in PLACE_ACTS.items()
            ),
            path(
                "<int:pk>/payments/<int:payment>/<slug:to>/",
                view(cheques.cheque),
                {"site": site},
                "registrations_booking_cheque",
            ),
        ]
        return own + super().get_urls()

    def scan(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The scan as a download, never shown inside a page."""
        if not self.has_view_permission(request):
            raise Http404
        booking = get_object_or_404(Booking.objects.exclude(scan=""), pk=pk)
        with booking.scan.open("rb") as scan:
            answer = HttpResponse(scan.read(), content_type="image/jpeg")
        answer["Content-Disposition"] = f'attachment; filename="{booking.reference}.jpg"'
        answer["X-Content-Type-Options"] = "nosniff"
        return answer

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """With the actions this person may take on this booking."""
        more = {
            "may_pay": rules.may_record_payments(request.user),
            "may_cancel": rules.may_enter_bookings(request.user),
            "may_read_money": rules.may_read_money(request.user),
        }
        return super().change_view(request, object_id, form_url, {**more, **(extra_context or {})})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {
            "may_enter": rules.may_enter_bookings(request.user),
            "may_see_books": rules.may_record_payments(request.user),
            "may_see_overview": rules.may_see_overview(request.user),
            "may_read_lists": rules.may_read_lists(request.user),
            "may_read_needs": rules.may_read_needs(request.user),
        }
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def _rows(self, rows: QuerySet[Booking]) -> QuerySet[Booking]:
        return rows.select_related("conference", "organisation").prefetch_related(
            "places__pass_type", "places__lines"
        )

    def has_money_permission(self, request: HttpRequest) -> bool:
        return rules.may_record_payments(request.user)

    @admin.action(description="Issue invoices for the chosen", permissions=["money"])
    def bill(self, request: HttpRequest, rows: QuerySet[Booking]) -> None:
        money.bill_each(self, request, rows)

    @admin.action(description="Export the chosen as a spreadsheet (XLSX)", permissions=["view"])
    def as_xlsx(self, request: HttpRequest, rows: QuerySet[Booking]) -> HttpResponse:
        self.note_export(request, rows)
        found = exports.place_rows(self._rows(rows))
        return exports.as_xlsx("bookings", exports.PLACE_HEADS, found)

    @admin.action(description="Export the chosen as CSV", permissions=["view"])
    def as_csv(self, request: HttpRequest, rows: QuerySet[Booking]) -> HttpResponse:
        self.note_export(request, rows)
        found = exports.place_rows(self._rows(rows))
        return exports.as_csv("bookings", exports.PLACE_HEADS, found)
