"""The claims desk: who says they hold which office, who else says so, and what staff decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

import clock
from clock.words import date_words
from members.forms import LineField
from members.models import Officeholding, OfficeInvitation
from members.roles import Role
from members.rules import may_decide_claims
from members.services.offices import (
    end_office,
    give_office,
    reject_claim,
    require_can_hold,
    verify_claim,
)
from members.staff import Act, RoleAdmin

State = Officeholding.State


def rivals_of(claim: Officeholding) -> QuerySet[Officeholding]:
    """Others who hold or claim the same office of the same body now."""
    return (
        Officeholding.objects.filter(
            Q(ended_on__isnull=True), organisation=claim.organisation_id, office=claim.office_id
        )
        .exclude(pk=claim.pk)
        .exclude(state=State.REJECTED)
        .select_related("user", "office")
        .order_by("started_on")
    )


class HolderChoice(forms.ModelMultipleChoiceField):
    """Names the holder and since when."""

    def label_from_instance(self, holding: Officeholding) -> str:
        return f"{holding.user} ({holding.user.email}), since {date_words(holding.started_on)}"


class VerifyForm(forms.Form):
    """Who no longer holds the office when this claim is confirmed."""

    ends = HolderChoice(
        Officeholding.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="These holders no longer hold it",
        help_text="Their office ends on the first day of the one you confirm.",
    )
    reason = LineField(max_length=300, required=False, label="How you checked it (for the trail)")

    def __init__(self, *args: Any, row: Officeholding, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = rivals_of(row).filter(state=State.VERIFIED)
        self.fields["ends"].queryset = holders
        if not holders:
            del self.fields["ends"]


class RejectForm(forms.Form):
    """Why a claim is not confirmed."""

    reason = LineField(max_length=300, label="Reason (goes to the person)")


class EndForm(forms.Form):
    """When and why an office ended."""

    ended_on = forms.DateField(label="First day it is no longer held")
    reason = LineField(max_length=300, label="Reason (goes to the officers)")

    def __init__(self, *args: Any, row: Officeholding, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = clock.in_london(at).date()


class GiveForm(forms.ModelForm):
    """Refuses what the service would refuse, beside the field it concerns."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("user") and given.get("organisation"):
            require_can_hold(user=given["user"], organisation=given["organisation"])
        return given


def _verify(request: HttpRequest, claim: Officeholding, answers: dict[str, Any]) -> str:
    verify_claim(by=request.user, claim=claim, at=request.at, **answers)
    return f"{claim.user} is confirmed as {claim.office} of {claim.organisation} and told by mail."


def _reject(request: HttpRequest, claim: Officeholding, answers: dict[str, Any]) -> str:
    reject_claim(by=request.user, claim=claim, at=request.at, **answers)
    return f"{claim.user} is told that the claim was not confirmed."


def _end(request: HttpRequest, holding: Officeholding, answers: dict[str, Any]) -> str:
    end_office(by=request.user, holding=holding, at=request.at, **answers)
    return f"{holding.user} is no longer {holding.office} of {holding.organisation}."


@admin.register(Officeholding)
class OfficeholdingAdmin(RoleAdmin):
    """Who holds which office. Decided by acts; entered by staff only as verified."""

    form = GiveForm
    editors = frozenset({Role.REGISTRATIONS_OFFICER})
    list_display = ("user", "office", "organisation", "state", "started_on", "ended_on", "source")
    list_filter = ("state", "office", "source", ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("user", "office", "organisation")
    search_fields = ("user__name", "user__email", "organisation__name")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    autocomplete_fields = ("user", "organisation", "office")
    fields = ("user", "organisation", "office", "started_on", "evidence")
    acts = (
        Act(
            name="verify",
            label="Confirm the claim",
            explain="The person can act for the body at once. They and its officers are told.",
            do=_verify,
            may=may_decide_claims,
            applies=lambda claim: claim.state == State.CLAIMED,
            form=VerifyForm,
            wants_row=True,
        ),
        Act(
            name="reject",
            label="Do not confirm",
            explain="The person is told, with the reason, and may claim again.",
            do=_reject,
            may=may_decide_claims,
            applies=lambda claim: claim.state == State.CLAIMED,
            form=RejectForm,
            is_grave=True,
        ),
        Act(
            name="end",
            label="End the office",
            explain="From that day they cannot act for the body. They and its officers are told.",
            do=_end,
            may=may_decide_claims,
            applies=lambda held: held.state == State.VERIFIED and held.ended_on is None,
            form=EndForm,
            wants_row=True,
            is_grave=True,
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: Officeholding | None = None) -> bool:
        """What is there is changed by its acts alone."""
        return False

    def get_fields(self, request: HttpRequest, obj: Officeholding | None = None):
        if obj is None:
            return self.fields
        decided = ("state", "source", "decided_by", "decided_at", "decision_reason")
        return (*self.fields, "ended_on", *decided, "created_at", "rivals")

    def get_readonly_fields(self, request: HttpRequest, obj: Officeholding | None = None):
        return ("rivals",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Officeholding, form: Any, change: bool) -> None:
        """Only adding comes here; the service writes the entry and tells the person."""
        given = give_office(by=request.user, at=request.at, **form.cleaned_data)
        obj.pk, obj._state.adding = given.pk, False
        obj.refresh_from_db()

    @admin.display(description="others who hold or claim this office")
    def rivals(self, claim: Officeholding) -> str:
        rows = (
            (
                rival.user,
                rival.user.email,
                date_words(rival.started_on),
                rival.get_state_display(),
                rival.evidence or "no evidence given",
            )
            for rival in rivals_of(claim)
        )
        return format_html_join("", "<p>{} ({}), since {}: {}; {}</p>", rows) or "nobody"


@admin.register(OfficeInvitation)
class OfficeInvitationAdmin(RoleAdmin):
    """Invitations as they went out. Officers send and withdraw them on their body's page."""

    readers = frozenset({Role.REGISTRATIONS_OFFICER})
    list_display = ("email", "office", "organisation", "invited_by", "created_at", "accepted_at")
    list_filter = ("office",)
    list_select_related = ("office", "organisation", "invited_by")
    search_fields = ("email", "organisation__name")
    exclude = ("token_hash",)
