"""Forms of the returning officer's desk. They hold what was typed; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms

from motions.fields import TypedText, UkDateTimeField
from motions.nominations.models import Candidate, Count, Lot
from motions.nominations.services.counts import Figures
from motions.nominations.services.lots import Draw

MOST_VOTES = 2_000_000_000


def _votes(label: str, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        required=required,
        min_value=0,
        max_value=MOST_VOTES,
        label=label,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class ReasonForm(forms.Form):
    """Why something is undone, or why somebody cannot stand."""

    reason = TypedText(max_length=300, label="Why?")


class CandidateReasonForm(ReasonForm):
    """The same, about one candidate."""

    reason = TypedText(max_length=300, label="Why? It goes to them and to the bodies")
    candidate = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class ConfirmForm(CandidateReasonForm):
    """How it is known that a candidate is a delegate."""

    reason = TypedText(max_length=300, label="How do you know that they are a delegate?")


class AgreedForm(CandidateReasonForm):
    """Where a nominee signed that they agree to stand."""

    reason = TypedText(
        max_length=300,
        label="They agreed on paper: where did they sign?",
        help_text="For example: the form that came on 30 July.",
    )


class FiguresForm(forms.Form):
    """The tellers' figures: a field for each candidate."""

    tellers = TypedText(max_length=200, label="Counted by", help_text="The names of the tellers.")
    papers = _votes("Valid papers", required=False)
    spoilt = _votes("Spoilt papers", required=False)

    def __init__(
        self, *args: Any, candidates: list[Candidate], count: Count | None = None, **kwargs: Any
    ) -> None:
        stored = {one.candidate_id: one.votes for one in count.lines.all()} if count else {}
        if count is not None:
            initial = {name: getattr(count, name) for name in ("tellers", "papers", "spoilt")}
            initial |= {f"votes_{pk}": votes for pk, votes in stored.items()}
            kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for one in candidates:
            self.fields[f"votes_{one.pk}"] = _votes(f"Votes for {one.name}")
        if count is not None:
            self.fields["correction"] = TypedText(max_length=300, label="Why is it corrected?")
        self.order_fields([f"votes_{one.pk}" for one in candidates])

    @property
    def figures(self) -> Figures:
        """What was handed in, for the service. Ask only when the form is valid."""
        data = self.cleaned_data
        return Figures(
            votes={one.pk: data[f"votes_{one.pk}"] for one in self.candidates},
            tellers=data["tellers"],
            papers=data["papers"],
            spoilt=data["spoilt"],
        )


class LotForm(forms.Form):
    """A lot drawn by people: a number for each, and who was there."""

    drawn_at = UkDateTimeField(label="Drawn at", help_text="UK time.")
    drawn_by = TypedText(max_length=200, label="Drawn by")
    witnesses = TypedText(
        max_length=300, label="In the presence of", help_text="The names of those who saw it."
    )

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        numbers = [("", "not drawn yet")]
        numbers += [(str(n), f"drawn as number {n}") for n in range(1, len(candidates) + 1)]
        for one in candidates:
            self.fields[f"place_{one.pk}"] = forms.TypedChoiceField(
                choices=numbers, coerce=int, label=one.name
            )
        self.order_fields([f"place_{one.pk}" for one in candidates])

    def clean(self) -> dict[str, Any]:
        """Nobody is drawn as the same number as somebody else."""
        data = super().clean()
        drawn = [data[name] for name in data if name.startswith("place_")]
        if len(drawn) == len(self.candidates) and len(set(drawn)) < len(drawn):
            raise forms.ValidationError("Give each of them another number.")
        return data

    @property
    def draw(self) -> Draw:
        """The lot, for the service. Ask only when the form is valid."""
        data = self.cleaned_data
        order = sorted(self.candidates, key=lambda one: data[f"place_{one.pk}"])
        return Draw(
            order=[one.pk for one in order],
            drawn_at=data["drawn_at"],
            drawn_by=data["drawn_by"],
            witnesses=data["witnesses"],
        )


class TakeBackLotForm(ReasonForm):
    """Why a lot stands no longer."""

    lot = forms.ModelChoiceField(queryset=Lot.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, lots: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lot"].queryset = lots
