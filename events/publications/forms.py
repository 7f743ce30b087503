"""Forms by which a publication is asked for, and the staff's form for a version."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from events.fields import LondonDateTimeField
from events.uploads import clean_pdf
from members.models import Region
from members.services.consents import NEWS_WORDS


class KeyedForm(forms.Form):
    """Carries the key by which the same form sent twice does one thing."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class AskForm(KeyedForm):
    """The short form before a publication."""

    name = forms.CharField(
        label="Your full name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="We mail you a link too, so that you find it again.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    region = forms.ModelChoiceField(
        label="Your nation or region",
        queryset=Region.objects.all(),
        required=False,
        empty_label="Choose if you like",
    )
    wants_news = forms.BooleanField(
        required=False,
        label=NEWS_WORDS,
        help_text="Not needed for the publication. We ask you to confirm it in the mail, and you "
        "can take it back at any time.",
    )


class AddressForm(KeyedForm):
    """For those who registered without signing in."""

    email = forms.EmailField(
        label="The e-mail address you registered with",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class VersionForm(KeyedForm):
    """The next version of a publication, for staff."""

    document = forms.FileField(
        label="File",
        help_text="A PDF of at most 10 MB, tagged if you can: screen readers need it.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
        error_messages={"empty": "This file is empty. Choose another."},
    )
    note = forms.CharField(
        label="What is new in it",
        max_length=300,
        required=False,
        help_text="Shown beside the version. Empty for the first.",
    )
    pages = forms.IntegerField(
        min_value=1,
        max_value=30_000,
        required=False,
        help_text="Empty: read off the file.",
    )
    offered_from = LondonDateTimeField(
        label="Offered from (UK time)",
        required=False,
        help_text="Empty: at once. Until then nobody else knows of it.",
    )

    def clean_document(self) -> Any:
        """A PDF by name and content."""
        return clean_pdf(self.cleaned_data["document"])
