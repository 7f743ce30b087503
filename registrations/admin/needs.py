"""Access and dietary needs: seen by the access officer, by nobody else."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from members.staff import RoleAdmin
from registrations import rules
from registrations.models import PlaceNeeds


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
