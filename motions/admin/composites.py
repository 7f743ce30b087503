"""Composites as staff read them: which motions, what each body answered, every draft."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from members.roles import Role
from members.staff import RoleAdmin, RoleInline
from motions.composites.models import Answer, Composite, CompositePart, CompositeVersion


class PartInline(RoleInline):
    """The motions in it."""

    model = CompositePart
    can_delete = False
    fields = ("label", "motion", "version", "answers")
    readonly_fields = ("answers",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CompositePart]:
        """With what a row shows, in two queries."""
        rows = super().get_queryset(request).select_related("motion__organisation", "version")
        return rows.prefetch_related("answers__given_by", "answers__part__motion__organisation")

    @admin.display(description="what its body answered, the last first")
    def answers(self, part: CompositePart) -> str:
        return "; ".join(_said(answer) for answer in part.answers.all()) or "nothing yet"


def _said(answer: Answer) -> str:
    notes = [f"{answer.given_by}, {answer.given_at:%d %B %Y}"]
    notes += [] if answer.counts else ["not confirmed"]
    notes += ["answered again"] if answer.superseded_at else []
    return f"{answer.get_choice_display()} ({', '.join(notes)})"


class VersionInline(RoleInline):
    """Every draft."""

    model = CompositeVersion
    fk_name = "composite"
    can_delete = False
    fields = ("number", "outcome", "title", "words", "saved_by", "saved_at", "laid_by", "laid_at")


@admin.register(Composite)
class CompositeAdmin(RoleAdmin):
    """Read only: the committee makes composites at its own desk on the site."""

    readers = frozenset({Role.PROGRAMME_EDITOR, Role.REGISTRATIONS_OFFICER})
    may_add = may_change = False
    change_list_template = "admin/motions/sent_list.html"
    list_display = ("theme", "conference", "state", "deadline", "motion")
    list_filter = ("state", "conference")
    list_select_related = ("conference", "deadline__conference", "motion")
    search_fields = ("theme", "motion__number", "parts__motion__title")
    inlines = (PartInline, VersionInline)
    fields = (
        ("theme", "state"),
        ("conference", "call", "deadline"),
        ("grouped_by", "grouped_at"),
        ("laid", "motion"),
        ("closed_by", "closed_at"),
        "ending",
    )

    def get_urls(self) -> list[URLPattern]:
        moves = self.admin_site.admin_view(self.moves)
        return [path("moves/", moves, name="motions_composite_moves"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with the way to the table of moves."""
        link = {"moves_url": reverse("admin:motions_composite_moves")}
        return super().changelist_view(request, {**link, **(extra_context or {})})

    def moves(self, request: HttpRequest) -> HttpResponse:
        """The one table of moves between states, as it stands in the code."""
        rows = [
            {"state": state.label, "to": sorted(to.label for to in Composite.MOVES[state])}
            for state in Composite.State
        ]
        context = {**self.admin_site.each_context(request), "title": "States of a composite"}
        return TemplateResponse(request, "admin/motions/moves.html", {**context, "rows": rows})
