"""Forms of agendas and order papers. They hold what was typed; the services decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import escape

from motions.agendas.services.ordering import LONGEST
from motions.fields import TypedText
from motions.models import Motion, Release

MOST_PLACES = 9999
MOST_PARTS = 5


class NumberForm(forms.Form):
    """In which order motions are numbered: a place for each that is not printed yet."""

    def __init__(self, *args: Any, motions: Sequence[Motion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.motions = list(motions)
        for place, motion in enumerate(self.motions, start=1):
            self.fields[_name(motion)] = forms.IntegerField(
                min_value=1,
                max_value=MOST_PLACES,
                initial=place,
                label=f"Place of “{motion.current_version.title}”, {motion.organisation}",
                widget=forms.NumberInput(attrs={"class": "form-control place"}),
            )

    @property
    def order(self) -> list[int]:
        """The keys in the order that was typed; equal places stay as they stood. Valid forms only."""
        wanted = sorted(
            enumerate(self.motions), key=lambda pair: (self.cleaned_data[_name(pair[1])], pair[0])
        )
        return [motion.pk for _, motion in wanted]

    def field_of(self, motion: Motion) -> forms.BoundField:
        """The field for one motion's place."""
        return self[_name(motion)]


class ReleaseForm(forms.Form):
    """Which agenda is printed."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label.capitalize()) for kind in Release.Kind],
        widget=forms.RadioSelect,
        label="Which agenda?",
        error_messages={"required": "Choose which agenda you print."},
    )


class SlipsForm(forms.Form):
    """Issue a slip for each change: nothing but a yes."""


class CorrectionForm(forms.Form):
    """A slip in one's own words."""

    text = TypedText(
        rows=3,
        max_length=2000,
        label="What is to be read instead?",
        help_text="For example: On page 4, line 12, for “to” read “from”.",
    )


def _name(motion: Motion) -> str:
    return f"place_{motion.pk}"


class AddMotionsForm(forms.Form):
    """Which motions go on the paper, in the order of their numbers."""

    motions = forms.ModelMultipleChoiceField(
        queryset=Motion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label="Which motions?",
        error_messages={"required": "Choose at least one motion."},
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motions"].queryset = offered
        self.fields["motions"].label_from_instance = lambda motion: (
            f"{motion.number}. {motion.current_version.title}, {motion.organisation}"
        )


class AddWordsForm(forms.Form):
    """Other business, such as a report."""

    words = TypedText(max_length=200, label="What is it?")
    minutes = forms.IntegerField(min_value=1, max_value=LONGEST, label="Minutes")


class ItemForm(forms.Form):
    """Which item is moved or taken off."""

    item = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class PublishForm(forms.Form):
    """Publish the paper: nothing but a yes."""


class PartsForm(forms.Form):
    """For each paragraph whether it is voted on with the motion or in a part."""

    def __init__(self, *args: Any, blocks: Sequence[Any], chosen: dict[str, int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.keys = [block.key for block in blocks]
        choices = [(0, "with the motion"), *((n, f"in part {n}") for n in range(1, MOST_PARTS + 1))]
        for place, block in enumerate(blocks, start=1):
            self.fields[f"paragraph_{place}"] = forms.TypedChoiceField(
                choices=choices,
                coerce=int,
                initial=chosen.get(block.key, 0),
                label=f"Paragraph {place}",
                help_text=escape(block.text[:160]),  # a help text may be markup; this is typed
            )

    @property
    def parts(self) -> list[list[str]]:
        """The keys of each part, empty ones left out. Valid forms only."""
        found: dict[int, list[str]] = {}
        for place, key in enumerate(self.keys, start=1):
            if part := self.cleaned_data[f"paragraph_{place}"]:
                found.setdefault(part, []).append(key)
        return [found[part] for part in sorted(found)]
