"""Forms for nominations."""

from __future__ import annotations

from typing import Any

from django import forms

from members.models import Region
from motions.fields import DateField, TypedText
from motions.forms import BodyForm
from motions.nominations.models import Candidate
from motions.nominations.services.answering import MOST_WORDS_OF_INTERESTS, Wording
from motions.nominations.services.nominating import Nominee
from motions.uploads import clean_portrait


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


class AnswerForm(forms.Form):
    """The nominee's answer. Whoever agrees also agrees to be shown, which is said beside it."""

    answer = forms.ChoiceField(
        choices=[("yes", "I agree to stand"), ("no", "I do not want to stand")],
        error_messages={"required": "Choose one of the two."},
    )


class StatementForm(forms.Form):
    """What a nominee says of themself. `version` is the copy that was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    statement = TypedText(
        required=False,
        rows=12,
        label="Your statement",
        help_text="Plain text, an empty line between paragraphs.",
    )
    interests = TypedText(
        required=False,
        rows=4,
        label="Interests you declare",
        help_text="What people should know before they vote: work for the party, offices, business "
        f"that the committee may decide on. At most {MOST_WORDS_OF_INTERESTS} words.",
    )
    photo = forms.FileField(
        required=False,
        label="Your photo",
        help_text="JPEG or PNG, at most 10 MB. We make it smaller and take out where it was taken.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        error_messages={"empty": "This file is empty. Choose another."},
    )
    without_photo = forms.BooleanField(required=False, label="Take the photo away")

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        initial = {
            "version": candidate.wording_version,
            "statement": candidate.statement,
            "interests": candidate.interests,
        }
        super().__init__(*args, initial=initial, **kwargs)
        if not candidate.photo:
            del self.fields["without_photo"]
        attrs = self.fields["statement"].widget.attrs
        attrs["data-word-count-target"] = "id_statement_count"
        if candidate.post.statement_max_words:
            attrs["data-word-limit"] = candidate.post.statement_max_words

    def clean_photo(self) -> Any:
        """The picture drawn anew."""
        upload = self.cleaned_data["photo"]
        return clean_portrait(upload) if upload else None

    @property
    def wording(self) -> Wording:
        """What was typed, for the service. Ask only when the form is valid."""
        data = self.cleaned_data
        return Wording(
            statement=data["statement"],
            interests=data["interests"],
            photo=data["photo"],
            without_photo=data.get("without_photo", False),
        )
