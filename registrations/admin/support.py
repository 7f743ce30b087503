"""Support and bursaries in the admin: for the access officer alone, the administrator not excepted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from members.roles import Role
from members.staff import Act, RoleAdmin
from registrations import rules
from registrations.models import ReductionCode, SupportFund, SupportRequest
from registrations.services import reductions, support
from registrations.support_forms import GiveBackForm, GrantForm, RefuseForm, gift_of


class _Confidential(RoleAdmin):
    """Read by the access officer; not even the administrator or the auditor without the role."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.may_read_needs(request.user)


def _grant(request: HttpRequest, row: SupportRequest, answers: dict[str, Any]) -> str:
    made = support.grant(
        by=request.user,
        request=row,
        granted=answers["granted"],
        answer=answers["answer"],
        gift=gift_of(answers),
        at=request.at,
    )
    return f"£{made.granted} granted; the person is told by mail."


def _refuse(request: HttpRequest, row: SupportRequest, answers: dict[str, Any]) -> str:
    support.refuse(by=request.user, request=row, at=request.at, **answers)
    return "Refused; the person is told by mail."


def _waits(row: SupportRequest) -> bool:
    return row.state == SupportRequest.State.WAITING


@admin.register(SupportRequest)
class SupportRequestAdmin(_Confidential):
    """What waits, oldest first, with what the budget still holds."""

    may_add = may_change = False
    list_display = ("name", "conference", "what_for", "rough_cost", "state", "granted", "asked_at")
    list_filter = ("state", "conference")
    list_select_related = ("conference",)
    search_fields = ("name", "email")
    fields = readonly_fields = (
        "name",
        "email",
        "conference",
        "what_for",
        "rough_cost",
        "words",
        "asked_at",
        "state",
        "granted",
        "answer",
        "decided_by",
        "decided_at",
        "budget",
        "purge_on",
    )
    acts = (
        Act(
            name="grant",
            label="Grant",
            explain="The person is told by mail. A code takes the amount off what you tick; it can "
            "be used once, and nobody who sees the reduction sees why.",
            do=_grant,
            may=rules.may_read_needs,
            applies=_waits,
            form=GrantForm,
            wants_row=True,
        ),
        Act(
            name="refuse",
            label="Refuse",
            explain="The person is told by mail, with what you write.",
            do=_refuse,
            may=rules.may_read_needs,
            applies=_waits,
            form=RefuseForm,
        ),
    )

    @admin.display(description="for")
    def what_for(self, row: SupportRequest) -> str:
        return row.purposes_in_words or "deleted"

    @admin.display(description="budget")
    def budget(self, row: SupportRequest) -> str:
        return in_words(row.conference.support_fund) if _has_fund(row) else "none is stated"


def _has_fund(row: SupportRequest) -> bool:
    return SupportFund.objects.filter(conference=row.conference_id).exists()


def in_words(fund: SupportFund) -> str:
    """'£120.00 of £2,000.00 granted'."""
    return f"£{support.granted_so_far(fund.conference):,.2f} of £{fund.budget:,.2f} granted"


@admin.register(SupportFund)
class SupportFundAdmin(_Confidential):
    """The budget of a conference, and what is granted of it."""

    editors = frozenset({Role.ACCESS_OFFICER})
    list_display = ("conference", "budget", "so_far")
    list_select_related = ("conference",)
    fields = ("conference", "budget")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("conference",) if obj else ()

    @admin.display(description="so far")
    def so_far(self, row: SupportFund) -> str:
        return in_words(row)


def _give_back(request: HttpRequest, row: ReductionCode, answers: dict[str, Any]) -> str:
    reductions.give_back(by=request.user, code=row, at=request.at, **answers)
    return "The code can be used again."


@admin.register(ReductionCode)
class ReductionCodeAdmin(_Confidential):
    """Which codes are out, and which were used; what one reads like stands nowhere."""

    may_add = may_change = False
    list_display = ("person", "conference", "takes_off", "expires_at", "used")
    list_filter = ("conference",)
    list_select_related = ("conference", "request")
    fields = readonly_fields = (
        *list_display,
        "pass_types",
        "extras",
        "nominal_code",
        "created_at",
    )
    acts = (
        Act(
            name="give-back",
            label="Give the code back",
            explain="It can be used again until its day. If the place still stands, what it took "
            "off is charged again.",
            do=_give_back,
            may=rules.may_read_needs,
            applies=lambda row: row.uses.filter(given_back_at__isnull=True).exists(),
            form=GiveBackForm,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReductionCode]:
        return super().get_queryset(request).prefetch_related("uses__place__booking")

    @admin.display(description="given to")
    def person(self, row: ReductionCode) -> str:
        return row.request.name

    @admin.display(description="takes off")
    def takes_off(self, row: ReductionCode) -> str:
        return str(row)

    @admin.display(description="used for booking")
    def used(self, row: ReductionCode) -> str:
        standing = [use for use in row.uses.all() if use.given_back_at is None]
        return standing[0].place.booking.reference if standing else "not used"
