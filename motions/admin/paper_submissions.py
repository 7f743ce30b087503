"""A submission that came by post or e-mail: first to which consultation, then what it says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from members.models import Organisation, Region
from motions import rules
from motions.admin.paper import PaperForm
from motions.consultations.forms import answers_of, question_fields
from motions.consultations.models import Consultation, PolicySubmission
from motions.consultations.services.drafting import Contribution
from motions.consultations.services.paper import Sender, enter_paper_submission
from motions.fields import TypedText
from motions.forms import add_errors
from motions.models import Receipt
from motions.uploads import clean_document

TITLE = "Enter a submission from paper"
BACK = "admin:motions_policysubmission_changelist"
Kind = PolicySubmission.Kind


class ChooseForm(forms.Form):
    """To which consultation: its questions are asked on the next page."""

    to = forms.ModelChoiceField(
        queryset=Consultation.objects.with_their_door(), label="To which consultation"
    )


class PaperSubmissionForm(PaperForm):
    """What the paper says, with the questions of its consultation and a scan."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.active(), required=False, label="From which body"
    )
    kind = forms.ChoiceField(choices=Kind, initial=Kind.BODY, label="From")
    name = TypedText(required=False, max_length=150, label="If a person: the name")
    email = forms.EmailField(
        required=False,
        max_length=254,
        label="If a person: the e-mail address",
        help_text="The receipt goes there, and what became of it.",
    )
    region = forms.ModelChoiceField(
        queryset=Region.objects.all(), required=False, label="If a person: nation or region"
    )
    title = TypedText(required=False, max_length=200)
    text = TypedText(required=False, rows=10)
    document = forms.FileField(
        required=False, help_text="What came as a file: PDF, .docx or .odt, at most 10 MB."
    )
    names_consent = forms.BooleanField(
        required=False, label="May be published with the name of the sender"
    )
    late_reason = TypedText(
        required=False,
        rows=3,
        label="If it came late: the reason the body gave",
        help_text="It then counts as a late submission.",
    )

    field_order = ("key", "kind", "organisation", "name", "email", "region", "channel")

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.questions = list(consultation.questions.all())
        self.fields.update(question_fields(self.questions))
        kinds = [(value, label) for value, label in Kind.choices if value in _asked(consultation)]
        self.fields["kind"].choices = [(value, label.capitalize()) for value, label in kinds]

    def clean_document(self) -> Any:
        """The document checked by its content."""
        upload = self.cleaned_data["document"]
        return (clean_document(upload), upload.name) if upload else None

    def enter(self, request: HttpRequest) -> Receipt:
        """Call the service."""
        data = self.cleaned_data
        document, name = data["document"] or (None, "")
        return enter_paper_submission(
            by=request.user,
            consultation=self.consultation,
            contribution=Contribution(
                title=data["title"],
                text=data["text"],
                document=document,
                document_name=name,
                names_consent=data["names_consent"],
                answers=answers_of(data, self.questions),
                name=data["name"],
                region=data["region"],
            ),
            sender=Sender(
                kind=data["kind"], organisation=data["organisation"], email=data["email"]
            ),
            channel=data["channel"],
            received_at=data["received_at"],
            scan=data["scan"],
            late_reason=data["late_reason"],
            at=request.at,
            key=self.posted_key,
        )


def _asked(consultation: Consultation) -> set[str]:
    found = {Kind.BODY} if consultation.sender_kinds else set()
    if consultation.from_members or consultation.from_public:
        found.add(Kind.MEMBER)
    return found | ({Kind.PUBLIC} if consultation.from_public else set())


def enter(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Choose the consultation, then type; everything typed survives a refusal."""
    if not rules.may_enter_paper(request.user):
        raise PermissionDenied
    context = {**site.each_context(request), "title": TITLE, "back": BACK}
    chosen = _chosen(request)
    if chosen is None:
        context |= {"form": ChooseForm()}
        return TemplateResponse(request, "admin/motions/choose_consultation.html", context)
    form = PaperSubmissionForm(request.POST or None, request.FILES or None, consultation=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = form.enter(request)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, f"Entered. {receipt} was given, and the mail is queued.")
            return redirect(BACK)
    context |= {"form": form, "title": f"{TITLE}: {chosen.title}"}
    return TemplateResponse(request, "admin/motions/paper.html", context)


def _chosen(request: HttpRequest) -> Consultation | None:
    """The one in the address, or the only one there is; 404 for one that is none of ours."""
    asked = request.GET.get("to", "")
    rows = Consultation.objects.with_their_door()
    if asked:
        found = rows.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
        if found is None:
            raise Http404
        return found
    only = list(rows[:2])
    return only[0] if len(only) == 1 else None
