"""Calls for ideas and the desk where ideas are read before anybody else reads them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from clock.words import instant_words
from events.admin.base import EventsAdmin, EventsInline
from members.exports import csv_response
from members.roles import Role
from members.staff import Act, RoleAdmin
from motions.ideas import services
from motions.ideas.forms import DeclineForm, TakenUpForm
from motions.ideas.rules import may_moderate
from motions.models import CallForIdeas, Idea, IdeaQuestion


def _may_become(state: Idea.State) -> Any:
    return lambda row: state in Idea.MOVES[Idea.State(row.state)]


def _publish(request: HttpRequest, row: Idea, given: dict[str, Any]) -> str:
    services.publish(by=request.user, idea=row, at=request.at)
    return "Published, and its sender is told."


def _decline(request: HttpRequest, row: Idea, given: dict[str, Any]) -> str:
    services.decline(by=request.user, idea=row, at=request.at, **given)
    return "Not published, and its sender is told why."


def _take_up(request: HttpRequest, row: Idea, given: dict[str, Any]) -> str:
    linked = services.take_up(by=request.user, idea=row, at=request.at, **given)
    return f"Its page says that it is taken up by {linked}."


class QuestionInline(EventsInline):
    """What the call asks."""

    model = IdeaQuestion
    fields = ("text", "position")
    may_delete = False


@admin.register(CallForIdeas)
class CallForIdeasAdmin(EventsAdmin):
    """What a campaign asks the public, and until when."""

    list_display = ("title", "campaign", "opens_at", "closes_on", "is_over")
    list_filter = ("campaign", "is_over")
    search_fields = ("title", "slug")
    list_select_related = ("campaign",)
    autocomplete_fields = ("campaign",)
    prepopulated_fields = {"slug": ("title",)}
    inlines = (QuestionInline,)
    fields = (
        ("title", "slug"),
        "campaign",
        "introduction",
        ("takes_any", "max_words"),
        ("opens_at", "closes_on", "is_over"),
    )


@admin.register(Idea)
class IdeaAdmin(RoleAdmin):
    """Each idea as it was sent; it moves by acts that tell its sender. Who supports it is not here."""

    readers = frozenset({Role.PROGRAMME_EDITOR})
    may_add = may_change = False
    view_on_site = False  # until it is published it is on no page
    list_display = ("title", "call", "question", "state", "sent_at", "support")
    list_filter = ("state", "call", "question", "region", "may_name")
    search_fields = ("title", "text", "name")
    list_select_related = ("call", "question")
    fields = (
        ("title", "state"),
        "text",
        ("call", "question"),
        ("name", "email", "region", "may_name"),
        ("sent_at", "confirmed_at", "decided_at", "decided_by"),
        "reason",
    )
    actions = ("as_csv",)
    acts = (
        Act(
            "publish",
            "Publish",
            "Everybody reads it from now on, and its sender is told. The name is shown only where "
            "its sender agreed.",
            _publish,
            may=may_moderate,
            applies=_may_become(Idea.State.PUBLISHED),
        ),
        Act(
            "decline",
            "Do not publish",
            "Its sender is thanked and told why. What was published until now is no longer shown.",
            _decline,
            may=may_moderate,
            applies=_may_become(Idea.State.DECLINED),
            form=DeclineForm,
            is_grave=True,
        ),
        Act(
            "take-up",
            "Say what takes it up",
            "Its page leads to the consultation or motion, and its sender is told.",
            _take_up,
            may=may_moderate,
            applies=lambda row: row.state == Idea.State.PUBLISHED,
            form=TakenUpForm,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Idea]:
        return super().get_queryset(request).with_support()

    @admin.display(description="support", ordering="support")
    def support(self, row: Idea) -> int:
        return row.support

    @admin.action(description="Export the chosen as CSV", permissions=["view"])
    def as_csv(self, request: HttpRequest, rows: QuerySet[Idea]) -> HttpResponse:
        self.note_export(request, rows)
        heads = ("Title", "Idea", "Question", "State", "Support", "Sent", "Name", "May be named")
        return csv_response("ideas", heads, [_cells(row) for row in rows])


def _cells(row: Idea) -> list[str]:
    return [
        row.title,
        row.text,
        str(row.question or ""),
        row.get_state_display(),
        str(row.support),
        instant_words(row.sent_at),
        row.name,
        "yes" if row.may_name else "no",
    ]
