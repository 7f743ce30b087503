"""Agendas, outcomes and decisions in the admin: read-only; the committee and the chair act on the
site. The rules of debate are edited here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from members.roles import Role
from members.staff import RoleAdmin, RoleInline
from motions.admin.desk import READERS
from motions.models import (
    DebateRules,
    Decision,
    DecisionReport,
    OrderItem,
    OrderPaper,
    Outcome,
    Release,
    ReleaseEntry,
    Slip,
)


class EntryInline(RoleInline):
    """The motions that were printed, and under which numbers."""

    model = ReleaseEntry
    can_delete = False
    fields = ("number", "motion", "version")
    verbose_name_plural = "motions as printed"


class SlipInline(RoleInline):
    """What changed afterwards."""

    model = Slip
    can_delete = False
    fields = ("number", "kind", "text", "issued_by", "issued_at")


@admin.register(Release)
class ReleaseAdmin(RoleAdmin):
    """Agendas as they were printed."""

    readers = READERS
    may_add = may_change = False
    list_display = ("name", "conference", "released_at", "released_by")
    list_filter = ("kind", "conference")
    list_select_related = ("conference", "released_by")
    search_fields = ("conference__title",)
    fields = (("conference", "kind", "edition"), ("released_by", "released_at"), "sha256")
    inlines = (EntryInline, SlipInline)


class ItemInline(RoleInline):
    """What is taken, in its order."""

    model = OrderItem
    can_delete = False
    fields = ("position", "motion", "words", "minutes")
    verbose_name_plural = "items"


@admin.register(OrderPaper)
class OrderPaperAdmin(RoleAdmin):
    """Order papers of sessions; the committee builds them on the site."""

    readers = READERS
    may_add = may_change = False
    list_display = ("session", "conference", "published_at")
    list_filter = ("session__conference",)
    list_select_related = ("session__conference",)
    search_fields = ("session__title",)
    fields = ("session", ("published_by", "published_at"))
    inlines = (ItemInline,)

    @admin.display(description="conference", ordering="session__conference")
    def conference(self, paper: OrderPaper) -> str:
        return str(paper.session.conference)


@admin.register(Outcome)
class OutcomeAdmin(RoleAdmin):
    """What became of motions at conference, corrections included."""

    readers = READERS
    may_add = may_change = False
    list_display = ("motion", "part", "result", "count", "entered_at", "superseded_at")
    list_filter = ("result", "motion__conference", ("superseded_at", admin.EmptyFieldListFilter))
    list_select_related = ("motion", "part__motion")
    search_fields = ("motion__title", "motion__number")
    date_hierarchy = "entered_at"
    fields = (
        ("motion", "part", "version"),
        ("result", "threshold"),
        ("votes_for", "votes_against", "abstentions", "spoilt"),
        "words",
        ("corrects", "correction"),
        ("entered_by", "entered_at", "superseded_at"),
    )

    @admin.display(description="votes")
    def count(self, outcome: Outcome) -> str:
        return outcome.count_in_words or "not counted"


class ReportInline(RoleInline):
    """What was reported."""

    model = DecisionReport
    can_delete = False
    fields = ("state", "text", "reported_by", "reported_at")
    verbose_name_plural = "reports"


@admin.register(Decision)
class DecisionAdmin(RoleAdmin):
    """The register of decisions; whose task they are is said on the site."""

    readers = READERS
    may_add = may_change = False
    list_display = ("motion", "owner", "keeper", "due_on", "state")
    list_filter = ("state", "motion__conference")
    list_select_related = ("motion", "keeper")
    search_fields = ("motion__title", "owner")
    fields = ("motion", ("owner", "keeper"), ("due_on", "state"), ("given_by", "given_at"))
    inlines = (ReportInline,)


@admin.register(DebateRules)
class DebateRulesAdmin(RoleAdmin):
    """Minutes of each speech, how many speak."""

    editors = frozenset({Role.PROGRAMME_EDITOR})
    list_display = ("conference", "mover", "speaker", "speakers", "reply")
    list_select_related = ("conference",)
    fields = (
        "conference",
        ("mover", "seconder", "reply"),
        ("speaker", "speakers"),
        ("amendment_mover", "amendment_speakers"),
        "vote",
        "basis",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A set of rules stays with its conference."""
        return ("conference",) if obj else ()
