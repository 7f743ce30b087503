"""The forms of support: asking in confidence, using a code, deciding."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from registrations.models import Extra, PassType, Place, SupportRequest
from registrations.services.support import Gift


class SupportForm(forms.Form):
    """What for, roughly how much, and in one's own words."""

    purposes = forms.MultipleChoiceField(
        label="What do you need help with?",
        choices=[(one.value, one.label.capitalize()) for one in SupportRequest.Purpose],
        widget=forms.CheckboxSelectMultiple,
    )
    rough_cost = forms.DecimalField(
        label="Roughly how much, in pounds?",
        max_digits=8,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        help_text="If you know.",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    words = forms.CharField(
        label="In your own words",
        max_length=2000,
        help_text="A sentence or two is enough.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class ReductionForm(forms.Form):
    """The code from the mail, and for whom it is."""

    place = forms.ChoiceField(label="For whom?", widget=forms.RadioSelect)
    code = forms.CharField(
        label="Your code",
        max_length=40,
        help_text="Four groups of letters and figures, from the mail.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.fields["place"].choices = [
            (key, f"{place}, {place.pass_type.name}") for key, place in self.places.items()
        ]
        if len(self.places) == 1:
            self.fields["place"].initial = next(iter(self.places))
            self.fields["place"].widget = forms.HiddenInput()

    def clean_place(self) -> Place:
        """The place that was chosen."""
        return self.places[self.cleaned_data["place"]]


class GrantForm(forms.Form):
    """How much, and as a code for what; without a code it is paid out another way."""

    granted = forms.DecimalField(
        label="Granted (£)",
        max_digits=8,
        decimal_places=2,
        min_value=Decimal("0.01"),
        help_text="What counts against the budget.",
    )
    percent = forms.DecimalField(
        label="As a code: per cent off",
        max_digits=5,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        required=False,
        help_text="Empty: the amount granted is taken off.",
    )
    pass_types = forms.ModelMultipleChoiceField(
        PassType.objects.none(),
        label="The code is good for these passes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    extras = forms.ModelMultipleChoiceField(
        Extra.objects.none(),
        label="and these extras",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nothing ticked: no code. Then say below how the money is paid.",
    )
    nominal_code = forms.CharField(
        label="Nominal code of the reduction", max_length=20, required=False
    )
    answer = forms.CharField(
        label="What we write to the person",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, row: SupportRequest, at: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["granted"].initial = row.rough_cost
        sold = row.conference.pass_types.exclude(role=PassType.Role.CARER)
        self.fields["pass_types"].queryset = sold
        self.fields["extras"].queryset = row.conference.extras.all()


def gift_of(typed: dict[str, Any]) -> Gift | None:
    """The answers as a gift; None when nothing was ticked."""
    passes, extras = list(typed["pass_types"]), list(typed["extras"])
    if not passes and not extras:
        return None
    percent = typed["percent"]
    amount = None if percent is not None else typed["granted"]
    return Gift(percent, amount, passes, extras, typed["nominal_code"].strip())


class RefuseForm(forms.Form):
    """What the person is told."""

    answer = forms.CharField(
        label="What we write to the person",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class GiveBackForm(forms.Form):
    """Why a code may be used again."""

    reason = forms.CharField(label="Reason", max_length=300, help_text="Kept in the audit trail.")
