"""What the lists of things sent in have in common: read-only, a paper form, a scan to look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from members.roles import Role
from members.staff import RoleAdmin
from motions import rules
from motions.uploads import as_attachment

READERS = frozenset({Role.PROGRAMME_EDITOR, Role.REGISTRATIONS_OFFICER})


class SentAdmin(RoleAdmin):
    """Rows that bodies sent in: nothing is typed over, what happens to them are acts."""

    readers = READERS
    may_add = may_change = False
    change_list_template = "admin/motions/sent_list.html"
    enter: ClassVar[Callable[..., HttpResponse] | None] = None
    file_field = "scan"

    def get_urls(self) -> list[URLPattern]:
        name = self.model._meta.model_name
        own = [
            path(
                "<int:pk>/file/", self.admin_site.admin_view(self.file), name=f"motions_{name}_file"
            )
        ]
        if self.enter is not None:
            page = partial(type(self).enter, site=self.admin_site)
            own.append(
                path("enter/", self.admin_site.admin_view(page), name=f"motions_{name}_enter")
            )
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        link = ""
        if self.enter is not None and rules.may_enter_paper(request.user):
            link = reverse(f"admin:motions_{self.model._meta.model_name}_enter")
        return super().changelist_view(request, {"enter_url": link, **(extra_context or {})})

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The scan or document, as a download."""
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        stored = getattr(row, self.file_field)
        if not stored or not self.has_view_permission(request, row):
            raise Http404
        return as_attachment(stored, stored.name.rsplit("/", 1)[-1])

    @admin.display(description="file")
    def file_link(self, row: models.Model) -> str:
        if not getattr(row, self.file_field):
            return "none"
        url = reverse(f"admin:motions_{row._meta.model_name}_file", args=[row.pk])
        return format_html('<a href="{}">Download</a>', url)
