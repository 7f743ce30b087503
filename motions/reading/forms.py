"""Forms of people who read motions."""

from __future__ import annotations

from typing import Any

from django import forms

from events.models import Conference
from motions.fields import TypedText
from motions.models import Category, Motion, MotionVersion, Outcome, ReadingMark

LONGEST_QUESTION = 100
DECIDED = "decided-"
"""Before a result among the statuses, so that it is told from a state of the same name."""


class FindForm(forms.Form):
    """What somebody looks for among the motions of a conference. Nothing asked for shows all."""

    words = forms.CharField(
        required=False,
        max_length=LONGEST_QUESTION,
        label="Words or number",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    category = forms.ModelChoiceField(
        queryset=Category.objects.none(), required=False, empty_label="Any"
    )
    body = forms.ModelChoiceField(queryset=None, required=False, empty_label="Any")
    state = forms.ChoiceField(required=False, label="Status")

    def __init__(self, *args: Any, conference: Conference, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = Category.objects.filter(conference=conference)
        if categories.exists():
            self.fields["category"].queryset = categories
        else:
            del self.fields["category"]
        self.fields["body"].queryset = bodies
        self.fields["state"].choices = _statuses()

    def clean(self) -> dict[str, Any]:
        """A status is a state of the motion, or (`decided`) what conference made of it."""
        cleaned = super().clean()
        status = cleaned.get("state", "")
        if status.startswith(DECIDED):
            cleaned |= {"state": "", "decided": status.removeprefix(DECIDED)}
        return cleaned


def _statuses() -> list[tuple[str, object]]:
    """As lists tell them. 'Withdrawn' and 'withdrawn with consent' are two."""
    shown = (*Motion.PUBLIC, Motion.State.WITHDRAWN)
    states = [(state.value, state.label.capitalize()) for state in shown]
    decided = [(f"{DECIDED}{one.value}", one.label.capitalize()) for one in Outcome.Result]
    return [("", "Any"), *states, ("Decided by conference", decided)]


class MarkForm(forms.Form):
    """Where a motion stands on one's reading list."""

    mark = forms.ChoiceField(
        choices=[("", "off the list"), *ReadingMark.Mark.choices], required=False
    )


class PrivateNoteForm(forms.Form):
    """A note that only its writer reads."""

    text = TypedText(
        required=False,
        rows=4,
        label="Your note",
        help_text="Only you see it. It is deleted a year after the conference.",
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class FollowForm(forms.Form):
    """What of a conference somebody wants mail about."""

    everything = forms.BooleanField(required=False, label="All motions")
    categories = forms.ModelMultipleChoiceField(
        queryset=Category.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Motions under",
    )

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = Category.objects.filter(conference=conference)
        if categories.exists():
            self.fields["categories"].queryset = categories
        else:
            del self.fields["categories"]


class CompareForm(forms.Form):
    """Two public texts of a motion, by their numbers."""

    old = forms.TypedChoiceField(coerce=int, label="From")
    new = forms.TypedChoiceField(coerce=int, label="to")

    def __init__(self, *args: Any, versions: list[MotionVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(version.number, f"Text {n}") for n, version in enumerate(versions, start=1)]
        for name in ("old", "new"):
            self.fields[name].choices = choices
