"""Registered interest: who, confirmed or not; read-only, with exports."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from members.roles import Role
from members.staff import RoleAdmin
from registrations import exports
from registrations.models import Interest


@admin.register(Interest)
class InterestAdmin(RoleAdmin):
    """One row an address and conference."""

    readers = frozenset({Role.REGISTRATIONS_OFFICER, Role.PROGRAMME_EDITOR})
    may_add = may_change = False
    list_display = ("name", "email", "conference", "region", "is_member", "confirmed_at")
    list_filter = (
        "conference",
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("withdrawn_at", admin.EmptyFieldListFilter),
        "is_member",
        "region",
    )
    search_fields = ("name", "email")
    list_select_related = ("conference", "region")
    exclude = ("key_hash",)
    actions = ("as_xlsx", "as_csv")

    @admin.action(description="Export the chosen as a spreadsheet (XLSX)", permissions=["view"])
    def as_xlsx(self, request: HttpRequest, rows: QuerySet[Interest]) -> HttpResponse:
        self.note_export(request, rows)
        found = exports.interest_rows(rows.select_related("conference", "region"))
        return exports.as_xlsx("interest", exports.INTEREST_HEADS, found)

    @admin.action(description="Export the chosen as CSV", permissions=["view"])
    def as_csv(self, request: HttpRequest, rows: QuerySet[Interest]) -> HttpResponse:
        self.note_export(request, rows)
        found = exports.interest_rows(rows.select_related("conference", "region"))
        return exports.as_csv("interest", exports.INTEREST_HEADS, found)
