"""Registered interest: who, confirmed or not; read-only, with exports."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from events.fields import LondonDateTimeField
from events.models import Conference
from members.models import Region
from members.roles import Role
from members.staff import RoleAdmin
from registrations import exports, rules
from registrations.forms import explain
from registrations.models import Interest
from registrations.services import interest as services


class PaperInterestForm(forms.Form):
    """What stands on the form that came by post or e-mail."""

    conference = forms.ModelChoiceField(
        queryset=Conference.objects.filter(attendance=Conference.Attendance.INTEREST)
    )
    received_at = LondonDateTimeField(
        label="Received (UK time)", help_text="This instant decides whether it was in time."
    )
    name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(label="E-mail address")
    region = forms.ModelChoiceField(
        label="Nation or region", queryset=Region.objects.all(), required=False
    )
    is_member = forms.BooleanField(label="Says they are a member", required=False)
    wants_marketing = forms.BooleanField(label="Ticked that they want news", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


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
    change_list_template = "admin/registrations/interest_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {"may_enter": rules.may_enter_bookings(request.user), **(extra_context or {})}
        return super().changelist_view(request, more)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.enter)
        return [path("enter/", view, name="registrations_interest_enter"), *super().get_urls()]

    def enter(self, request: HttpRequest) -> HttpResponse:
        """What came on paper, as of its receipt."""
        if not rules.may_enter_bookings(request.user):
            raise Http404
        form = PaperInterestForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                row = services.enter_from_paper(by=request.user, at=request.at, **form.cleaned_data)
            except ValidationError as refusal:
                explain(form, refusal)
            else:
                messages.success(request, f"{row.name} is on the list, and was written to.")
                return redirect("admin:registrations_interest_changelist")
        facts = {"title": "Enter an interest from paper", "form": form}
        return self.staff_page(request, "admin/registrations/interest_enter.html", facts)

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
