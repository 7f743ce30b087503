"""The audit trail, read-only, and the journal of erasures."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from clock.words import instant_words
from members.exports import csv_response
from members.models import AuditEntry, Erasure
from members.roles import Role
from members.staff import RoleAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(RoleAdmin):
    """Who did what, for whom, when, and what it was before and after. Nobody changes it."""

    readers = frozenset({Role.DATA_PROTECTION_OFFICER})
    list_display = ("at", "actor", "action", "object_label", "organisation", "reason")
    list_filter = (
        ("actor", admin.RelatedOnlyFieldListFilter),
        "action",
        ("organisation", admin.RelatedOnlyFieldListFilter),
        "object_type",
    )
    list_select_related = ("actor", "organisation")
    search_fields = ("action", "object_label", "reason", "actor__name", "actor__email")
    date_hierarchy = "at"
    actions = ("export",)

    @admin.action(description="Download as a table (CSV)", permissions=["view"])
    def export(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> HttpResponse:
        rows = (
            (
                instant_words(entry.at),
                entry.actor or "the system",
                entry.action,
                entry.object_label,
                entry.organisation,
                entry.before,
                entry.after,
                entry.reason,
            )
            for entry in queryset.select_related("actor", "organisation")
        )
        self.note_export(request, queryset)
        header = ("When", "Who", "What", "On", "For", "Before", "After", "Why")
        return csv_response("audit-trail", header, rows)


@admin.register(Erasure)
class ErasureAdmin(RoleAdmin):
    """Who was erased when, without saying who."""

    readers = frozenset({Role.DATA_PROTECTION_OFFICER})
    list_display = ("at", "by", "reason", "is_replay")
    list_select_related = ("by",)
    exclude = ("digests",)
