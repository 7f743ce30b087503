"""The forms of the panel's desk. They hold what was typed; the services decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from members.models import Organisation
from motions.awards.models import AwardCriterion, AwardHonour, AwardNominee, AwardScore
from motions.awards.services.deciding import Choice
from motions.awards.services.scoring import Tally
from motions.fields import TypedText, UkDateTimeField
from motions.forms import KeyForm

NOT_HONOURED = "none"
RESULTS = [
    (NOT_HONOURED, "Neither"),
    (AwardHonour.Result.COMMENDED, "Commended"),
    (AwardHonour.Result.WINNER, "Winner"),
]


class ScoreForm(forms.Form):
    """Points for each criterion, and a word to the chair."""

    words = TypedText(
        required=False,
        rows=3,
        max_length=5000,
        label="To the chair, in your own words",
        help_text="Read with your points once enough judges have scored.",
    )

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[AwardCriterion],
        most: int,
        mine: AwardScore | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        had = {one.criterion_id: one.points for one in mine.points.all()} if mine else {}
        if mine:
            self.fields["words"].initial = mine.words
        self.criteria = {f"criterion-{one.pk}": one.pk for one in criteria}
        for one in criteria:
            counts = f" Counts {one.weight} times." if one.weight > 1 else ""
            self.fields[f"criterion-{one.pk}"] = forms.IntegerField(
                min_value=0,
                max_value=most,
                label=one.name,
                help_text=f"{one.words} From 0 to {most}.{counts}".strip(),
                initial=had.get(one.pk),
                error_messages={"required": f"Give between 0 and {most} points."},
            )
        self.order_fields([*self.criteria, "words"])

    @property
    def points(self) -> dict[int, int]:
        """{criterion: points}, of a valid form."""
        return {pk: self.cleaned_data[name] for name, pk in self.criteria.items()}


class JudgeInterestForm(forms.Form):
    """What a judge has to do with a nominee, or with a body that proposes them."""

    covers = forms.ChoiceField(widget=forms.RadioSelect, label="I have an interest")
    words = TypedText(
        max_length=300,
        label="What it is",
        help_text="The other judges see it. You then neither score nor decide here.",
        error_messages={"required": "Say what your interest is: the other judges see it."},
    )

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {f"body-{body.pk}": body for body in bodies}
        field = self.fields["covers"]
        field.choices = [
            ("nominee", "in this nominee"),
            *((name, f"in all that {body} proposes or is") for name, body in self.bodies.items()),
        ]
        field.initial = "nominee"

    @property
    def body(self) -> Organisation | None:
        """The body it covers, of a valid form."""
        return self.bodies.get(self.cleaned_data["covers"])


class MergeForm(forms.Form):
    """Which other nominee is the same."""

    into = forms.ModelChoiceField(
        queryset=AwardNominee.objects.none(), label="The same as", empty_label="Choose"
    )

    def __init__(self, *args: Any, others: Sequence[AwardNominee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        field.queryset = AwardNominee.objects.filter(pk__in=[one.pk for one in others])
        field.label_from_instance = lambda nominee: nominee.name


class DecisionForm(forms.Form):
    """Who wins, who is commended, what is said of each, and why."""

    def __init__(self, *args: Any, tallies: Sequence[Tally], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nominees = [one.nominee for one in tallies if one.is_enough]
        for nominee in self.nominees:
            self.fields[f"result-{nominee.pk}"] = forms.ChoiceField(
                choices=RESULTS, initial=NOT_HONOURED, label=nominee.name
            )
            self.fields[f"words-{nominee.pk}"] = TypedText(
                required=False,
                rows=3,
                max_length=3000,
                label=f"What is said of {nominee.name}",
                help_text="Read out at the presentation, on the certificate, and on the roll of "
                "honour if they agree.",
            )
        self.fields["reason"] = TypedText(
            rows=4,
            max_length=5000,
            label="Why the panel decided so",
            help_text="For the panel's record. Nobody outside of it reads this.",
            error_messages={"required": "Say why the panel decided so."},
        )

    @property
    def choices(self) -> list[Choice]:
        """Who is honoured, of a valid form."""
        data = self.cleaned_data
        return [
            Choice(
                nominee=nominee.pk,
                result=data[f"result-{nominee.pk}"],
                words=data[f"words-{nominee.pk}"],
            )
            for nominee in self.nominees
            if data[f"result-{nominee.pk}"] != NOT_HONOURED
        ]


class HourForm(forms.Form):
    """When the awards are presented."""

    presented_at = UkDateTimeField(label="The awards are presented at", help_text="UK time.")


class AddressForm(KeyForm):
    """Where to write to somebody who was honoured."""

    email = forms.EmailField(max_length=254, label="Their e-mail address")


class WrittenConsentForm(forms.Form):
    """What somebody who was honoured said in writing."""

    answer = forms.ChoiceField(
        choices=[("yes", "They agree to be named"), ("no", "They do not want to be named")],
        widget=forms.RadioSelect,
        label="In writing they said",
    )
    public_name = TypedText(required=False, max_length=150, label="Named as")
    is_adult = forms.BooleanField(required=False, label="They said that they are 18 or over")


class ConsentForm(forms.Form):
    """The nominee's own answer."""

    answer = forms.ChoiceField(
        choices=[("yes", "Yes, name me"), ("no", "No, do not name me")],
        widget=forms.RadioSelect,
        label="May we name you on the public roll of honour?",
        error_messages={"required": "Choose an answer."},
    )
    public_name = TypedText(
        required=False, max_length=150, label="Name me as", help_text="As you want it to be read."
    )
    is_adult = forms.BooleanField(required=False, label="I am 18 or over")

    def __init__(self, *args: Any, honour: AwardHonour, **kwargs: Any) -> None:
        given = {
            "answer": {"given": "yes", "refused": "no"}.get(honour.consent),
            "public_name": honour.public_name or honour.nominee.name,
        }
        super().__init__(*args, initial=given, **kwargs)
        if not honour.nominee.category.is_for_people:
            del self.fields["is_adult"]
            self.fields["answer"].label = "May we name you on the public roll of honour?"
