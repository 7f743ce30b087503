"""Forms of reports. Notes are never refused for how they are written."""

from __future__ import annotations

from typing import Any

from django import forms

from events.models import ConferenceReport, Notes
from events.publications.forms import KeyedForm
from events.reports.models import LONGEST


class Typed(forms.CharField):
    """A long text as typed; what cannot be stored goes before Django would refuse it."""

    def __init__(self, *, rows: int, **given: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, max_length=LONGEST, widget=widget, **given)
        self.widget.attrs.pop("maxlength", None)  # it would cut a paste without a word

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value).replace("\x00", "") if value else value)


class NotesForm(forms.Form):
    """What was said. `version` is the copy that was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    speakers = Typed(rows=4, label="Who spoke", help_text="One a line, with their part.")
    points = Typed(
        rows=12, help_text="Leave an empty line between paragraphs; “- ” begins a point."
    )
    links = Typed(
        rows=3,
        label="Links that were named",
        help_text="One a line: what it is, then its address.",
    )
    actions = Typed(
        rows=4, label="What is to be done", help_text="One a line: “Name: what they will do”."
    )

    def __init__(self, *args: Any, notes: Notes, kept: Any = None, **given: Any) -> None:
        names = ("version", "speakers", "points", "links", "actions")
        stored = {name: getattr(notes, name) for name in names}
        super().__init__(*args, initial=stored | (kept or {}), **given)


class IntroductionForm(forms.Form):
    """The words before the notes."""

    introduction = Typed(rows=5)
    source = forms.CharField(
        required=False,
        max_length=300,
        label="Where the notes come from",
        help_text="Shown with the report. Slips of a source stay as they are, and are named here.",
    )

    def __init__(self, *args: Any, report: ConferenceReport, **given: Any) -> None:
        stored = {"introduction": report.introduction, "source": report.source}
        super().__init__(*args, initial=stored, **given)


class HeadingForm(KeyedForm):
    """More notes, under a heading of their own."""

    heading = forms.CharField(max_length=200, label="Heading")


class ArrangeForm(forms.Form):
    """Where notes stand."""

    heading = forms.CharField(
        max_length=200, required=False, help_text="Empty: the title of the session."
    )
    place = forms.IntegerField(min_value=1, max_value=999, label="Place in the report")
    is_left_out = forms.BooleanField(required=False, label="Leave these notes out of the report")

    def __init__(self, *args: Any, notes: Notes, place: int, **given: Any) -> None:
        stored = {"heading": notes.heading, "place": place, "is_left_out": notes.is_left_out}
        super().__init__(*args, initial=stored, **given)


class RapporteurForm(forms.Form):
    """Who is to write them. Sent twice it is one assignment."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="They get a mail, and may write these notes and no others.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class TakeBackForm(forms.Form):
    """Why a published report is no longer to be read."""

    reason = forms.CharField(max_length=300, label="Why it is taken back")
