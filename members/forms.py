"""What officers and members type about offices and memberships."""

from __future__ import annotations

import datetime as dt

from django import forms

from mailing import cleaning
from members.models import Office, Organisation


class LineField(forms.CharField):
    """One line of text without invisible characters or line ends."""

    def to_python(self, value: object) -> str:
        return cleaning.header(super().to_python(value), longest=5000)


class ClaimForm(forms.Form):
    """'I am the secretary of …'."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Party council, branch or society", empty_label="Choose"
    )
    office = forms.ModelChoiceField(
        Office.objects.none(), label="Your office", empty_label="Choose"
    )
    started_on = forms.DateField(
        label="Since",
        help_text="For example 14 3 2016. If you are not sure, the day of the meeting is fine.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    evidence = LineField(
        max_length=300,
        label="How can we check it?",
        help_text="For example: elected at the annual general meeting on 14 March; "
        "ask our chair, Ann Jones.",
    )

    def __init__(self, *args: object, today: dt.date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.active()
        self.fields["office"].queryset = Office.objects.all()
        self.fields["started_on"].initial = today


class InvitationForm(forms.Form):
    """An officer invites a successor or colleague."""

    office = forms.ModelChoiceField(Office.objects.none(), label="Office", empty_label="Choose")
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="The link works for this address only.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.all()


class EndOfficeForm(forms.Form):
    """When and why an office ends."""

    ended_on = forms.DateField(
        label="First day it is no longer held",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = LineField(max_length=300, required=False, label="Why (the officers are told)")

    def __init__(self, *args: object, today: dt.date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = today


class MembershipForm(forms.Form):
    """The number of a membership and one thing only its holder and the party know."""

    number = LineField(
        max_length=30,
        label="Membership number",
        help_text="On your card and on letters from the party.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    proof = LineField(
        max_length=100,
        label="Your surname, or the postcode we write to",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
