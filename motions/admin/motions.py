"""Motions: a list that answers questions, the wording and its history, acts, the table of moves."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join

from members.roles import Role, has_role
from members.staff import Act, RoleInline
from motions.admin.desk import SentAdmin
from motions.admin.paper import PaperMotionForm, entering
from motions.models import DraftSave, LateEntry, Motion, MotionVersion, Ruling
from motions.services.withdrawing import withdraw


class LateFilter(admin.SimpleListFilter):
    """What came after its deadline."""

    title = "late"
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Any:
        return (("yes", "on the late list, now or once"), ("no", "in time"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in {"yes", "no"}:
            return queryset.filter(late_entry__isnull=self.value() == "no")
        return queryset


class VersionInline(RoleInline):
    """The wordings that were sent in."""

    model = MotionVersion
    fk_name = "motion"
    can_delete = False
    fields = (
        *("number", "title", "origin", "words", "mover", "seconder", "meeting_name"),
        *("created_by", "created_at"),
    )


class RulingInline(RoleInline):
    """What the committee decided."""

    model = Ruling
    fk_name = "motion"
    can_delete = False
    fields = (
        *("verdict", "reason", "second_reason", "words", "basis"),
        *("ruled_by", "also_by", "ruled_at", "superseded_at"),
    )


class LateInline(RoleInline):
    """Why it was late."""

    model = LateEntry
    can_delete = False
    fields = ("reason", "closed_at", "entered_by", "entered_at")


class SaveInline(RoleInline):
    """Every save of the draft, what was kept aside included."""

    model = DraftSave
    can_delete = False
    fields = ("draft_version", "outcome", "title", "text", "saved_by", "saved_at")


def _withdraw(request: HttpRequest, motion: Motion, answers: dict[str, Any]) -> str:
    receipt = withdraw(by=request.user, motion=motion, at=request.at, key=uuid.uuid4())
    return f"Withdrawn. {receipt} went to {motion.organisation}."


@admin.register(Motion)
class MotionAdmin(SentAdmin):
    """Everything bodies wrote and sent. The committee rules at its own desk on the site."""

    enter = entering(
        PaperMotionForm, "Enter a motion from paper", "admin:motions_motion_changelist"
    )
    list_display = ("__str__", "organisation", "conference", "state", "words", "sent", "channel")
    list_filter = (
        "state",
        "conference",
        LateFilter,
        "channel",
        "category",
        "call__kind",
        ("organisation", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("organisation", "conference", "current_version")
    search_fields = ("title", "number", "organisation__name", "mover", "seconder")
    date_hierarchy = "submitted_at"
    inlines = (VersionInline, RulingInline, LateInline, SaveInline)
    fields = (
        ("conference", "call"),
        ("organisation", "state"),
        ("category", "number"),
        "title",
        "wording",
        ("mover", "seconder", "names_consent"),
        ("meeting_name", "meeting_on", "event_on"),
        ("submitted_by", "submitted_at"),
        ("confirmed_by", "confirmed_at"),
        ("channel", "received_at", "entered_by", "file_link"),
        ("published_at", "withdrawn_by", "withdrawn_at"),
    )
    readonly_fields = ("wording", "file_link")
    acts = (
        Act(
            name="withdraw",
            label="Withdraw it for the body",
            explain="At the body's own wish. It gets a receipt with the full text.",
            do=_withdraw,
            may=lambda user: has_role(user, Role.PROGRAMME_EDITOR),
            applies=lambda motion: (
                motion.current_version_id is not None and motion.can_be_withdrawn
            ),
            is_grave=True,
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        own = path("moves/", self.admin_site.admin_view(self.moves), name="motions_motion_moves")
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, with the way to the table of moves."""
        link = {"moves_url": reverse("admin:motions_motion_moves")}
        return super().changelist_view(request, {**link, **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Motion]:
        """Drafts that were never sent are their bodies' own; staff see what came in."""
        rows = super().get_queryset(request)
        return rows.filter(Q(current_version__isnull=False) | Q(late_entry__isnull=False))

    def moves(self, request: HttpRequest) -> HttpResponse:
        """The one table of moves between states, as it stands in the code."""
        rows = [
            {"state": state.label, "to": sorted(to.label for to in Motion.MOVES[state])}
            for state in Motion.State
        ]
        title = "States of a motion or an amendment"
        context = {**self.admin_site.each_context(request), "title": title}
        return TemplateResponse(request, "admin/motions/moves.html", {**context, "rows": rows})

    @admin.display(description="words")
    def words(self, motion: Motion) -> str:
        return str(motion.current_version.words) if motion.current_version else ""

    @admin.display(description="sent in", ordering="submitted_at")
    def sent(self, motion: Motion) -> Any:
        return motion.judged_at

    @admin.display(description="wording now before the committee")
    def wording(self, motion: Motion) -> str:
        if motion.current_version is None:
            return "none was sent in"
        blocks = motion.current_version.blocks.all()
        return format_html_join("", "<p>{}</p>", ((block.text,) for block in blocks))
