"""The form for a recognition award."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.models import Organisation
from motions.awards.models import AwardCategory
from motions.awards.services.proposing import MOST_FILES, Proposal
from motions.fields import TypedText
from motions.forms import BodyForm
from motions.uploads import DOCUMENTS, PICTURES, clean_document, clean_scan


class SeveralFiles(forms.FileInput):
    """A control that takes more than one file."""

    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Several files, each checked by what is in it; pictures are drawn anew."""

    def __init__(self, **kwargs: Any) -> None:
        accept = ",".join(sorted({*DOCUMENTS, *PICTURES}))
        super().__init__(widget=SeveralFiles(attrs={"accept": accept}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(uploads) > MOST_FILES:
            raise ValidationError(f"At most {MOST_FILES} files. Choose the ones that say most.")
        return [(_checked(super(EvidenceField, self).clean(one)), one.name) for one in uploads]


def _checked(upload: Any) -> Any:
    is_picture = any(upload.name.lower().endswith(suffix) for suffix in PICTURES)
    try:
        return clean_scan(upload) if is_picture else clean_document(upload)
    except ValidationError as refusal:
        raise ValidationError(f"{upload.name}: {refusal.messages[0]}") from refusal


class ProposalForm(BodyForm):
    """Who is proposed, and what for. A category for bodies asks for the body."""

    nominee_name = TypedText(max_length=150, label="Whom do you propose?")
    nominee_body = forms.ModelChoiceField(
        queryset=Organisation.objects.active(),
        required=False,
        label="If it is on this site: which body?",
        empty_label="Not in this list",
    )
    citation = TypedText(
        rows=8, max_length=20_000, label="What did they do?", help_text="In your own words."
    )
    evidence = TypedText(
        rows=3,
        max_length=5_000,
        required=False,
        label="Where can it be seen?",
        help_text="For example links, or names of people who can tell us more.",
    )
    files = EvidenceField(
        required=False,
        label="Files that show it",
        help_text=f"At most {MOST_FILES}: pictures, PDF, Word or OpenDocument, each at most 10 MB.",
    )
    nominee_email = forms.EmailField(
        required=False,
        max_length=254,
        label="Their e-mail address",
        help_text="We write to them only after the presentation, if they are honoured.",
    )
    is_under_18 = forms.BooleanField(
        required=False,
        label="They are under 18, as far as you know",
        help_text="Nobody under 18 is named in public.",
    )

    def __init__(self, *args: Any, category: AwardCategory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["key", "organisation"])
        if category.honours == AwardCategory.Honours.PERSON:
            del self.fields["nominee_body"]
        else:
            del self.fields["is_under_18"]
            self.fields[
                "nominee_email"
            ].help_text = (
                "Of a body that is not on this site. We write only after the presentation."
            )
        if category.max_words:
            self.fields["citation"].help_text = f"At most {category.max_words} words."

    @property
    def proposal(self) -> Proposal:
        """What was typed, for the service."""
        data = self.cleaned_data
        return Proposal(
            name=data["nominee_name"],
            citation=data["citation"],
            evidence=data["evidence"],
            body=data.get("nominee_body"),
            email=data["nominee_email"],
            is_under_18=data.get("is_under_18", False),
            files=data["files"],
        )
