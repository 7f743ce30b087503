"""Forms of the committee's desk. They hold what was typed; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms

from motions.committee.models import Appeal, CommitteeRules, Opinion
from motions.fields import TypedText, UkDateTimeField
from motions.forms import KeyForm
from motions.models import Category, Motion, Ruling, RulingReason
from motions.services.ruling import Judgement


class OpinionForm(forms.Form):
    """What a member thinks of the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    verdict = forms.ChoiceField(
        choices=[
            (Ruling.Verdict.IN_ORDER, "In order"),
            (Ruling.Verdict.NOT_IN_ORDER, "Not in order"),
            (Ruling.Verdict.REFERRED, "Refer it"),
            (Ruling.Verdict.CLARIFICATION, "Ask the body a question"),
        ],
        widget=forms.RadioSelect,
        label="Your ruling",
        error_messages={"required": "Choose a ruling."},
    )
    reason = forms.ModelChoiceField(
        queryset=RulingReason.objects.none(),
        required=False,
        empty_label="None of these",
        label="Reason from the list",
    )
    words = TypedText(
        required=False,
        rows=4,
        max_length=5000,
        label="In your own words",
        help_text="The body reads this as you write it.",
    )
    reply_by = UkDateTimeField(
        required=False, label="For a question: answer by", help_text="UK time."
    )

    def __init__(
        self, *args: Any, rules: CommitteeRules, mine: Opinion | None = None, **kwargs: Any
    ) -> None:
        if mine is not None:
            kwargs["initial"] = {
                "verdict": mine.verdict,
                "reason": mine.reason_id,
                "words": mine.words,
                "reply_by": mine.reply_by,
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, **kwargs)
        offered = rules.reasons.filter(is_active=True)
        if not rules.reasons.exists():
            offered = RulingReason.objects.filter(is_active=True)
        self.fields["reason"].queryset = offered
        if rules.needs_two:
            self.fields["verdict"].label = "Your opinion"
            self.fields[
                "words"
            ].help_text = "If the other member says the same, the body reads this as you write it."

    @property
    def judgement(self) -> Judgement:
        """What was said, for the service. Ask only when the form is valid."""
        data = self.cleaned_data
        return Judgement(
            **{name: data[name] for name in ("verdict", "reason", "words", "reply_by")}
        )


class DecisionForm(OpinionForm):
    """What the chair or a third member decides where two differ."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].label = "Your decision"
        self.fields["words"].help_text = "The body reads this as you write it."


class NoteForm(forms.Form):
    """A private note."""

    text = TypedText(
        rows=3,
        max_length=5000,
        label="Add a note",
        help_text="For the committee alone. It cannot be changed afterwards.",
        error_messages={"required": "Write the note first."},
    )


class InterestForm(forms.Form):
    """What a member has to do with a motion or its body."""

    covers = forms.ChoiceField(
        choices=[("motion", "in this motion"), ("body", "in everything from this body")],
        widget=forms.RadioSelect,
        initial="motion",
        label="I have an interest",
        error_messages={"required": "Say in what."},
    )
    words = TypedText(
        max_length=300,
        label="What it is",
        help_text="The other members see it. You are then kept from the ruling.",
        error_messages={"required": "Say what your interest is: the other members see it."},
    )


class AppealForm(KeyForm):
    """Why a body thinks that a ruling is wrong."""

    text = TypedText(
        rows=8,
        max_length=10000,
        label="Why is the ruling wrong?",
        help_text="The committee reads this as you write it.",
        error_messages={"required": "Say why you think the ruling is wrong."},
    )


class HearForm(forms.Form):
    """What the committee made of an appeal."""

    outcome = forms.ChoiceField(
        choices=[
            (Appeal.Outcome.UPHELD, "Upheld: the motion is in order"),
            (Appeal.Outcome.DISMISSED, "Dismissed: the ruling stands"),
        ],
        widget=forms.RadioSelect,
        label="The committee’s answer",
        error_messages={"required": "Choose an answer."},
    )
    words = TypedText(
        required=False,
        rows=4,
        max_length=5000,
        label="To the body",
        help_text="Needed when the appeal is dismissed.",
    )


class CategoryForm(forms.Form):
    """Under which category the motion stands."""

    category = forms.ModelChoiceField(
        queryset=Category.objects.none(), required=False, empty_label="None of these"
    )

    def __init__(self, *args: Any, motion: Motion, **kwargs: Any) -> None:
        initial = {"category": motion.category_id, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(conference=motion.conference_id)


class WithdrawForm(forms.Form):
    """Which interest is no more."""

    interest = forms.IntegerField(min_value=1, max_value=2**31 - 1)
