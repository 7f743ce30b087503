"""The form of somebody who is booked in at the door. The service decides what may be done."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.models import Member
from registrations.models import Booking, PassType

WORDS = {
    Booking.Method.CASH: "Cash",
    Booking.Method.CARD: "Card, on the terminal",
    Booking.Method.INVOICE: "Invoice to come",
}
NO_MEMBER = "No member has this number and surname. Look at the membership card again."


class WalkInForm(forms.Form):
    """Who it is, and how it is paid."""

    name = forms.CharField(
        label="Full name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="For a receipt. An invoice needs one.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    member = forms.CharField(
        label="Membership number",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    method = forms.ChoiceField(label="How do they pay?", widget=forms.RadioSelect)
    another_person = forms.BooleanField(
        label="This is another person than the one who has a place", required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, sold: PassType, methods: Sequence[str], is_free: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.fields["method"].choices = [(method, WORDS[method]) for method in methods]
        if is_free:
            del self.fields["method"]
        if not (sold.membership_required or sold.sold_to == PassType.SoldTo.MEMBERS):
            del self.fields["member"]
        self.hide("another_person")

    def hide(self, name: str) -> None:
        """Not asked unless it matters."""
        self.fields[name].widget = forms.HiddenInput()

    def ask_whether_another(self) -> None:
        """Somebody of this name or address has a place: ask before booking again."""
        self.fields["another_person"].widget = forms.CheckboxInput()

    def clean_member(self) -> Member:
        """The member of this number whose surname stands in the name: a number alone is a guess."""
        found = Member.objects.filter(number__iexact=self.cleaned_data["member"].strip()).first()
        words = self.cleaned_data.get("name", "").casefold()
        if found is None or found.surname.casefold() not in words:
            raise ValidationError(NO_MEMBER, code="no_member")
        return found
