"""How doors are kept, and the badges that open them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from members.roles import Role
from members.staff import RoleAdmin
from registrations import badges
from registrations.models import Credential, DoorRules, PassType
from registrations.views.papers import as_pdf


class DoorRulesForm(forms.ModelForm):
    """Offers for the door only what somebody can have there: no pass that bodies book."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("walk_in_pass")
        if field is None:  # whoever only reads is shown the words
            return
        rows = PassType.objects.exclude(sold_to=PassType.SoldTo.BODIES)
        rows = rows.exclude(role=PassType.Role.CARER).select_related("conference")
        if self.instance.pk:
            field.queryset = rows.filter(conference=self.instance.conference)
        else:
            field.queryset = rows.order_by("conference", "position", "pk")
            field.label_from_instance = lambda row: f"{row.conference}: {row.name}"


@admin.register(DoorRules)
class DoorRulesAdmin(RoleAdmin):
    """One row a conference; without it the defaults hold."""

    form = DoorRulesForm
    editors = frozenset({Role.REGISTRATIONS_OFFICER})
    list_display = (
        "conference",
        "asks_photo_id",
        "refuses_unpaid",
        "walk_in_pass",
        "quorum",
        "scans_kept_days",
    )
    list_select_related = ("conference", "walk_in_pass")
    fields = (
        "conference",
        ("asks_photo_id", "refuses_unpaid"),
        "walk_in_pass",
        "quorum",
        "scans_kept_days",
    )


@admin.register(Credential)
class CredentialAdmin(RoleAdmin):
    """Read-only: badges are issued, voided and replaced by what happens to their places."""

    readers = frozenset({Role.REGISTRATIONS_OFFICER})
    may_add = may_change = False
    list_display = ("short_code", "place", "body", "issued_at", "voided_at", "void_reason")
    list_filter = ("place__booking__conference", "void_reason")
    list_select_related = ("place__booking__organisation",)
    actions = ("print_sheets",)
    search_fields = ("short_code", "place__name", "place__booking__reference")
    fields = readonly_fields = (
        "short_code",
        "place",
        "issued_at",
        "issued_by",
        "voided_at",
        "voided_by",
        "void_reason",
    )

    @admin.action(description="Badge sheets of the chosen (PDF)", permissions=["view"])
    def print_sheets(self, request: HttpRequest, rows: QuerySet[Credential]) -> HttpResponse | None:
        rows = rows.valid().select_related(
            "place__pass_type", "place__booking__organisation", "place__booking__conference"
        )
        chosen = list(rows.order_by("place__booking__organisation__name", "place__name", "pk"))
        conferences = {badge.place.booking.conference for badge in chosen}
        if len(conferences) != 1:
            self.message_user(
                request, "Choose valid badges of one conference: filter the list first.", "warning"
            )
            return None
        self.note_export(request, rows)
        made = badges.sheets(conferences.pop(), chosen, at=request.at)
        return as_pdf(made, "badges")

    @admin.display(description="body")
    def body(self, row: Credential) -> str:
        organisation = row.place.booking.organisation
        return organisation.name if organisation else "for themself"
