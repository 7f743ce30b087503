"""Publications and campaigns: what is offered to whom, its versions, how often it was taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

import clock
from clock.words import instant_words
from events.admin.base import EventsAdmin, EventsInline
from events.models import (
    Campaign,
    DownloadTally,
    Publication,
    PublicationRequest,
    PublicationVersion,
)
from events.publications import rules, services
from events.publications.forms import VersionForm
from events.uploads import clean_cover
from members.exports import csv_response
from members.roles import Role
from members.staff import RoleAdmin


@admin.register(Campaign)
class CampaignAdmin(EventsAdmin):
    """What is no conference, and has a page all the same."""

    list_display = ("title", "is_public", "supporters")
    list_filter = ("is_public",)
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "slug", "summary", "is_public")}),
        ("Who is behind it", {"fields": ("people", "supporters", "imprint")}),
        ("Contact", {"fields": (("contact_name", "contact_email", "contact_phone"),)}),
    )


class PublicationForm(forms.ModelForm):
    """The picture of a cover is drawn anew before it is kept."""

    def clean_cover(self) -> Any:
        cover = self.cleaned_data["cover"]
        return clean_cover(cover) if isinstance(cover, UploadedFile) else cover


class VersionInline(EventsInline):
    """The versions; a new one is added on a page of its own, none is changed."""

    model = PublicationVersion
    fields = readonly_fields = ("number", "pages", "size", "note", "offered_from", "added_at")
    may_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Publication)
class PublicationAdmin(EventsAdmin):
    """Each publication with its state in words and how often it was taken."""

    form = PublicationForm
    change_form_template = "admin/events/publication/change_form.html"
    list_display = ("title", "belongs_to", "access", "state", "newest", "taken")
    list_filter = ("access", "is_draft", "kind", "conference", "campaign")
    search_fields = ("title", "slug")
    list_select_related = ("conference", "campaign")
    autocomplete_fields = ("conference", "campaign")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (VersionInline,)
    readonly_fields = ("taken_by_way",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind", "summary", "cover")}),
        ("Where", {"fields": (("conference", "campaign"), "position")}),
        ("For whom and when", {"fields": ("access", "is_draft", "publish_at")}),
        ("Taken so far", {"fields": ("taken_by_way",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        rows = super().get_queryset(request).prefetch_related("versions")
        return rows.annotate(times=Sum("versions__tallies__count"))

    @admin.display(description="belongs to")
    def belongs_to(self, row: Publication) -> str:
        return str(row.home)

    @admin.display(description="out")
    def state(self, row: Publication) -> str:
        if row.is_draft:
            return "draft"
        if row.is_out(clock.now()):
            return "out"
        return f"comes out on {instant_words(row.publish_at)}"

    @admin.display(description="newest version")
    def newest(self, row: Publication) -> str:
        return str(max((one.number for one in row.versions.all()), default="no file"))

    @admin.display(description="times taken", ordering="times")
    def taken(self, row: Publication) -> int:
        return row.times or 0

    @admin.display(description="by which way")
    def taken_by_way(self, row: Publication) -> str:
        """Counts alone: what was opened by a link shared from hand to hand is not in them."""
        tallies = DownloadTally.objects.filter(version__publication=row.pk)
        found = dict(tallies.order_by().values_list("way").annotate(Sum("count")))
        ways = [f"{label}: {found.get(way, 0)}" for way, label in DownloadTally.Way.choices]
        return "; ".join(ways)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return self.prepopulated_fields if obj is None else {}

    def get_inlines(self, request: HttpRequest, obj: Publication | None) -> Any:
        return self.inlines if obj else ()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.version_view)
        name = "events_publication_version"
        return [path("<int:pk>/version/", view, name=name), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **given: Any):
        row = given.get("obj") or context.get("original")
        if row is not None and row.pk:
            context["links"] = [("See it as the public does", row.get_absolute_url())]
            if rules.may_edit(request.user):
                url = reverse("admin:events_publication_version", args=[row.pk])
                context["links"] = [("Add a version", url), *context["links"]]
        return super().render_change_form(request, context, *args, **given)

    def version_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add a file as the next version."""
        if not rules.may_edit(request.user):
            raise PermissionDenied
        row = self.fetch_row(request, str(pk))
        form = VersionForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            key = form.cleaned_data.pop("key")
            try:
                added = services.add_version(
                    by=request.user,
                    publication=row,
                    given=services.NewVersion(**form.cleaned_data),
                    at=request.at,
                    key=key,
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, f"{added!s} is added.".capitalize())
                return redirect("admin:events_publication_change", row.pk)
        facts = {"title": "Add a version", "form": form, "object": row}
        return self.staff_page(request, "admin/events/publication/version.html", facts)


@admin.register(PublicationRequest)
class PublicationRequestAdmin(RoleAdmin):
    """Who filled in the form for a publication; read-only, deleted after a year by itself."""

    readers = frozenset({Role.PROGRAMME_EDITOR, Role.REGISTRATIONS_OFFICER})
    may_add = may_change = False
    list_display = ("name", "email", "region", "publication", "asked_at", "news_confirmed_at")
    list_filter = ("publication", "region", ("news_confirmed_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "email")
    list_select_related = ("publication", "region")
    exclude = ("key_hash", "form_key")
    actions = ("as_csv",)

    @admin.action(description="Export the chosen as CSV", permissions=["view"])
    def as_csv(self, request: HttpRequest, rows: QuerySet[PublicationRequest]) -> HttpResponse:
        self.note_export(request, rows)
        heads = ("Name", "E-mail", "Region", "Publication", "Asked", "News confirmed")
        found = rows.select_related("publication", "region")
        return csv_response("publication-requests", heads, [_cells(row) for row in found])


def _cells(row: PublicationRequest) -> list[str]:
    confirmed = row.news_confirmed_at
    return [
        row.name,
        row.email,
        str(row.region or ""),
        row.publication.title,
        instant_words(row.asked_at),
        instant_words(confirmed) if confirmed else "",
    ]
