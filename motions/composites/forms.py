"""Forms of composites, at the committee's desk and for bodies. The services decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from motions.composites.models import (
    AmendmentDecision,
    Answer,
    Composite,
    CompositePart,
    CompositeVersion,
)
from motions.composites.services.answering import Reply
from motions.composites.services.drafting import Draft
from motions.composites.wordings import Wordings
from motions.fields import DateField, TypedText
from motions.forms import KeyForm
from motions.models import Motion
from motions.texts import blocks as parsing
from motions.texts.cleaning import clean
from motions.texts.composing import Clause, Source, union

NEW_CLAUSES = 2
ANSWER_BY = {"label": "Last day to answer", "help_text": "The whole of this day counts, UK time."}


class GroupForm(KeyForm):
    """Which motions, on what, and until when their bodies answer."""

    motions = forms.ModelMultipleChoiceField(
        queryset=Motion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label="Motions to make one of",
        error_messages={"required": "Choose the motions of two bodies at least."},
    )
    theme = TypedText(
        max_length=100,
        label="Theme",
        help_text="What they have in common, in a few words. The bodies read it.",
        error_messages={"required": "Say what the motions have in common."},
    )
    answer_by = DateField(**ANSWER_BY)

    def __init__(self, *args: Any, motions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motions"].queryset = motions
        self.fields["motions"].label_from_instance = lambda one: (
            f"{one.current_version.title} – {one.organisation}, {one.call.label}"
        )


class VersionForm(forms.Form):
    """Which draft was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**15 - 1)


class MoveDateForm(forms.Form):
    """Another last day, and why."""

    answer_by = DateField(**ANSWER_BY)
    reason = TypedText(max_length=300, label="Why", help_text="It stands in the record.")


class EndForm(forms.Form):
    """How it ends."""

    words = TypedText(
        rows=4,
        max_length=5000,
        label="What happened",
        help_text="All bodies that were asked read this as you write it.",
        error_messages={"required": "Say what happened: it goes to all bodies that were asked."},
    )


class DraftForm(VersionForm):
    """The draft: title, who moves and seconds it. Its clauses are a formset (`ClauseForm`)."""

    title = TypedText(required=False, max_length=200, label="Title")
    moved_by = forms.ModelChoiceField(
        queryset=CompositePart.objects.none(), required=False, empty_label="Not agreed yet"
    )
    seconded_by = forms.ModelChoiceField(
        queryset=CompositePart.objects.none(), required=False, empty_label="Not agreed yet"
    )

    def __init__(self, *args: Any, composite: Composite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("moved_by", "Moved by"), ("seconded_by", "Seconded by")):
            field = self.fields[name]
            field.queryset = composite.parts.select_related("motion__organisation")
            field.label_from_instance = lambda part: f"{part.motion.organisation} ({part.label})"
            field.label = label
        for field in self.fields.values():
            field.is_needed_later = True  # before it is laid before the bodies


