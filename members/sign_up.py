"""What a person types to get a sign-in. Kept apart from other forms: allauth imports it early."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from mailing import cleaning


class NameField(forms.CharField):
    """A person's name on one line: invisible characters and line ends are taken out."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"max_length": 150, "label": "Your full name", **kwargs})
        self.widget.attrs.setdefault("autocomplete", "name")

    def to_python(self, value: object) -> str:
        return cleaning.header(super().to_python(value), longest=1000)


class SignUpForm(forms.Form):
    """A name beside the address; the sign-in it makes has no privileges at all."""

    name = NameField(help_text="As it should stand on a badge or a motion.")
    field_order = ["name", "email"]

    def signup(self, request: HttpRequest, user) -> None:
        """Called by allauth when the sign-in is made."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
