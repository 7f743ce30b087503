"""The rules of business as staff edit them: calls, award categories."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from events.models import Deadline, LayAppointment
from events.services.public_pages import mark_changed
from members.roles import Role
from members.staff import RoleAdmin
from motions.models import (
    AwardCategory,
    Call,
    Category,
    CommitteeRules,
    RulingReason,
)

EDITORS = frozenset({Role.PROGRAMME_EDITOR})
READERS = frozenset({Role.REGISTRATIONS_OFFICER})
SENDERS = ("from_party_councils", "from_societies", "from_branches")


def deadline_label(deadline: Deadline) -> str:
    """A deadline as one chooses it: conference, name, last day."""
    day = deadline.closes_on or deadline.closes_at or "to be announced"
    return f"{deadline.conference}: {deadline.label} ({day})"


class DoorAdmin(RoleAdmin):
    """What the doors for business have in common."""

    editors = EDITORS
    readers = READERS
    list_filter = ("deadline__conference",)
    list_select_related = ("deadline__conference",)

    @admin.display(description="conference", ordering="deadline__conference")
    def for_conference(self, door: Any) -> str:
        return str(door.conference)

    @admin.display(description="from")
    def senders(self, door: Any) -> str:
        return door.senders_in_words

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        if field.related_model is Deadline and found is not None:
            found.queryset = found.queryset.select_related("conference")
            found.label_from_instance = deadline_label
        return found

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The rules show on public pages: kept copies of them are no longer good."""
        super().save_model(request, obj, form, change)
        mark_changed()


@admin.register(Call)
class CallAdmin(DoorAdmin):
    """Calls for motions: who may send, how many, how long."""

    list_display = ("label", "for_conference", "senders", "max_words", "per_body_limit")
    search_fields = ("name", "deadline__conference__title")
    fields = (
        ("deadline", "kind", "name"),
        "introduction",
        SENDERS,
        ("max_words", "per_body_limit"),
        ("needs_mover", "needs_seconder", "needs_meeting"),
        ("takes_late", "late_test"),
        "emergency_test",
        "threshold",
        "basis",
    )


@admin.register(AwardCategory)
class AwardCategoryAdmin(DoorAdmin):
    """Awards: whom they honour and who may propose."""

    list_display = ("name", "for_conference", "honours", "senders", "position")
    search_fields = ("name", "deadline__conference__title")
    fields = (
        ("name", "honours"),
        ("most_winners", "position"),
        "deadline",
        "introduction",
        SENDERS,
        ("max_words", "per_body_limit"),
        "basis",
    )


@admin.register(CommitteeRules)
class CommitteeRulesAdmin(RoleAdmin):
    """How many members read a motion, who decides where they differ, appeals and until when."""

    editors = EDITORS
    list_display = ("conference", "readers", "takes_appeals", "appeal_days", "appeal_deadline")
    list_select_related = ("conference", "appeal_deadline__conference")
    filter_horizontal = ("reasons",)
    fields = (
        "conference",
        ("readers", "chair"),
        "reasons",
        "takes_appeals",
        ("appeal_days", "appeal_deadline"),
        "composite_max_words",
        "numbering",
        "basis",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A set of rules stays with its conference."""
        return ("conference",) if obj else ()

    def formfield_for_foreignkey(self, field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        found = super().formfield_for_foreignkey(field, request, **kwargs)
        if found is not None and field.name == "appeal_deadline":
            found.queryset = found.queryset.select_related("conference")
            found.label_from_instance = deadline_label
        if found is not None and field.name == "chair":
            found.queryset = found.queryset.filter(
                appointments__task=LayAppointment.Task.CAC_MEMBER,
                appointments__ended_at__isnull=True,
            ).distinct()
        return found


@admin.register(Category)
class CategoryAdmin(RoleAdmin):
    """Under what a conference lists its motions, in order. One with motions under it stays."""

    editors = EDITORS
    readers = READERS
    list_display = ("name", "conference", "position")
    list_editable = ("position",)
    list_filter = ("conference",)
    list_select_related = ("conference",)
    search_fields = ("name", "conference__title")
    fields = ("conference", ("name", "position"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A category stays with its conference."""
        return ("conference",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Public lists show it: kept copies of them are no longer good."""
        super().save_model(request, obj, form, change)
        mark_changed()


@admin.register(RulingReason)
class RulingReasonAdmin(RoleAdmin):
    """The committee's list of reasons, in the words that go to the body."""

    editors = EDITORS
    list_display = ("name", "words", "is_active", "position")
    list_editable = ("is_active", "position")
    search_fields = ("name", "words")
