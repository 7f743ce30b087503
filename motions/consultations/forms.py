"""Forms of consultations. They hold what was typed; the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import escape

from members.models import Region
from motions.consultations.models import Consultation, PolicySubmission, Question
from motions.consultations.services.drafting import Contribution
from motions.consultations.services.sending import question_field
from motions.fields import DateField, TypedText
from motions.forms import BodyForm, KeyForm, SendForm
from motions.uploads import clean_document

Kind = PolicySubmission.Kind


class BeginSubmissionForm(BodyForm):
    """Which body, to which consultation."""

    consultation = forms.ModelChoiceField(queryset=None, label="About what?", empty_label=None)

    def __init__(self, *args: Any, consultations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["consultation"]
        field.queryset = consultations
        field.label_from_instance = lambda consultation: consultation.title


class AskForLinkForm(KeyForm):
    """Answering without an account: the address is confirmed by the mail that goes to it."""

    name = TypedText(
        max_length=150, label="Your name", error_messages={"required": "Give your name."}
    )
    email = forms.EmailField(
        max_length=254,
        label="Your e-mail address",
        error_messages={"required": "Give the address to which the link shall go."},
        help_text="We send you a link to your own page. Nothing is published with your name unless "
        "you say so.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class LateForm(forms.Form):
    """A body says beforehand that it will be late."""

    organisation = forms.ModelChoiceField(queryset=None, label="For which body", empty_label=None)
    reason = TypedText(
        rows=3,
        label="Why will it be late?",
        help_text="For example: we do not meet before the elections.",
        error_messages={"required": "Say why it will be late, for example when you meet."},
    )
    expected_on = DateField(required=False, label="When does the body meet?")

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies


class LateSendForm(SendForm):
    """Send exactly the copy that was read; a late one says why."""

    late_reason = TypedText(
        rows=3,
        required=False,
        label="Why is it late?",
        help_text="It counts as a late submission. The committee reads your reason.",
    )


def question_fields(questions: Any) -> dict[str, forms.Field]:
    """A field for each question, by name."""
    return {question_field(question): _field(question) for question in questions}


def _field(question: Question) -> forms.Field:
    # Django shows the help of a field as markup: what staff typed is none
    facts = {"label": question.text, "required": False, "help_text": escape(question.help_text)}
    if question.kind == Question.Kind.CHOICE:
        choices = [(one, one) for one in question.offered]
        field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **facts)
    elif question.kind == Question.Kind.SCALE:
        choices = [(str(n), words) for n, words in question.steps]
        field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **facts)
    else:
        field = TypedText(rows=5, **facts)
        if question.max_words:
            limit = f"At most {question.max_words} words."
            field.help_text = f"{field.help_text} {limit}".strip()
    # a draft may lack it, but 'optional' would mislead
    field.is_needed_later = not question.is_optional
    return field


def answers_of(data: dict[str, Any], questions: Any) -> dict[int, str | int | None]:
    """What was answered, by the number of the question."""
    found: dict[int, str | int | None] = {}
    for question in questions:
        value = data.get(question_field(question)) or None
        is_step = question.kind == Question.Kind.SCALE and value is not None
        found[question.pk] = int(value) if is_step else value
    return found


class SubmissionForm(forms.Form):
    """The draft of a submission. `version` is the copy that was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    title = TypedText(required=False, max_length=200)
    text = TypedText(required=False, rows=12)
    document = forms.FileField(
        required=False, help_text="PDF, Word (.docx) or OpenDocument (.odt), at most 10 MB."
    )
    name = TypedText(required=False, max_length=150, label="Your name")
    region = forms.ModelChoiceField(
        queryset=Region.objects.all(),
        required=False,
        label="Your nation or region",
        empty_label="I would rather not say",
    )
    names_consent = forms.BooleanField(
        required=False, label="It may be published with the name of our body"
    )

    def __init__(self, *args: Any, submission: PolicySubmission, **kwargs: Any) -> None:
        self.questions = list(submission.consultation.questions.all())
        initial = {
            "version": submission.draft_version,
            "title": submission.title,
            "text": submission.text,
            "names_consent": submission.names_consent,
            "name": submission.name,
            "region": submission.region_id,
            **{
                f"question-{answer.question_id}": answer.number or answer.choice or answer.text
                for answer in submission.answers.all()
            },
        }
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.fields.update(question_fields(self.questions))
        self._fit(submission)

    def _fit(self, submission: PolicySubmission) -> None:
        """Fields as this consultation and this sender need them."""
        consultation = submission.consultation
        self.fields["title"].is_needed_later = not self.questions
        text = self.fields["text"]
        if self.questions:
            text.label = "Anything else you want to say"
        if consultation.takes_documents:
            text.help_text = "Or add a document below, or both."
        else:
            del self.fields["document"]
        text.widget.attrs["data-word-count-target"] = "id_text_count"
        if consultation.max_words:
            text.widget.attrs["data-word-limit"] = consultation.max_words
        if submission.kind == Kind.BODY:
            del self.fields["name"], self.fields["region"]
        else:
            self.fields["name"].is_needed_later = True
            self.fields["names_consent"].label = "It may be published with my name"

    def clean_document(self) -> Any:
        """The document checked by its content; its name is kept for people only."""
        upload = self.cleaned_data["document"]
        return (clean_document(upload), upload.name) if upload else None

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions' fields, in order."""
        return [self[question_field(question)] for question in self.questions]

    @property
    def contribution(self) -> Contribution:
        """What was typed, for the service."""
        data = self.cleaned_data
        document, name = data.get("document") or (None, "")
        return Contribution(
            title=data["title"],
            text=data["text"],
            document=document,
            document_name=name,
            names_consent=data["names_consent"],
            answers=answers_of(data, self.questions),
            name=data.get("name", ""),
            region=data.get("region"),
        )


def consultations_of(conference: Any) -> Any:
    """The consultations a form may offer."""
    return Consultation.objects.filter(deadline__conference=conference).select_related(
        "deadline__conference"
    )
