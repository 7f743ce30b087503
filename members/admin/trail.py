"""The audit trail, read-only, and the journal of erasures."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from clock.words import instant_words
from members.exports import csv_response
from members.models import AuditEntry, Erasure
from members.roles import Role
from members.staff import RoleAdmin


@admin.register(AuditEntry)
class AuditEntryAdmin(RoleAdmin):
    """Who did what, for whom, when, and what it was before and after. Nobody changes it."""

    readers = frozenset({Role.DATA_PROTECTION_OFFICER})
    list_display = ("at", "actor", "act", "object_label", "organisation", "reason")
    fields = ("at", "actor", "act", "object_label", "organisation", "was", "became", "reason")
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

    @admin.display(description="what", ordering="action")
    def act(self, entry: AuditEntry) -> str:
        return entry.act_in_words

    @admin.display(description="before")
    def was(self, entry: AuditEntry) -> str:
        return _in_lines(entry.before)

    @admin.display(description="after")
    def became(self, entry: AuditEntry) -> str:
        return _in_lines(entry.after)

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


def _in_lines(facts: dict[str, Any]) -> str:
    """The facts as the history of an object shows them, by name: PostgreSQL keeps no order of its own."""
    return render_to_string("admin/audit_facts.html", {"facts": dict(sorted(facts.items()))}) or "-"


@admin.register(Erasure)
class ErasureAdmin(RoleAdmin):
    """Who was erased when, without saying who."""

    readers = frozenset({Role.DATA_PROTECTION_OFFICER})
    list_display = ("at", "by", "reason", "is_replay")
    list_select_related = ("by",)
    exclude = ("digests",)
