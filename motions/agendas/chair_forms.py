"""Forms of the chair's desk. They hold what was typed; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms

from motions.agendas.services.outcomes import Entry
from motions.fields import TypedText
from motions.models import Outcome

MOST_VOTES = 2_000_000_000
BY_THE_COUNT = ("", "as the count below decides")


def _votes(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_VOTES,
        label=label,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class OutcomeForm(forms.Form):
    """What became of one motion, amendment or part."""

    result = forms.ChoiceField(
        choices=[BY_THE_COUNT, *((one.value, one.label) for one in Outcome.Result)],
        required=False,
        label="What became of it?",
    )
    votes_for = _votes("Votes for")
    votes_against = _votes("Votes against")
    abstentions = _votes("Abstentions")
    spoilt = _votes("Spoilt papers")
    words = TypedText(
        required=False, max_length=300, label="Note", help_text="For example: by show of hands."
    )

    @property
    def entry(self) -> Entry:
        """What was said, for the service. Ask only when the form is valid."""
        names = ("result", "votes_for", "votes_against", "abstentions", "spoilt", "words")
        return Entry(**{name: self.cleaned_data[name] for name in names})


class CorrectionForm(OutcomeForm):
    """The same, with the reason of a correction."""

    correction = TypedText(max_length=300, label="Why is it corrected?")

    def __init__(self, *args: Any, outcome: Outcome | None = None, **kwargs: Any) -> None:
        if outcome is not None:
            names = ("result", "votes_for", "votes_against", "abstentions", "spoilt", "words")
            kwargs["initial"] = {name: getattr(outcome, name) for name in names}
        super().__init__(*args, **kwargs)


class TakeBackForm(forms.Form):
    """Why an outcome should not have been entered."""

    reason = TypedText(max_length=300, label="Why is it taken back?")


class WordingForm(forms.Form):
    """How the text reads where carried amendments collide."""

    text = TypedText(
        rows=14,
        label="The text as amended",
        help_text="An empty line between paragraphs; a bullet begins with “- ”.",
    )
