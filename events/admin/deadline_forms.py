"""Forms in which staff edit deadlines: what was announced moves only with a reason."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events import ladders
from events.calendar import DEFAULT_LADDER, Step
from events.doors import closing_in_words
from events.fields import LondonDateTimeField
from events.models import Conference, Deadline
from events.services.deadlines import was_told
from members.models import Organisation

MOVES_WITH_A_REASON = "Announced: move it with a reason, on the deadline's own page."


class LadderField(forms.CharField):
    """A ladder of reminders in words."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return ladders.in_words(ladders.parse(text))


class DeadlineForm(forms.ModelForm):
    """A deadline and its ladder; its times are fixed once people may have read of them."""

    ladder = LadderField(
        label="Reminders",
        required=False,
        widget=forms.TextInput(attrs={"size": 40}),
        help_text=f"Empty: {ladders.in_words(DEFAULT_LADDER)}.",
    )

    class Meta:
        model = Deadline
        fields = (
            "kind",
            "name",
            "audience",
            "opens_at",
            "closes_on",
            "closes_at",
            "is_reminded",
            "note",
        )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        row = self.instance
        if row.pk is None:
            return
        steps = [Step(step.when, step.days, step.time) for step in row.steps.all()]
        self.initial["ladder"] = ladders.in_words(steps)
        if "kind" in self.fields and is_announced(row):  # without fields it is only read
            for name in ("kind", "opens_at", "closes_on", "closes_at"):
                self.fields[name].disabled = True
            for name in ("opens_at", "closes_on"):
                self.fields[name].help_text = MOVES_WITH_A_REASON

    def steps(self) -> list[Step]:
        """The ladder as typed."""
        return ladders.parse(self.cleaned_data["ladder"])


def is_announced(deadline: Deadline) -> bool:
    """Has its closing been public, or was anybody told of it?"""
    if deadline.closing is None:
        return False
    if deadline.conference.status != Conference.Status.DRAFT:
        return True
    told = getattr(deadline, "is_told", None)  # a list has asked for all its rows at once
    return was_told(deadline) if told is None else told


class ClosingForm(forms.Form):
    """A new closing: a whole day or an exact time, with a reason."""

    closes_on = forms.DateField(
        label="Closes at the end of",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="The whole of this day counts.",
    )
    closes_at = LondonDateTimeField(label="or closes at exactly (UK time)", required=False)
    reason = forms.CharField(
        label="Reason", max_length=300, help_text="Those concerned are told that it has moved."
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    facts_title = "As it stands"

    def __init__(self, *args: Any, row: Deadline, at: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        closing = closing_in_words(row.closing) if row.closing else "to be announced"
        self.facts = [("Closes for everybody", closing)]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if {"closes_on", "closes_at"}.isdisjoint(self.errors) and (
            bool(given.get("closes_on")) == bool(given.get("closes_at"))
        ):
            raise ValidationError("Give a last day or an exact time.", code="date_or_instant")
        return given


class OpeningForm(forms.Form):
    """A new opening, with a reason; the one it has stands in the field."""

    opens_at = LondonDateTimeField(label="Opens at (UK time)")
    reason = forms.CharField(label="Reason", max_length=300, help_text="Kept in the audit trail.")

    def __init__(self, *args: Any, row: Deadline, at: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.initial["opens_at"] = row.opens_at


class ExtensionForm(ClosingForm):
    """The same for one body."""

    organisation = forms.ModelChoiceField(
        label="For", queryset=Organisation.objects.active(), empty_label="Choose a body"
    )
    field_order = ("organisation", "closes_on", "closes_at", "reason")
