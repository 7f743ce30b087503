"""The forms of delegations: more places, the lead. The services decide what may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from registrations.models import Extra, Particulars, Place, PlaceKind
from registrations.selling import Free


class MoreForm(forms.Form):
    """A body asks for places beyond its allocation."""

    kind = forms.ChoiceField(label="For", choices=PlaceKind, widget=forms.RadioSelect)
    places = forms.IntegerField(
        label="How many more?",
        min_value=1,
        max_value=50,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label="Why?",
        max_length=500,
        help_text="Whoever decides reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, allocated: Mapping[str, int | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limited = [kind for kind, limit in allocated.items() if limit is not None]
        self.fields["kind"].choices = [(kind, PlaceKind(kind).label) for kind in limited]
        self.fields["kind"].initial = next(iter(limited), None)


class LeadForm(forms.Form):
    """Who casts the delegation's votes: one of those who have a name."""

    lead = forms.ChoiceField(label="Lead delegate", widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places if place.name}
        self.fields["lead"].choices = [
            (key, f"{place.name} ({place.pass_type.name})") for key, place in self.places.items()
        ]

    def clean_lead(self) -> Place:
        """The place that was chosen."""
        return self.places[self.cleaned_data["lead"]]


class DelegateForm(forms.Form):
    """What a delegate tells of themself, on a phone. Nothing has to be answered.

    `free`: what they may come to at no charge; without it nothing is asked about that.
    """

    chosen = forms.MultipleChoiceField(
        label="What will you come to?",
        required=False,
        help_text="It costs nothing. Whoever booked your place is told.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of these can no longer be chosen. Look again."},
    )

    access = forms.CharField(
        label="What do you need to take part?",
        required=False,
        max_length=1000,
        help_text="For example step-free ways, a hearing loop, a quiet room, a carer with you. "
        "Only the access officer reads this.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    dietary = forms.CharField(
        label="What should the kitchen know?",
        required=False,
        max_length=500,
        help_text="Diets and allergies. Only the access officer reads this.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    gender = forms.ChoiceField(
        label="How do you describe your gender?",
        required=False,
        choices=Particulars.Gender,
        help_text="Delegations should be balanced. Your body's officers see only whether theirs is.",
        widget=forms.RadioSelect,
    )
    gender_words = forms.CharField(
        label="In your own words", required=False, max_length=60, help_text="If you wish."
    )
    pronouns = forms.CharField(
        label="Pronouns", required=False, max_length=40, help_text="For your badge, if you wish."
    )
    age_band = forms.ChoiceField(
        label="How old will you be on the first day?",
        required=False,
        choices=Particulars.AgeBand,
        widget=forms.RadioSelect,
    )
    born_on = forms.DateField(
        label="Date of birth, only if you will be under 18",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    guardian_name = forms.CharField(
        label="Parent or guardian, only if you will be under 18", required=False, max_length=150
    )
    guardian_contact = forms.CharField(
        label="How we reach them",
        required=False,
        max_length=150,
        help_text="Phone number or e-mail address. Only the safeguarding lead reads this.",
    )
    may_photograph = forms.BooleanField(
        label="You may show me in pictures of the conference", required=False
    )
    may_list = forms.BooleanField(
        label="You may put my name on the list of delegates",
        required=False,
        help_text="Nobody under 18 is ever on it.",
    )

    def __init__(self, *args: Any, free: Free, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.free = {str(row.pk): row for row in free.extras}
        # what went meanwhile is said, not dropped
        if not free.extras and not self.data.getlist("chosen"):
            del self.fields["chosen"]
            return
        self.fields["chosen"].choices = [(key, row.name) for key, row in self.free.items()]
        self.fields["chosen"].initial = [str(key) for key in free.held]

    def clean_chosen(self) -> list[Extra]:
        """The extras themselves."""
        return [self.free[key] for key in self.cleaned_data["chosen"]]

    @property
    def answers(self) -> dict[str, Any]:
        """What is told of themself, without what is chosen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "chosen"}
