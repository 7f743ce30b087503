"""Membership records and the sign-ins they belong to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from members.exports import csv_response
from members.forms import LineField
from members.imports import people
from members.models import Member, User
from members.roles import Role
from members.rules import may_match_members
from members.services.membership import match_member, unmatch_member
from members.staff import Act, RoleAdmin


class SignInField(forms.EmailField):
    """A sign-in, named by its address."""

    def clean(self, value: Any) -> User:
        address = super().clean(value).strip().lower()
        user = User.objects.filter(email=address).first()
        if user is None:
            raise forms.ValidationError("There is no sign-in with this address.")
        return user


class MatchForm(forms.Form):
    """Which sign-in is this member's, and how staff know."""

    user = SignInField(label="E-mail address of the sign-in")
    reason = LineField(max_length=300, label="How you know (for the trail)")


class ReasonForm(forms.Form):
    """Why."""

    reason = LineField(max_length=300, label="Why (for the trail)")


def _match(request: HttpRequest, member: Member, answers: dict[str, Any]) -> str:
    match_member(by=request.user, member=member, at=request.at, **answers)
    return f"{member} is connected with {answers['user'].email}."


def _unmatch(request: HttpRequest, member: Member, answers: dict[str, Any]) -> str:
    unmatch_member(by=request.user, member=member, at=request.at, **answers)
    return f"{member} is no longer connected with a sign-in."


@admin.register(Member)
class MemberAdmin(RoleAdmin):
    """The party's register as far as it is known here; the register stays the master."""

    editors = frozenset({Role.REGISTRATIONS_OFFICER})
    brings = people.KIND
    change_list_template = "admin/import_list.html"
    list_display = ("number", "surname", "given_names", "standing", "organisation", "user")
    list_filter = (
        "standing",
        ("user", admin.EmptyFieldListFilter),
        "region",
    )
    list_select_related = ("organisation", "user")
    search_fields = ("number", "surname", "given_names", "email", "user__email")
    autocomplete_fields = ("region", "organisation")
    readonly_fields = ("user",)
    unaudited = frozenset({"given_names", "surname", "postcode", "email"})
    actions = ("export",)
    acts = (
        Act(
            name="match",
            label="Connect with a sign-in",
            explain="The person then counts as this member wherever they sign in. They are told.",
            do=_match,
            may=may_match_members,
            applies=lambda member: member.user_id is None,
            form=MatchForm,
        ),
        Act(
            name="unmatch",
            label="Disconnect the sign-in",
            explain="The person no longer counts as this member. They are told.",
            do=_unmatch,
            may=may_match_members,
            applies=lambda member: member.user_id is not None,
            form=ReasonForm,
            is_grave=True,
        ),
    )

    @admin.action(description="Download as a table (CSV)", permissions=["change"])
    def export(self, request: HttpRequest, queryset: QuerySet[Member]) -> HttpResponse:
        members = queryset.select_related("organisation", "region")
        rows = [
            (m.number, m.surname, m.given_names, m.get_standing_display(), m.organisation, m.region)
            for m in members
        ]
        self.note_export(request, queryset)
        header = ("Number", "Surname", "Given names", "Standing", "Body", "Region")
        return csv_response("members", header, rows)
