"""Amendments: a list that answers questions, what each does to its text, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html_join

from members.staff import RoleInline
from motions.admin.motions import (
    LateFilter,
    LateInline,
    MotionAdmin,
    RulingInline,
    SaveInline,
    VersionInline,
)
from motions.admin.paper import PaperAmendmentForm, entering
from motions.amendments import showing
from motions.models import Amendment, FallsIf, MoversAnswer, Rebasing


class AnswerInline(RoleInline):
    """What the mover's body said."""

    model = MoversAnswer
    fk_name = "amendment"
    can_delete = False
    fields = ("answer", "given_by", "given_at", "ended_at")


class RebasingInline(RoleInline):
    """What became of it when the motion's text changed."""

    model = Rebasing
    fk_name = "amendment"
    can_delete = False
    fields = ("outcome", "note", "at", "caused_by", "mend_by", "mended_at")


class FallsInline(RoleInline):
    """What it falls with."""

    model = FallsIf
    fk_name = "item"
    can_delete = False
    fields = ("carried", "set_by", "set_at", "removed_by", "removed_at")


@admin.register(Amendment)
class AmendmentAdmin(MotionAdmin):
    """Everything bodies sent to amend published motions. The committee rules at its own desk."""

    enter = entering(
        PaperAmendmentForm, "Enter an amendment from paper", "admin:motions_amendment_changelist"
    )
    list_display = ("body", "amended", "conference", "state", "number", "sent", "channel")
    list_display_links = ("body",)
    list_filter = (
        "state",
        "conference",
        LateFilter,
        "channel",
        ("organisation", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = (
        "organisation",
        "conference",
        "current_version",
        "amends__current_version",
    )
    search_fields = ("number", "organisation__name", "amends__title", "mover", "seconder")
    inlines = (
        VersionInline,
        RulingInline,
        AnswerInline,
        RebasingInline,
        FallsInline,
        LateInline,
        SaveInline,
    )
    fields = (
        ("conference", "call"),
        ("organisation", "state", "number"),
        "amended",
        "spoken",
        "wording",
        ("mover", "seconder", "names_consent"),
        ("meeting_name", "meeting_on"),
        ("submitted_by", "submitted_at"),
        ("confirmed_by", "confirmed_at"),
        ("channel", "received_at", "entered_by", "file_link"),
        ("published_at", "withdrawn_by", "withdrawn_at"),
    )
    readonly_fields = ("amended", "spoken", "wording", "file_link")

    def get_urls(self) -> list[URLPattern]:
        """The table of moves is one for motions and amendments: it stands at the motions'."""
        return [url for url in super().get_urls() if url.name != "motions_motion_moves"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(amends__isnull=False)

    @admin.display(description="from", ordering="organisation__name")
    def body(self, amendment: Amendment) -> str:
        return str(amendment.organisation)

    @admin.display(description="motion it amends", ordering="amends__title")
    def amended(self, amendment: Amendment) -> str:
        number = f"{amendment.amends.number}. " if amendment.amends.number else ""
        return f"{number}{amendment.amends.current_version.title}"

    @admin.display(description="in words")
    def spoken(self, amendment: Amendment) -> str:
        if amendment.current_version is None:
            return "none was sent in"
        said = showing.of_version(amendment.current_version).sentences
        return format_html_join("", "<p>{}</p>", ((one,) for one in said))
