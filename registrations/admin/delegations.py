"""Delegations in the admin: who is over, unnamed, unbalanced, without a lead; and what staff do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from members.roles import Role
from members.staff import Act, RoleAdmin, RoleInline
from registrations import delegations, imports, rules
from registrations.models import (
    Allocation,
    Booking,
    Delegation,
    DelegationRules,
    PlaceKind,
    PlaceRequest,
    Waiver,
)
from registrations.services import delegations as services

READERS = frozenset({Role.REGISTRATIONS_OFFICER, Role.FINANCE, Role.PROGRAMME_EDITOR})
EDITORS = frozenset({Role.REGISTRATIONS_OFFICER})


class AllocateForm(forms.Form):
    """What the grant letter says."""

    kind = forms.ChoiceField(label="For", choices=PlaceKind)
    places = forms.IntegerField(label="Places", min_value=0, max_value=services.MOST_PLACES)
    source = forms.CharField(
        label="Where it is written",
        max_length=200,
        help_text="For example: grant letter of 3 March.",
    )


class WaiveForm(forms.Form):
    """Which rule, and why."""

    rule = forms.ChoiceField(label="Rule", choices=Waiver.Rule)
    reason = forms.CharField(label="Reason", max_length=300, help_text="Kept in the audit trail.")


class EndWaiverForm(forms.Form):
    """Which waiver that stands, and why it ends."""

    waiver = forms.ModelChoiceField(Waiver.objects.none(), label="Waiver", empty_label=None)
    reason = forms.CharField(label="Reason", max_length=300, help_text="Kept with the waiver.")

    def __init__(self, *args: Any, row: Delegation, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["waiver"].queryset = row.waivers.filter(ended_at__isnull=True)


class GrantForm(forms.Form):
    """How many of those asked for."""

    places = forms.IntegerField(label="Places granted", min_value=1)
    why = forms.CharField(
        label="What the body should know", max_length=500, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, row: PlaceRequest, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].initial = row.places


class RefuseForm(forms.Form):
    """Why not."""

    why = forms.CharField(label="Why", max_length=500, help_text="The body reads it in our mail.")


class DelegationQuestion(admin.SimpleListFilter):
    """The questions staff ask of delegations."""

    title = "question"
    parameter_name = "question"
    answers: ClassVar[dict[str, tuple[str, Callable[[QuerySet], QuerySet]]]] = {
        "over": ("Who has more than allocated?", delegations.over_allocated),
        "lead": ("Who has no lead delegate?", lambda rows: rows.filter(used__gt=0, has_lead=False)),
        "balance": ("Who is not balanced?", delegations.unbalanced),
        "unnamed": ("Where are names missing?", lambda rows: rows.filter(unnamed__gt=0)),
        "waiting": ("Who asks for more?", lambda rows: rows.filter(waits=True)),
        "unentered": (
            "For whom was nothing entered?",
            lambda rows: rows.filter(allocated__isnull=True),
        ),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, words) for key, (words, _) in self.answers.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delegation]) -> QuerySet:
        found = self.answers.get(self.value() or "")
        return found[1](queryset) if found else queryset


class AllocationInline(RoleInline):
    """What was entered, and where it is written."""

    model = Allocation
    can_delete = False
    fields = readonly_fields = ("kind", "places", "source", "entered_by", "entered_at")


class RequestInline(RoleInline):
    """What the body asked for; decided on the request's own page."""

    model = PlaceRequest
    can_delete = False
    show_change_link = True
    fields = readonly_fields = ("kind", "places", "reason", "state", "granted", "asked_at")


class WaiverInline(RoleInline):
    """What was let pass, by whom and why."""

    model = Waiver
    can_delete = False
    fields = ("rule", "reason", "waived_by", "waived_at", "ended_by", "ended_at", "why_ended")
    readonly_fields = fields


def _allocate(request: HttpRequest, row: Delegation, answers: dict[str, Any]) -> str:
    made = services.allocate(by=request.user, delegation=row, at=request.at, **answers)
    return f"{made} for {row.organisation}."


def _waive(request: HttpRequest, row: Delegation, answers: dict[str, Any]) -> str:
    made = services.waive(by=request.user, delegation=row, at=request.at, **answers)
    return f"Waived: {made}."


def _end_waiver(request: HttpRequest, row: Delegation, answers: dict[str, Any]) -> str:
    made = services.end_waiver(by=request.user, at=request.at, **answers)
    return f"Not waived any more: {made}."


def _has_waiver(row: Delegation) -> bool:
    return row.waivers.filter(ended_at__isnull=True).exists()


