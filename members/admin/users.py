"""Sign-ins: roles, closing, merging, a changed address, and the rights of the person."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse

from members import audit
from members.admin.members import ReasonForm, SignInField
from members.forms import LineField
from members.models import User
from members.personal_data import Person
from members.roles import Role, roles_of
from members.rules import may_handle_personal_data, may_match_members, may_set_roles
from members.services.personal_data import erase_person, export_person
from members.services.sign_ins import (
    change_address,
    close_sign_in,
    make_sign_in,
    merge_users,
    open_sign_in,
    require_roles_fit,
    reset_second_factor,
    set_roles,
)
from members.sign_up import NameField
from members.staff import Act, RoleAdmin

# Roles stand in code, and ways of signing in change by acts alone: none of these tables is edited.
for model in (Group, EmailAddress, EmailConfirmation, Authenticator, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class UserForm(forms.ModelForm):
    """A name and roles; the address of an existing sign-in changes by an act that tells the old one.

    `by` is set by the admin on the class it makes for one request.
    """

    by: User
    name = NameField(label="Full name")
    roles = forms.MultipleChoiceField(
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="With any role a person works in the admin, with a second factor at sign-in.",
    )

    class Meta:
        model = User
        fields = ("name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "roles" in self.fields:
            self.fields["roles"].initial = [role.value for role in roles_of(self.instance)]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def clean_roles(self) -> list[Role]:
        roles = [Role(value) for value in self.cleaned_data["roles"]]
        if self.instance.pk:
            require_roles_fit(by=self.by, user=self.instance, wanted=frozenset(roles))
        return roles


class AddressForm(forms.Form):
    """The new address."""

    email = forms.EmailField(label="New e-mail address")
    reason = LineField(max_length=300, label="How you know it is theirs (for the trail)")


class MergeForm(forms.Form):
    """The other sign-in of the same person."""

    duplicate = SignInField(label="E-mail address of the duplicate, which is closed")
    reason = LineField(max_length=300, label="How you know it is one person (for the trail)")


def _merge(request: HttpRequest, user: User, answers: dict[str, Any]) -> str:
    moved = merge_users(by=request.user, keep=user, at=request.at, **answers)
    return f"The two sign-ins are one; {sum(moved.values())} rows came along."


def _change_address(request: HttpRequest, user: User, answers: dict[str, Any]) -> str:
    change_address(by=request.user, user=user, at=request.at, **answers)
    return "The address is changed. The old one and the new one are told."


def _reset_second_factor(request: HttpRequest, user: User, answers: dict[str, Any]) -> str:
    reset_second_factor(by=request.user, user=user, at=request.at, **answers)
    return "Their authenticator is gone; they set up a new one at the next sign-in."


def _close(request: HttpRequest, user: User, answers: dict[str, Any]) -> str:
    close_sign_in(by=request.user, user=user, at=request.at, **answers)
    return "Nobody can sign in with it any more."


def _open(request: HttpRequest, user: User, answers: dict[str, Any]) -> str:
    open_sign_in(by=request.user, user=user, at=request.at, **answers)
    return "The sign-in works again."


def _export(request: HttpRequest, user: User, answers: dict[str, Any]) -> HttpResponse:
    facts = export_person(by=request.user, person=Person.of(user), at=request.at)
    response = HttpResponse(
        json.dumps(facts, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False),
        content_type="application/json",
    )
    response["Content-Disposition"] = f'attachment; filename="person-{user.pk}.json"'
    return response


def _erase(request: HttpRequest, user: User, answers: dict[str, Any]) -> str:
    counts = erase_person(by=request.user, person=Person.of(user), at=request.at, **answers)
    return f"Erased, in {len(counts)} tables. What was kept and why stands in the journal."


def _not_staff(user: User) -> bool:
    return user.is_active and not user.is_staff


@admin.register(User)
class UserAdmin(RoleAdmin):
    """Everybody who can sign in. Only administrators give roles and make sign-ins."""

    form = UserForm
    editors = frozenset({Role.ADMINISTRATOR})
    readers = frozenset({Role.REGISTRATIONS_OFFICER, Role.DATA_PROTECTION_OFFICER})
    unaudited = frozenset({"name"})
    list_display = ("email", "name", "roles_held", "is_active", "date_joined", "last_login")
    list_filter = ("is_staff", "groups", "is_active")
    search_fields = ("email", "name")
    ordering = ("email",)
    date_hierarchy = "date_joined"
    acts = (
        Act(
            name="address",
            label="Change the address",
            explain="Codes and notices then go to the new address. The old one is told.",
            do=_change_address,
            may=may_set_roles,
            applies=lambda user: user.is_active,
            form=AddressForm,
            is_grave=True,
        ),
        Act(
            name="merge",
            label="Merge a duplicate into this",
            explain="Offices, bookings and the membership of the duplicate come to this sign-in; "
            "the duplicate is closed. This cannot be taken back.",
            do=_merge,
            may=may_match_members,
            applies=_not_staff,
            form=MergeForm,
            is_grave=True,
        ),
        Act(
            name="second-factor",
            label="Take the authenticator away",
            explain="For somebody who lost their phone: they set up a new one at the next sign-in. "
            "Make sure that it is them. Every session of theirs ends, and they are told.",
            do=_reset_second_factor,
            may=may_set_roles,
            applies=lambda user: user.authenticator_set.exists(),
            form=ReasonForm,
            is_grave=True,
        ),
        Act(
            name="close",
            label="Close",
            explain="Ends every session; nobody can sign in with it any more. What it did stays.",
            do=_close,
            may=may_set_roles,
            applies=_not_staff,
            form=ReasonForm,
            is_grave=True,
        ),
        Act(
            name="open",
            label="Open again",
            explain="The person can sign in again.",
            do=_open,
            may=may_set_roles,
            applies=lambda user: not user.is_active and user.merged_into_id is None,
            form=ReasonForm,
        ),
        Act(
            name="export",
            label="Download their data",
            explain="Everything the register of personal data knows of this person, with why it "
            "is held and for how long. Give it to nobody but them.",
            do=_export,
            may=may_handle_personal_data,
        ),
        Act(
            name="erase",
            label="Erase the person",
            explain="Does to every table what the register of personal data says. It cannot be "
            "taken back, and is done again when a backup is restored.",
            do=_erase,
            may=may_handle_personal_data,
            form=ReasonForm,
            is_grave=True,
        ),
    )

    def get_fields(self, request: HttpRequest, obj: User | None = None):
        if not self._edits(request):
            return ("name", "email", "roles_held", "is_active", "date_joined", "last_login")
        if obj is None:
            return ("name", "email", "roles")
        return ("name", "email", "roles", "is_active", "date_joined", "last_login", "merged_into")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None):
        facts = ("roles_held", "is_active", "date_joined", "last_login", "merged_into")
        return ("email", *facts) if obj else facts

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs: Any):
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("groups")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Services make the sign-in and give the roles; each writes its entry."""
        roles = form.cleaned_data["roles"]
        if change:
            if "name" in form.changed_data:
                obj.save(update_fields=["name"])
                audit.record(
                    by=request.user,
                    action="user.changed",
                    on=obj,
                    at=request.at,
                    after={"name": self._told("name", obj.name)},
                )
            set_roles(by=request.user, user=obj, roles=roles, at=request.at)
            return
        made = make_sign_in(
            by=request.user,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            roles=roles,
            at=request.at,
        )
        obj.pk, obj._state.adding = made.pk, False
        obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: roles are given by the service."""

    @admin.display(description="roles")
    def roles_held(self, user: User) -> str:
        if not (user.is_staff and user.is_active):
            return "–"
        names = {group.name for group in user.groups.all()}
        held = [role.label for role in Role if role.value in names]
        return ", ".join(held) or ("Administrator" if user.is_superuser else "none")
