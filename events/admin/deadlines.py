"""Deadlines: which doors are open, which close soon, and moving them with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

import clock
from events import rules
from events.admin.base import EventsInline, TypedAdmin
from events.admin.deadline_forms import ClosingForm, DeadlineForm, ExtensionForm, OpeningForm
from events.calendar import end_of_day
from events.doors import closing_in_words, in_words
from events.models import Conference, Deadline, DeadlineChange
from events.services import deadlines
from members.staff import Act

SOON = dt.timedelta(days=14)


def _move(request: HttpRequest, deadline: Deadline, given: dict[str, Any]) -> str:
    change = deadlines.move(by=request.user, deadline=deadline, at=request.at, **given)
    return f"{deadline} now closes at {closing_in_words(change.closing)}. Those concerned are told."


def _move_opening(request: HttpRequest, deadline: Deadline, given: dict[str, Any]) -> str:
    moved = deadlines.move_opening(by=request.user, deadline=deadline, at=request.at, **given)
    return f"{moved} now opens on {in_words(moved.opens_at)}."


def _extend(request: HttpRequest, deadline: Deadline, given: dict[str, Any]) -> str:
    change = deadlines.extend_for_body(by=request.user, deadline=deadline, at=request.at, **given)
    return f"{change.organisation} has until {closing_in_words(change.closing)}."


def _may_still_move(deadline: Deadline) -> bool:
    return deadline.conference.status not in deadlines.ENDED


class WhenFilter(admin.SimpleListFilter):
    """What is open, what closes soon, what is not known."""

    title = "question"
    parameter_name = "question"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("soon", "What closes within 14 days?"),
            ("open", "What is open?"),
            ("coming", "What has not opened yet?"),
            ("closed", "What is closed?"),
            ("unknown", "What has no closing yet?"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deadline]) -> QuerySet[Deadline]:
        at = request.at
        closed = self._closed_by(at)
        unknown = Q(closes_on__isnull=True, closes_at__isnull=True)
        waiting = Q(opens_at__gt=at)
        match self.value():
            case "soon":
                return queryset.filter(self._closed_by(at + SOON)).exclude(closed)
            case "open":
                return queryset.exclude(closed).exclude(unknown).exclude(waiting)
            case "coming":
                return queryset.filter(waiting)
            case "closed":
                return queryset.filter(closed)
            case "unknown":
                return queryset.filter(unknown)
        return queryset

    @staticmethod
    def _closed_by(at: dt.datetime) -> Q:
        """Closed at an instant: its last day has ended in London, or its exact time has come."""
        today = clock.in_london(at).date()
        assert at < end_of_day(today)
        return Q(closes_on__lt=today) | Q(closes_at__lte=at)


class DeadlineChangeInline(EventsInline):
    """Earlier moves and extensions: who, when, why. Written by the services alone."""

    model = DeadlineChange
    fields = readonly_fields = (
        "organisation",
        "closed_before",
        "closes_on",
        "closes_at",
        "reason",
        "changed_by",
        "changed_at",
    )
    verbose_name_plural = "moves and extensions"
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Deadline)
class DeadlineAdmin(TypedAdmin):
    """One deadline with its ladder and its history; nothing is deleted once it was announced."""

    form = DeadlineForm
    fields = ("conference", *DeadlineForm.Meta.fields, "ladder")
    inlines = (DeadlineChangeInline,)
    list_display = ("__str__", "conference", "opens", "closes", "audience", "is_reminded")
    list_filter = (WhenFilter, "kind", "audience", ("conference", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("conference",)
    search_fields = ("name", "kind", "conference__title")
    autocomplete_fields = ("conference",)
    acts = (
        Act(
            "move",
            "Move for everybody",
            "It closes at another time for everybody. The reason is recorded.",
            _move,
            may=rules.may_edit_programme,
            applies=_may_still_move,
            form=ClosingForm,
            wants_row=True,
        ),
        Act(
            "opening",
            "Move its opening",
            "It opens at another time for everybody, as long as it has not opened yet. Pages and "
            "calendars show it at once; those concerned are written to when it opens.",
            _move_opening,
            may=rules.may_edit_programme,
            applies=_may_still_move,
            form=OpeningForm,
            wants_row=True,
        ),
        Act(
            "extend",
            "Extend for one body",
            "One body has longer. An extension of the early price keeps the early price for it.",
            _extend,
            may=rules.may_edit_programme,
            applies=lambda deadline: _may_still_move(deadline) and deadline.closing is not None,
            form=ExtensionForm,
            wants_row=True,
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("conference",) if obj else ()

    @admin.display(description="opens", ordering="opens_at")
    def opens(self, deadline: Deadline) -> str:
        if deadline.opens_at is None:
            return "when announced"
        return f"{clock.in_london(deadline.opens_at):%a %-d %b %Y, %H:%M}"

    @admin.display(description="closes", ordering="closes_on")
    def closes(self, deadline: Deadline) -> str:
        return closing_in_words(deadline.closing) if deadline.closing else "to be announced"

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        deadlines.set_ladder(form.instance, form.steps())
        super().save_related(request, form, formsets, change)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deadline]:
        return super().get_queryset(request).prefetch_related("steps")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_draft = obj is not None and obj.conference.status == Conference.Status.DRAFT
        return is_draft and not deadlines.was_told(obj) and self._edits(request)
