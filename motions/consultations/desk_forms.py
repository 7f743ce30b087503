"""Forms of the committee's desk."""

from __future__ import annotations

from typing import Any

from django import forms

from motions.consultations.models import ConsultationAnswer, PolicySubmission, Question, Theme
from motions.fields import TypedText


class CodeForm(forms.Form):
    """What a submission is about, as a whole and answer by answer; and a reply to it."""

    themes = forms.ModelMultipleChoiceField(
        queryset=None, required=False, widget=forms.CheckboxSelectMultiple, label="Themes"
    )
    reply = TypedText(
        rows=3,
        required=False,
        label="A reply of its own",
        help_text="For what fits no theme. Its sender reads it with the response.",
    )

    def __init__(self, *args: Any, submission: PolicySubmission, **kwargs: Any) -> None:
        codings = list(submission.codings.all())
        offered = submission.consultation.themes.all()
        self.answers = [
            answer
            for answer in submission.answers.select_related("question")
            if answer.question.kind == Question.Kind.TEXT
        ]
        initial = {
            "themes": [row.theme_id for row in codings if row.answer_id is None],
            "reply": submission.reply,
        }
        for answer in self.answers:
            initial[_name(answer)] = [row.theme_id for row in codings if row.answer_id == answer.pk]
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["themes"].queryset = offered
        for answer in self.answers:
            self.fields[_name(answer)] = forms.ModelMultipleChoiceField(
                queryset=offered,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                label=f"Themes of the answer to “{answer.question.text}”",
            )

    def field_of(self, answer: ConsultationAnswer) -> forms.BoundField:
        """The themes of one answer."""
        return self[_name(answer)]

    @property
    def by_answer(self) -> dict[int, list[Theme]]:
        """What was ticked for each answer. Ask only when the form is valid."""
        return {answer.pk: list(self.cleaned_data[_name(answer)]) for answer in self.answers}


def _name(answer: ConsultationAnswer) -> str:
    return f"answer-{answer.pk}"


class ThemeForm(forms.Form):
    """A theme: its name and what is meant by it."""

    name = TypedText(max_length=120)
    description = TypedText(required=False, max_length=300, label="What is meant")
    position = forms.IntegerField(
        min_value=0, max_value=999, initial=0, label="Place in the report", required=False
    )

    def clean_position(self) -> int:
        """Left out: first."""
        return self.cleaned_data["position"] or 0


class RespondForm(forms.Form):
    """The committee's response to a theme."""

    outcome = forms.ChoiceField(
        choices=[(value, label.capitalize()) for value, label in Theme.Outcome.choices],
        widget=forms.RadioSelect,
        label="What became of it?",
    )
    response = TypedText(
        rows=6, label="Response", help_text="In plain words. Everybody who said this reads it."
    )


class IntroductionForm(forms.Form):
    """The first words of the report."""

    introduction = TypedText(rows=6, required=False)
