"""Confidential tables: needs for the access officer, children for the safeguarding lead."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from members.staff import RoleAdmin
from registrations import checklist, rules
from registrations.models import Particulars, PlaceNeeds


@admin.register(PlaceNeeds)
class PlaceNeedsAdmin(RoleAdmin):
    """Read-only; not even the administrator or the auditor reads it without the role."""

    list_display = ("person", "conference", "access", "dietary", "purge_on")
    list_filter = ("place__booking__conference",)
    list_select_related = ("place__booking__conference",)
    search_fields = ("place__name",)
    may_add = may_change = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.may_read_needs(request.user)

    @admin.display(description="person")
    def person(self, row: PlaceNeeds) -> str:
        return str(row.place)

    @admin.display(description="conference")
    def conference(self, row: PlaceNeeds) -> str:
        return row.place.booking.conference.title


@admin.register(Particulars)
class ParticularsAdmin(RoleAdmin):
    """Those under 18, and whom to reach for them; of everybody else nothing is shown."""

    list_display = (
        *("person", "body", "conference", "born_on", "guardian_name", "guardian_contact"),
    )
    list_filter = ("place__booking__conference",)
    list_select_related = ("place__booking__conference", "place__booking__organisation")
    search_fields = ("place__name",)
    fields = readonly_fields = (*list_display, "purge_on")
    may_add = may_change = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.may_read_of_children(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Particulars]:
        return super().get_queryset(request).filter(age_band=checklist.UNDER_18)

    @admin.display(description="person")
    def person(self, row: Particulars) -> str:
        return str(row.place)

    @admin.display(description="conference")
    def conference(self, row: Particulars) -> str:
        return row.place.booking.conference.title

    @admin.display(description="for")
    def body(self, row: Particulars) -> str:
        organisation = row.place.booking.organisation
        return organisation.name if organisation else "themself"
