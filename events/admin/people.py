"""Lay tasks, authority to act for a body, and the imprint: given and taken by services alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from events import rules
from events.admin.base import EventsAdmin
from events.models import Authorisation, Imprint, LayAppointment, SiteContact
from events.services import appointments, authority, imprints
from members.roles import Role, has_role
from members.staff import Act


def _is_administrator(user: Any) -> bool:
    return has_role(user, Role.ADMINISTRATOR)


def _end(request: HttpRequest, row: LayAppointment, given: dict[str, Any]) -> str:
    appointments.end(by=request.user, appointment=row, at=request.at)
    return f"Ended: {row}."


class AppointmentForm(forms.ModelForm):
    """Refuses what the service would refuse, beside the field it concerns."""

    def clean_user(self) -> Any:
        user = self.cleaned_data["user"]
        try:
            appointments.require_appointable(user)
        except ValidationError as refusal:
            raise ValidationError(refusal.messages) from refusal
        return user

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        held = LayAppointment.objects.filter(
            conference=given.get("conference"),
            user=given.get("user"),
            task=given.get("task"),
            ended_at__isnull=True,
        )
        if held.exists():
            raise ValidationError("This person already has this task.")
        return given


@admin.register(LayAppointment)
class LayAppointmentAdmin(EventsAdmin):
    """Who has which task at which conference. Given here, ended by an act, never edited."""

    form = AppointmentForm
    editors = frozenset({Role.PROGRAMME_EDITOR})
    fields = ("conference", "user", "task", ("starts_on", "ends_on"))
    list_display = ("user", "task", "conference", "starts_on", "ends_on", "ended_at")
    list_filter = ("task", ("conference", admin.RelatedOnlyFieldListFilter), "ended_at")
    list_select_related = ("user", "conference")
    search_fields = ("user__name", "user__email", "conference__title")
    autocomplete_fields = ("conference", "user")
    acts = (
        Act(
            "end",
            "End this task now",
            "The person's desk on the site closes at once; the record stays.",
            _end,
            may=rules.may_edit_programme,
            applies=lambda row: row.ended_at is None,
            is_grave=True,
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        made = appointments.appoint(by=request.user, at=request.at, **form.cleaned_data)
        obj.pk = made.pk


def _withdraw(request: HttpRequest, row: Authorisation, given: dict[str, Any]) -> str:
    authority.withdraw(by=request.user, authorisation=row, at=request.at)
    return f"Withdrawn: {row}."


@admin.register(Authorisation)
class AuthorisationAdmin(EventsAdmin):
    """Whom officers let act for their body; given by officers on the site."""

    may_add = False
    may_change = False
    list_display = ("user", "organisation", "conference", "authorised_by", "withdrawn_at")
    list_filter = (("conference", admin.RelatedOnlyFieldListFilter), "withdrawn_at")
    list_select_related = ("user", "organisation", "conference", "authorised_by")
    search_fields = ("user__name", "user__email", "organisation__name")
    acts = (
        Act(
            "withdraw",
            "Withdraw this authority",
            "The person can no longer draft or submit for the body; what they sent stays.",
            _withdraw,
            may=rules.may_edit_programme,
            applies=lambda row: row.withdrawn_at is None,
            is_grave=True,
        ),
    )


class ImprintForm(forms.ModelForm):
    """A new version begins now or later; `at` is the instant of the request."""

    at: dt.datetime

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if "in_force_from" in self.fields:
            self.fields["in_force_from"].required = False
            self.fields["in_force_from"].help_text = "Empty: now."

    def clean_in_force_from(self) -> dt.datetime:
        begins = self.cleaned_data["in_force_from"] or self.at
        if begins < self.at:
            raise ValidationError("An imprint cannot begin in the past.")
        return begins


@admin.register(Imprint)
class ImprintAdmin(EventsAdmin):
    """Versions of the imprint. A version is followed by the next, never changed."""

    form = ImprintForm
    editors = frozenset({Role.ADMINISTRATOR})
    readers = frozenset({Role.PROGRAMME_EDITOR})
    may_change = False
    fields = ("text", "in_force_from", "note")
    list_display = ("text", "in_force_from", "note")
    search_fields = ("text", "note")

    def get_form(self, request: HttpRequest, *args: Any, **given: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, *args, **given)
        form.at = request.at  # this class was made for this request alone
        return form

    def save_model(self, request: HttpRequest, obj: Imprint, form: Any, change: bool) -> None:
        made = imprints.publish(
            by=request.user,
            text=form.cleaned_data["text"],
            in_force_from=form.cleaned_data["in_force_from"],
            note=form.cleaned_data["note"],
            at=request.at,
        )
        obj.pk = made.pk


@admin.register(SiteContact)
class SiteContactAdmin(EventsAdmin):
    """One row, entered once and changed ever after; it stands on the contact page and in mails."""

    editors = frozenset({Role.ADMINISTRATOR, Role.REGISTRATIONS_OFFICER})
    readers = frozenset({Role.PROGRAMME_EDITOR})
    fields = ("name", "email", "phone", "hours", "postal_address")
    list_display = ("name", "email", "phone")

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return super().has_add_permission(request, *args) and not SiteContact.objects.exists()

    def save_model(self, request: HttpRequest, obj: SiteContact, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)
