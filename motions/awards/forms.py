"""The form for a recognition award."""

from __future__ import annotations

from typing import Any

from django import forms

from members.models import Organisation
from motions.awards.models import AwardCategory
from motions.awards.services import Proposal
from motions.fields import TypedText
from motions.forms import BodyForm


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

    def __init__(self, *args: Any, category: AwardCategory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["key", "organisation"])
        if category.honours == AwardCategory.Honours.PERSON:
            del self.fields["nominee_body"]
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
        )
