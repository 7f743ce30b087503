"""Forms of ideas, for people without an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.models import Conference
from members.models import Region
from motions.fields import TypedText
from motions.forms import KeyForm
from motions.ideas.services import Sent
from motions.models import CallForIdeas, Consultation, Motion

ANY = "Any other idea"


class IdeaForm(KeyForm):
    """An idea and whose it is."""

    question = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label="What is it about?",
        widget=forms.RadioSelect,
    )
    title = TypedText(max_length=150, label="Your idea in a few words")
    text = TypedText(rows=8, label="Your idea")
    name = TypedText(
        max_length=150,
        label="Your full name",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="It is never shown. We mail you a link to confirm, and what becomes of your idea.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    region = forms.ModelChoiceField(
        label="Your nation or region",
        queryset=Region.objects.all(),
        required=False,
        empty_label="Choose if you like",
    )
    may_name = forms.BooleanField(
        required=False,
        label="You may show my name with it",
        help_text="Not needed: without it your idea is shown without a name.",
    )

    def __init__(self, *args: Any, call: CallForIdeas, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.fields["question"]
        question.queryset = call.questions.all()
        question.empty_label = ANY if call.takes_any else None
        question.required = not call.takes_any
        self.fields["text"].help_text = f"At most {call.max_words} words."
        if not question.queryset.exists():
            del self.fields["question"]

    @property
    def sent(self) -> Sent:
        """What was typed, of a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Sent(**given)


class SupportForm(KeyForm):
    """Whose support it is."""

    email = forms.EmailField(
        label="Your e-mail address",
        help_text="It is never shown. We mail you a link to confirm.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class DeclineForm(forms.Form):
    """Why an idea is not published; its sender reads it."""

    REASONS = (
        ("", "Write it yourself below"),
        ("It is not about what the call asks.", "not about what the call asks"),
        ("It names or describes a person who has not agreed to it.", "about a person"),
        ("It says much the same as an idea that is published already.", "published already"),
        ("Its tone is not what we can publish under our name.", "tone"),
    )
    usual = forms.ChoiceField(choices=REASONS, required=False, label="Usual reason")
    words = forms.CharField(
        required=False,
        max_length=2000,
        label="In your own words",
        help_text="Added to the usual reason. Its sender reads this: say what they can do instead.",
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )

    def clean(self) -> dict[str, Any]:
        """A reason of either kind."""
        given = super().clean()
        reason = " ".join(filter(None, (given.get("usual"), given.get("words", "").strip())))
        if not reason and not self.errors:
            raise ValidationError("Choose a reason, or write one.")
        return {"reason": reason}


class TakenUpForm(forms.Form):
    """What takes an idea up."""

    consultation = forms.ModelChoiceField(queryset=Consultation.objects.none(), required=False)
    motion = forms.ModelChoiceField(queryset=Motion.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        consultations = Consultation.objects.select_related("deadline__conference")
        self.fields["consultation"].queryset = consultations.exclude(
            deadline__conference__status=Conference.Status.DRAFT
        )
        self.fields["motion"].queryset = Motion.objects.filter(state__in=Motion.PUBLIC)