class ClauseForm(forms.Form):
    """One clause: where it stands, what it says, and which blocks it comes from ('A2, B1')."""

    place = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=999,
        label="Place",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    text = TypedText(required=False, rows=3, max_length=10000, label="Clause")
    sources = TypedText(required=False, max_length=200, label="From")

    def __init__(self, *args: Any, codes: dict[str, Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        for field in self.fields.values():
            field.is_needed_later = True  # a row may stay empty; 'optional' on each would be noise

    def clean_sources(self) -> tuple[Source, ...]:
        """The blocks named, as sources."""
        named = re.findall(r"[A-Z]+\d+|[^\s,;]+", self.cleaned_data["sources"].upper())
        for code in named:
            if code not in self.codes:
                raise ValidationError(
                    f"There is no paragraph {code}. Name them as in the margin: A1, B2."
                )
        return tuple(dict.fromkeys(self.codes[code] for code in named))

    def clean(self) -> dict[str, Any]:
        """A place needs words to stand there."""
        data = super().clean()
        if data.get("place") and not clean(data.get("text") or "").text.strip():
            self.add_error("text", "Write the clause, or leave its place empty.")
        return data

    @property
    def clauses(self) -> list[Clause]:
        """What stands there, for the service: a text of several paragraphs is several clauses."""
        data = self.cleaned_data
        if not data.get("place"):
            return []
        found = parsing.parse(clean(data["text"]).text)
        return [Clause(block.kind, block.text, data["sources"]) for block in found]


ClauseFormSet = forms.formset_factory(ClauseForm, extra=NEW_CLAUSES, max_num=250, absolute_max=250)


def clause_rows(version: CompositeVersion | None, wordings: Wordings) -> list[dict[str, Any]]:
    """What the formset begins with: the draft's clauses in place, then all that is not in it.

    Without a draft everything the motions bring is in place.
    """
    codes = {source: code for code, source in wordings.codes().items()}
    everything = union(wordings.texts)
    drafted = everything if version is None else wordings.clauses(version)
    used = {source for clause in drafted for source in clause.sources}
    rows = [_row(clause, codes, place) for place, clause in enumerate(drafted, 1)]
    return rows + [_row(clause, codes, None) for clause in _left(everything, used, wordings)]


def _left(everything: Sequence[Clause], used: set[Source], wordings: Wordings) -> Iterator[Clause]:
    """What is not in the draft; of a clause that is in it for some of its bodies, the others'."""
    for clause in everything:
        unused = tuple(source for source in clause.sources if source not in used)
        if unused == clause.sources:
            yield clause
        elif unused:
            yield Clause(clause.kind, wordings.rows[unused[0]].text, unused)


def _row(clause: Clause, codes: dict[Source, str], place: int | None) -> dict[str, Any]:
    named = [codes[source] for source in clause.sources if source in codes]
    text = parsing.rendered(parsing.Block("", clause.kind, clause.text))
    return {"place": place, "text": text, "sources": ", ".join(named)}


def draft_of(form: DraftForm, clauses: Sequence[ClauseForm]) -> Draft:
    """What was typed, for the service. Ask only when both are valid."""
    data = form.cleaned_data
    placed = [row for row in clauses if row.cleaned_data.get("place")]
    # two with one place stand as they stood in the form
    placed.sort(key=lambda row: row.cleaned_data["place"])
    return Draft(
        title=" ".join(clean(data["title"]).text.split())[:200],
        clauses=[clause for row in placed for clause in row.clauses],
        moved_by=data["moved_by"],
        seconded_by=data["seconded_by"],
    )


class DecisionForm(forms.Form):
    """What becomes of an amendment to a motion that is part of the composite."""

    outcome = forms.ChoiceField(
        choices=[
            (AmendmentDecision.Outcome.CARRIED_OVER, "Carry it over to the composite"),
            (AmendmentDecision.Outcome.GIVEN_BACK, "Give it back to its body for new wording"),
            (AmendmentDecision.Outcome.ENDED, "It ends"),
        ],
        widget=forms.RadioSelect,
        label="What becomes of it?",
        error_messages={"required": "Choose what becomes of it."},
    )
    words = TypedText(
        required=False,
        rows=3,
        max_length=5000,
        label="To the body",
        help_text="Needed when it ends.",
    )


class AnswerForm(KeyForm):
    """What the body of one motion says."""

    laid = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1
    )
    choice = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="Your body’s answer",
        error_messages={"required": "Choose an answer."},
    )
    speaker = TypedText(required=False, max_length=120)
    names_consent = forms.BooleanField(
        required=False, label="This person agrees to be named with the motion in public"
    )
    words = TypedText(
        required=False,
        rows=3,
        max_length=5000,
        label="To the committee",
        help_text="What you would need, or why you stay out. Only the committee reads it.",
    )

    def __init__(self, *args: Any, part: CompositePart, laid: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"laid": laid.pk if laid else None}, **kwargs)
        choices = [
            (Answer.Choice.SIGNS, "Sign this text"),
            (Answer.Choice.STAYS_OUT, "Stay out: our motion stands alone"),
            (Answer.Choice.WITHDRAWS, "Withdraw our motion"),
        ]
        self.fields["choice"].choices = choices if laid else choices[1:]
        roles = {}
        if laid:
            roles = {laid.moved_by_id: "moves", laid.seconded_by_id: "seconds"}
        if part.pk in roles:
            self.fields["speaker"].label = f"Who of you {roles[part.pk]} it?"
            self.fields["speaker"].help_text = "Needed when you sign."
        else:
            del self.fields["speaker"], self.fields["names_consent"]

    @property
    def reply(self) -> Reply:
        """What was answered, for the service. Ask only when the form is valid."""
        data = self.cleaned_data
        return Reply(
            choice=Answer.Choice(data["choice"]),
            laid=data["laid"],
            speaker=data.get("speaker", ""),
            names_consent=data.get("names_consent", False),
            words=data["words"],
        )
