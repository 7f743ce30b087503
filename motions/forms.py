"""Forms for motions. They hold what was typed; the services decide."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from motions.fields import DateField, TypedText
from motions.models import Call, Category, Motion
from motions.services.drafting import Wording


class KeyForm(forms.Form):
    """A form with nothing but its idempotency key."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # a fresh key each time the form is shown, the posted one when it is refused
        self.fields["key"].initial = uuid.uuid4

    @property
    def posted_key(self) -> uuid.UUID:
        """The key of a valid form."""
        return self.cleaned_data["key"]


class BodyForm(KeyForm):
    """A form sent in the name of one of the person's bodies."""

    organisation = forms.ModelChoiceField(queryset=None, label="In the name of", empty_label=None)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies


class BeginForm(BodyForm):
    """Which body, which kind of motion."""

    call = forms.ModelChoiceField(queryset=None, label="What is it?", empty_label=None)
    model = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label="Begin with",
        empty_label="An empty page",
        help_text="A model motion of a campaign may be a start. It is shown as such; change it freely.",
    )

    def __init__(self, *args: Any, calls: Any, models: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if models.exists():
            self.fields["model"].queryset = models
            self.fields["model"].label_from_instance = lambda one: f"{one}, {one.words} words"
        else:
            del self.fields["model"]
        self.fields["call"].queryset = calls
        self.fields["call"].label_from_instance = lambda call: call.label


class MotionForm(forms.Form):
    """The working copy of a motion. `version` is the copy that was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    title = TypedText(
        required=False,
        max_length=200,
        help_text="Short and plain. It does not count towards the words.",
    )
    text = TypedText(
        required=False,
        rows=14,
        help_text="Leave an empty line between paragraphs; begin a bullet with “- ”. Pasting from "
        "Word is fine: you see how it was understood before anything is sent.",
    )
    document = forms.FileField(
        required=False,
        label="Word file",
        help_text="A .docx of at most 10 MB. You see how it was understood before it is taken.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"empty": "This file is empty. Choose another."},
    )
    category = forms.ModelChoiceField(
        queryset=Category.objects.none(),
        required=False,
        empty_label="Not sure: the committee chooses",
        help_text="Motions are listed by these. The committee may choose another.",
    )
    event_on = DateField(
        required=False,
        label="When did it happen?",
        help_text="The day of what makes it an emergency. The committee rules on that.",
    )
    mover = TypedText(required=False, max_length=120, label="Moved by")
    seconder = TypedText(required=False, max_length=120, label="Seconded by")
    names_consent = forms.BooleanField(
        required=False, label="They agree that their names are published with the motion"
    )
    meeting_name = TypedText(
        required=False,
        max_length=150,
        label="Passed by which meeting?",
        help_text="For example: general meeting of the party council.",
    )
    meeting_on = DateField(required=False, label="Held on")

    def __init__(self, *args: Any, motion: Motion, **kwargs: Any) -> None:
        initial = {
            "version": motion.draft_version,
            "title": motion.title,
            "text": motion.draft_text,
            "mover": motion.mover,
            "seconder": motion.seconder,
            "names_consent": motion.names_consent,
            "meeting_name": motion.meeting_name,
            "meeting_on": motion.meeting_on,
            "event_on": motion.event_on,
            "category": motion.category_id,
        }
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.motion = motion
        if not motion.call.is_emergency:
            del self.fields["event_on"]
        offered = Category.objects.filter(conference=motion.conference_id)
        if motion.may_choose_category and offered.exists():
            self.fields["category"].queryset = offered
        else:
            del self.fields["category"]
        attrs = self.fields["text"].widget.attrs
        attrs["data-word-count-target"] = "id_text_count"
        if motion.call.max_words:
            attrs["data-word-limit"] = motion.call.max_words
        for field, needed in (
            ("title", True),
            ("text", True),
            ("mover", motion.call.needs_mover),
            ("seconder", motion.call.needs_seconder),
            ("meeting_name", motion.call.needs_meeting),
            *([("event_on", True)] if motion.call.is_emergency else []),
        ):
            # a draft may lack them, but 'optional' would mislead
            self.fields[field].is_needed_later = needed
            if needed and field not in ("title", "text"):
                self.fields[field].help_text = (
                    f"{self.fields[field].help_text} Needed before the motion is sent in."
                ).strip()

    @property
    def offers_files(self) -> bool:
        """May the text come from a Word file?"""
        return "document" in self.fields

    @property
    def wording(self) -> Wording:
        """What was typed, for the service. Ask only when the form is valid."""
        data = self.cleaned_data
        return Wording(
            title=data["title"],
            text=data["text"],
            mover=data["mover"],
            seconder=data["seconder"],
            names_consent=data["names_consent"],
            meeting_name=data["meeting_name"],
            meeting_on=data["meeting_on"],
            event_on=data.get("event_on"),
            language=self.motion.language,
            category=data.get("category"),
        )


class SendForm(KeyForm):
    """Send exactly the copy that was previewed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class LateForm(SendForm):
    """Ask the committee to take a late motion."""

    reason = TypedText(
        rows=4,
        label="Why is it late?",
        help_text="In your own words. The committee decides on this.",
        error_messages={"required": "Say why it is late: the committee decides on that."},
    )


class SendBackForm(forms.Form):
    """Give it back to its author."""

    reason = TypedText(
        rows=3,
        label="What should be changed?",
        error_messages={"required": "Say what should be changed: it goes to the author."},
    )


def add_errors(form: forms.Form, refusal: ValidationError) -> None:
    """Put a service's refusal on the form: beside its fields where it names them, else on top."""
    if hasattr(refusal, "error_dict"):
        for field, errors in refusal.message_dict.items():
            form.add_error(field if field in form.fields else None, errors)
    else:
        form.add_error(None, refusal.messages)


def calls_for(conference: Any) -> Any:
    """The calls a form may offer: an amendment is begun on the page of its motion."""
    return Call.objects.for_conference(conference).exclude(kind=Call.Kind.AMENDMENT)


def with_version(data: QueryDict, version: int) -> QueryDict:
    """What was posted, but based on the copy that is stored now: the next post may succeed."""
    return with_values(data, {"version": version})


def with_values(data: QueryDict, values: dict[str, object]) -> QueryDict:
    """What was posted, with these fields in the place of what was there."""
    again = data.copy()
    for name, value in values.items():
        again[name] = str(value)
    return again
