"""Regions, bodies and the table of what each office may do."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from members import public_names
from members.imports import bodies
from members.models import Office, Officeholding, Organisation, Region
from members.roles import Role
from members.staff import RoleAdmin


class PublicNamesAdmin(RoleAdmin):
    """What is saved here shows on public pages at once."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.changed_data:
            public_names.changed()


@admin.register(Region)
class RegionAdmin(PublicNamesAdmin):
    """The party's own names of nations and regions."""

    editors = frozenset({Role.ADMINISTRATOR})
    readers = frozenset({Role.REGISTRATIONS_OFFICER, Role.PROGRAMME_EDITOR})
    list_display = ("name", "is_nation", "position")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Office)
class OfficeAdmin(RoleAdmin):
    """Which office may do what for its body. A change counts at once, for every holder."""

    editors = frozenset({Role.ADMINISTRATOR})
    readers = frozenset({Role.REGISTRATIONS_OFFICER})
    list_display = (
        "name",
        "may_submit",
        "may_book",
        "may_pay",
        "may_invite",
        "may_authorise",
        "position",
    )
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


class HasOfficers(admin.SimpleListFilter):
    """Which bodies nobody can act for."""

    title = "officers"
    parameter_name = "officers"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return (("none", "nobody acts for it"), ("some", "somebody acts for it"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "none":
            return queryset.filter(officers=0)
        return queryset.filter(officers__gt=0) if self.value() == "some" else queryset


@admin.register(Organisation)
class OrganisationAdmin(PublicNamesAdmin):
    """Party councils, branches and societies. A body that is gone is marked, never deleted."""

    editors = frozenset({Role.REGISTRATIONS_OFFICER})
    readers = frozenset({Role.PROGRAMME_EDITOR, Role.FINANCE})
    brings = bodies.KIND
    change_list_template = "admin/import_list.html"
    list_display = ("name", "kind", "region", "officers_now", "is_active")
    list_filter = ("kind", HasOfficers, "is_active", "region")
    list_select_related = ("region",)
    search_fields = ("name", "register_number", "contact_email")
    autocomplete_fields = ("region", "parent")
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        now = Q(
            officeholdings__state=Officeholding.State.VERIFIED,
            officeholdings__ended_on__isnull=True,
        )
        return super().get_queryset(request).annotate(officers=Count("officeholdings", filter=now))

    @admin.display(description="officers", ordering="officers")
    def officers_now(self, body: Organisation) -> int:
        return body.officers
