"""Forms for policy submissions."""

from __future__ import annotations

from typing import Any

from django import forms

from motions.consultations.models import Consultation, PolicySubmission
from motions.consultations.services import Contribution
from motions.fields import TypedText
from motions.forms import BodyForm
from motions.uploads import clean_document


class BeginSubmissionForm(BodyForm):
    """Which body, to which consultation."""

    consultation = forms.ModelChoiceField(queryset=None, label="About what?", empty_label=None)

    def __init__(self, *args: Any, consultations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["consultation"]
        field.queryset = consultations
        field.label_from_instance = lambda consultation: consultation.title


class SubmissionForm(forms.Form):
    """The draft of a submission. `version` is the copy that was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    title = TypedText(required=False, max_length=200)
    text = TypedText(required=False, rows=12, help_text="Or add a document below, or both.")
    document = forms.FileField(
        required=False, help_text="PDF, Word (.docx) or OpenDocument (.odt), at most 10 MB."
    )
    names_consent = forms.BooleanField(
        required=False, label="It may be published with the name of our body"
    )

    def __init__(self, *args: Any, submission: PolicySubmission, **kwargs: Any) -> None:
        initial = {
            "version": submission.draft_version,
            "title": submission.title,
            "text": submission.text,
            "names_consent": submission.names_consent,
        }
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        # a draft may lack it, but 'optional' would mislead
        self.fields["title"].is_needed_later = True
        text = self.fields["text"]
        text.widget.attrs["data-word-count-target"] = "id_text_count"
        limit = submission.consultation.max_words
        if limit:
            text.widget.attrs["data-word-limit"] = limit

    def clean_document(self) -> Any:
        """The document checked by its content; its name is kept for people only."""
        upload = self.cleaned_data["document"]
        return (clean_document(upload), upload.name) if upload else None

    @property
    def contribution(self) -> Contribution:
        """What was typed, for the service."""
        data = self.cleaned_data
        document, name = data["document"] or (None, "")
        return Contribution(
            title=data["title"],
            text=data["text"],
            document=document,
            document_name=name,
            names_consent=data["names_consent"],
        )


def consultations_of(conference: Any) -> Any:
    """The consultations a form may offer."""
    return Consultation.objects.filter(deadline__conference=conference).select_related(
        "deadline__conference"
    )