@admin.register(Delegation)
class DelegationAdmin(RoleAdmin):
    """One row a body and conference. Places are allocated and rules waived by what is done here."""

    readers, editors = READERS, EDITORS
    may_change = False
    brings = imports.KIND
    change_list_template = "admin/import_list.html"
    list_display = (
        "organisation",
        "conference",
        "places_",
        "unnamed_",
        "lead_",
        "balanced_",
        "waits_",
    )
    list_filter = (DelegationQuestion, "conference", "organisation__kind")
    search_fields = ("organisation__name",)
    search_help_text = "Name of the body"
    list_select_related = ("organisation", "conference")
    autocomplete_fields = ("organisation",)
    inlines = (AllocationInline, RequestInline, WaiverInline)
    acts = (
        Act(
            name="allocate",
            label="Allocate places",
            explain="Replaces what was entered for this kind. Places booked already stay; what was "
            "granted on request counts beside it. Nobody is written to.",
            do=_allocate,
            may=rules.may_manage_delegations,
            form=AllocateForm,
        ),
        Act(
            name="waive",
            label="Waive a rule",
            explain="The delegation is then in order although it does not meet this rule. The body "
            "sees that it was waived, not why.",
            do=_waive,
            may=rules.may_manage_delegations,
            form=WaiveForm,
        ),
        Act(
            name="end-waiver",
            label="End a waiver",
            explain="The rule holds for this delegation again. The body sees it on its checklist; "
            "nobody is written to.",
            do=_end_waiver,
            may=rules.may_manage_delegations,
            applies=_has_waiver,
            form=EndWaiverForm,
            wants_row=True,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delegation]:
        return delegations.counted(super().get_queryset(request))

    def get_fields(self, request: HttpRequest, obj: Delegation | None = None) -> tuple[str, ...]:
        here = ("conference", "organisation")
        return here if obj is None else (*here, "lead", "checklist_", "papers_")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (
            () if obj is None else ("conference", "organisation", "lead", "checklist_", "papers_")
        )

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple[Any, ...]:
        return () if obj is None else self.inlines

    @admin.display(description="places", ordering="used")
    def places_(self, row: Delegation) -> str:
        if row.allocated is None:
            return f"{row.used}, nothing entered"
        return f"{row.used} of {row.allocated + row.granted}"

    @admin.display(description="unnamed", ordering="unnamed")
    def unnamed_(self, row: Delegation) -> int:
        return row.unnamed

    @admin.display(description="lead", boolean=True)
    def lead_(self, row: Delegation) -> bool | None:
        return row.has_lead if row.used else None

    @admin.display(description="balance")
    def balanced_(self, row: Delegation) -> str:
        if row.used < 2:
            return "–"
        if max(row.women, row.men) * 2 > row.used + (1 if row.odd else 0):
            return "not balanced"
        return "not known yet" if row.women + row.men < row.used else "balanced"

    @admin.display(description="asks for more")
    def waits_(self, row: Delegation) -> str:
        return "yes" if row.waits else "–"

    @admin.display(description="checklist")
    def checklist_(self, row: Delegation) -> str:
        """The same sentences as the body reads, with their state in a word."""
        standing = delegations.standing(row, row.judged_at)
        return format_html_join(
            "",
            "<p>{}: {}</p>",
            ((one.level.label, one.sentence) for one in standing.findings),
        )

    @admin.display(description="account")
    def papers_(self, row: Delegation) -> str:
        """The body's statement for the conference, where there is something to state."""
        made = row.organisation.bookings.exclude(state=Booking.State.DRAFT)
        if not row.money_is_read or not made.filter(conference=row.conference_id).exists():
            return "–"
        keys = [row.conference_id, row.organisation_id]
        url = reverse("admin:registrations_booking_statement", args=keys)
        return format_html('<a href="{}">Statement (PDF)</a>', url)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Delegation | None:
        """With the instant of the request, as of which the checklist is shown."""
        row = super().get_object(request, *args, **kwargs)
        if row is not None:
            row.judged_at = request.at
            row.money_is_read = rules.may_read_money(request.user)
        return row


def _grant(request: HttpRequest, row: PlaceRequest, answers: dict[str, Any]) -> str:
    made = services.grant(by=request.user, request=row, at=request.at, **answers)
    return f"{made.granted} granted; {made.asked_by} is told by mail."


def _refuse(request: HttpRequest, row: PlaceRequest, answers: dict[str, Any]) -> str:
    made = services.refuse(by=request.user, request=row, at=request.at, **answers)
    return f"Refused; {made.asked_by} is told by mail."


def _waits(row: PlaceRequest) -> bool:
    return row.state == PlaceRequest.State.WAITING


@admin.register(PlaceRequest)
class PlaceRequestAdmin(RoleAdmin):
    """Bodies that ask for more; granting lets them book, it books nothing."""

    readers = READERS
    may_add = may_change = False
    list_display = ("body", "conference", "places", "kind", "state", "granted", "asked_at")
    list_filter = ("state", "delegation__conference", "kind")
    list_select_related = ("delegation__organisation", "delegation__conference")
    search_fields = ("delegation__organisation__name",)
    acts = (
        Act(
            name="grant",
            label="Grant places",
            explain="They are added to what is allocated. The officer who asked is told by mail, "
            "and books them.",
            do=_grant,
            may=rules.may_manage_delegations,
            applies=_waits,
            form=GrantForm,
            wants_row=True,
        ),
        Act(
            name="refuse",
            label="Refuse",
            explain="The officer who asked is told by mail, with your reason.",
            do=_refuse,
            may=rules.may_manage_delegations,
            applies=_waits,
            form=RefuseForm,
        ),
    )

    @admin.display(description="body", ordering="delegation__organisation__name")
    def body(self, row: PlaceRequest) -> str:
        return row.delegation.organisation.name

    @admin.display(description="conference")
    def conference(self, row: PlaceRequest) -> str:
        return row.delegation.conference.title


@admin.register(DelegationRules)
class DelegationRulesAdmin(RoleAdmin):
    """What each conference asks of delegations; one without a row has the defaults shown here."""

    readers, editors = READERS, EDITORS
    list_display = ("conference", "beyond", "without_allocation", "imbalance_blocks", "youth_until")
    list_select_related = ("conference",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if obj is None else ("conference",)
