"""What the card provider says has happened: what is held waits for finance to look at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from members.roles import Role
from members.staff import Act, RoleAdmin
from registrations import rules
from registrations.models import CardEvent
from registrations.services import cards


class SettleForm(forms.Form):
    """What was done."""

    why = forms.CharField(label="What was done about it", max_length=300)


def _record(request: HttpRequest, row: CardEvent, answers: dict[str, Any]) -> str:
    made = cards.record_held(by=request.user, event=row, at=request.at)
    return f"{made.payment} is recorded for {made.attempt.booking}."


def _settle(request: HttpRequest, row: CardEvent, answers: dict[str, Any]) -> str:
    cards.settle(by=request.user, event=row, at=request.at, **answers)
    return "Noted."


def _is_held(row: CardEvent) -> bool:
    return row.outcome == CardEvent.Outcome.HELD


@admin.register(CardEvent)
class CardEventAdmin(RoleAdmin):
    """Read-only but for what finance does about those that are held."""

    readers = frozenset({Role.FINANCE})
    may_add = may_change = False
    list_display = ("event_id", "booking", "kind", "amount", "currency", "outcome", "received_at")
    list_filter = ("outcome", "kind")
    list_select_related = ("attempt__booking",)
    search_fields = ("event_id", "charge_id")
    acts = (
        Act(
            name="record",
            label="Record what came",
            explain="The amount that came is recorded for the booking; more than is owed shows as "
            "owed to the payer.",
            do=_record,
            may=rules.may_record_payments,
            applies=_is_held,
        ),
        Act(
            name="settle",
            label="Note what was done",
            explain="It moves no money here.",
            do=_settle,
            may=rules.may_record_payments,
            applies=_is_held,
            form=SettleForm,
        ),
    )

    @admin.display(description="booking")
    def booking(self, row: CardEvent) -> str:
        return row.attempt.booking.reference if row.attempt else "not known"
