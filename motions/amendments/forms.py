"""Forms for amendments. They hold what was typed; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms

from motions.fields import UkDateTimeField
from motions.forms import BodyForm, KeyForm, MotionForm
from motions.models import Motion, MoversAnswer
from motions.services.drafting import Wording


class AmendForm(BodyForm):
    """In the name of which body a motion is amended."""


class AmendmentForm(MotionForm):
    """The working copy of an amendment: the whole text of the motion, as the body wants it."""

    def __init__(self, *args: Any, motion: Motion, **kwargs: Any) -> None:
        super().__init__(*args, motion=motion, **kwargs)
        for name in ("title", "category", "event_on"):
            self.fields.pop(name, None)
        self.fields["document"].help_text = (
            "A .docx of at most 10 MB with the whole text of the motion, as your body wants it. You "
            "see what it changes before it is taken."
        )
        text = self.fields["text"]
        text.label = "The text as your body wants it"
        text.help_text = (
            "This is the whole text of the motion. Change it until it reads as you want it; you see "
            "what was understood before anything is sent. Leave an empty line between paragraphs."
        )
        # the page counts the words that are inserted, once it has compared the texts
        for attribute in ("data-word-count-target", "data-word-limit"):
            text.widget.attrs.pop(attribute, None)

    @property
    def wording(self) -> Wording:
        """What was typed, for the service; the title is that of its motion."""
        self.cleaned_data["title"] = self.motion.title
        return super().wording


def form_for(motion: Motion) -> type[MotionForm]:
    """The form that edits this working copy."""
    return AmendmentForm if motion.is_amendment else MotionForm


class AnswerForm(KeyForm):
    """What the mover's body says."""

    answer = forms.ChoiceField(
        choices=[
            (MoversAnswer.Answer.ACCEPTED, "We accept it: one vote on the motion as amended"),
            (MoversAnswer.Answer.DECLINED, "We do not accept it: conference votes on it first"),
        ],
        widget=forms.RadioSelect,
        label="Your answer",
        error_messages={"required": "Choose an answer."},
    )


class OrderForm(forms.Form):
    """Which of two insertions comes first."""

    first = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    second = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class FallsForm(forms.Form):
    """What falls if what is carried."""

    item = forms.ModelChoiceField(
        queryset=None,
        label="This falls",
        empty_label="Choose",
        error_messages={"required": "Choose what falls."},
    )
    carried = forms.ModelChoiceField(
        queryset=None,
        label="If this is carried",
        empty_label="Choose",
        error_messages={"required": "Choose what makes it fall."},
    )

    def __init__(self, *args: Any, items: Any, names: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = items
            field.label_from_instance = names


class RelationForm(forms.Form):
    """Which relation is taken back."""

    relation = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class HourForm(forms.Form):
    """Until when a body may send new wording."""

    amendment = forms.IntegerField(
        min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput, required=True
    )
    mend_by = UkDateTimeField(
        label="New wording until",
        help_text="UK time. Its body is told by mail.",
        error_messages={"required": "Give a date and time."},
    )
