"""Forms of the register of decisions. They hold what was typed; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms

from motions.fields import DateField, TypedText
from motions.models import Decision


class GiveForm(forms.Form):
    """Whose task it is, who reports here, until when."""

    owner = TypedText(
        max_length=150,
        label="Whose task is it?",
        help_text="As conference names it, for example: the National Executive Committee.",
    )
    keeper = forms.ModelChoiceField(
        queryset=None, required=False, empty_label="Nobody yet", label="Who reports on it here?"
    )
    due_on = DateField(required=False, label="Until when?")

    def __init__(
        self, *args: Any, keepers: Any, decision: Decision | None = None, **kwargs: Any
    ) -> None:
        if decision is not None:
            names = ("owner", "keeper", "due_on")
            kwargs["initial"] = {name: getattr(decision, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["keeper"].queryset = keepers


class ReportForm(forms.Form):
    """What was done and how it stands."""

    state = forms.ChoiceField(
        choices=Decision.State.choices, widget=forms.RadioSelect, label="How does it stand?"
    )
    text = TypedText(rows=6, max_length=5000, label="What was done?")
