"""Forms for nominations."""

from __future__ import annotations

from typing import Any

from django import forms

from members.models import Region
from motions.fields import DateField, TypedText
from motions.forms import BodyForm
from motions.nominations.services.nominating import Nominee


class NominationForm(BodyForm):
    """One body nominates one person."""

    name = TypedText(max_length=120, label="Name of the person you nominate")
    email = forms.EmailField(
        label="Their e-mail address",
        help_text="We ask them there whether they want to stand.",
        max_length=254,
    )
    membership_number = TypedText(max_length=30, required=False, label="Their membership number")
    region = forms.ModelChoiceField(
        queryset=Region.objects.all(), label="Their nation or region", empty_label="Choose one"
    )
    meeting_name = TypedText(
        max_length=150, required=False, label="Agreed by which meeting of your body?"
    )
    meeting_on = DateField(required=False, label="Held on")
    has_agreed = forms.BooleanField(
        label="I have asked them, and they are willing to stand",
        error_messages={"required": "Please ask them first, then tick this."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["key", "organisation"])

    @property
    def nominee(self) -> Nominee:
        """The person, for the service."""
        data = self.cleaned_data
        return Nominee(
            name=data["name"],
            email=data["email"],
            region=data["region"],
            membership_number=data["membership_number"],
        )
