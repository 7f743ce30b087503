"""Candidates and the nominations behind them."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from members.roles import Role, has_role
from members.staff import Act, RoleAdmin, RoleInline
from motions.admin.desk import READERS, SentAdmin
from motions.admin.paper import PaperNominationForm, entering
from motions.fields import TypedText
from motions.models import Candidate, Nomination
from motions.nominations import eligibility
from motions.nominations.services.answering import send_link
from motions.nominations.services.confirming import confirm
from motions.nominations.services.striking import reinstate, strike_out
from motions.nominations.services.withdrawing import withdraw_nomination


class ReasonForm(forms.Form):
    """Why somebody cannot stand."""

    reason = TypedText(max_length=300, label="Reason (goes to them and to the bodies)")


class KnownForm(forms.Form):
    """How it is known that somebody is a delegate."""

    reason = TypedText(max_length=300, label="How do you know?")


def _strike_out(request: HttpRequest, candidate: Candidate, answers: dict[str, Any]) -> str:
    strike_out(by=request.user, candidate=candidate, at=request.at, **answers)
    return f"{candidate} is struck out; they and the nominating bodies are told why."


def _reinstate(request: HttpRequest, candidate: Candidate, answers: dict[str, Any]) -> str:
    reinstate(by=request.user, candidate=candidate, at=request.at, **answers)
    return f"{candidate} stands as before; they and the nominating bodies are told."


def _confirm(request: HttpRequest, candidate: Candidate, answers: dict[str, Any]) -> str:
    confirm(by=request.user, candidate=candidate, at=request.at, **answers)
    return f"{candidate} is confirmed as a delegate; they and the nominating bodies are told."


def _send_link(request: HttpRequest, candidate: Candidate, answers: dict[str, Any]) -> str:
    send_link(by=request.user, candidate=candidate, at=request.at)
    return f"A new link is on its way to {candidate.email}; the one before it no longer works."


def _withdraw(request: HttpRequest, nomination: Nomination, answers: dict[str, Any]) -> str:
    withdraw_nomination(by=request.user, nomination=nomination, at=request.at, key=uuid.uuid4())
    return "Withdrawn; the body has its receipt."


def _may(user: Any) -> bool:
    return has_role(user, Role.PROGRAMME_EDITOR)


class NominationInline(RoleInline):
    """Who nominated this person."""

    model = Nomination
    can_delete = False
    fields = ("organisation", "state", "submitted_at", "channel", "meeting_name", "meeting_on")


@admin.register(Candidate)
class CandidateAdmin(RoleAdmin):
    """People nominated, once each, with their answer and whether they are delegates yet."""

    readers = READERS
    may_add = may_change = False
    list_display = ("name", "post", "region", "state", "is_delegate")
    list_filter = ("state", "post", "post__deadline__conference")
    list_select_related = ("post__deadline__conference", "region")
    search_fields = ("name", "email", "membership_number")
    inlines = (NominationInline,)
    exclude = ("token_hash",)
    readonly_fields = ("is_delegate",)
    acts = (
        Act(
            name="strike-out",
            label="Strike out",
            explain="This person cannot stand. They and the nominating bodies are told the reason.",
            do=_strike_out,
            may=_may,
            applies=lambda candidate: Candidate.State.STRUCK_OUT in candidate.moves,
            form=ReasonForm,
            is_grave=True,
        ),
        Act(
            name="reinstate",
            label="Put back",
            explain="They were struck out in error and can stand after all.",
            do=_reinstate,
            may=_may,
            applies=lambda candidate: candidate.state == Candidate.State.STRUCK_OUT,
            form=ReasonForm,
            is_grave=True,
        ),
        Act(
            name="confirm",
            label="Confirm as a delegate",
            explain="They are registered, under another address or without one.",
            do=_confirm,
            may=_may,
            applies=lambda candidate: (
                candidate.is_in_play
                and candidate.post.nominee_is_delegate
                and candidate.confirmed_at is None
            ),
            form=KnownForm,
        ),
        Act(
            name="send-link",
            label="Send the personal link again",
            explain="A new link goes to the address above; the one sent before no longer works.",
            do=_send_link,
            may=_may,
            applies=lambda candidate: (
                candidate.is_in_play or candidate.state == Candidate.State.DECLINED
            ),
        ),
    )

    @admin.display(description="registered as a delegate", boolean=True)
    def is_delegate(self, candidate: Candidate) -> bool:
        return eligibility.is_delegate(candidate)


@admin.register(Nomination)
class NominationAdmin(SentAdmin):
    """Nominations as bodies sent them."""

    enter = entering(
        PaperNominationForm, "Enter a nomination from paper", "admin:motions_nomination_changelist"
    )
    list_display = ("candidate", "post", "organisation", "state", "submitted_at", "channel")
    list_filter = (
        "state",
        "candidate__post__deadline__conference",
        "channel",
        ("organisation", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("candidate__post__deadline__conference", "organisation")
    search_fields = ("candidate__name", "organisation__name")
    exclude = ("scan",)
    readonly_fields = ("file_link",)
    acts = (
        Act(
            name="withdraw",
            label="Withdraw it for the body",
            explain="At the body's own wish. It gets a receipt.",
            do=_withdraw,
            may=_may,
            applies=lambda nomination: nomination.state == Nomination.State.SUBMITTED,
            is_grave=True,
        ),
    )

    @admin.display(description="post")
    def post(self, nomination: Nomination) -> str:
        return str(nomination.candidate.post)
