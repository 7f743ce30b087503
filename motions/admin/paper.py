"""The staff's pages for what came by post or e-mail: one form, one service, for each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from members.models import Organisation, Region
from motions import rules
from motions.awards.services.proposing import Proposal, propose
from motions.fields import DateField, TypedText, UkDateTimeField
from motions.forms import KeyForm, add_errors
from motions.models import AwardCategory, Call, Channel, Motion, Post, Receipt
from motions.nominations.services.nominating import Nominee, Paper, nominate
from motions.services.drafting import Wording
from motions.services.paper import enter_paper_amendment, enter_paper_motion
from motions.uploads import clean_scan

WAYS = [(Channel.POST, "by post"), (Channel.EMAIL, "by e-mail")]


class PaperForm(KeyForm):
    """What everything on paper has: from whom, how, when, a scan."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.active(), label="From which body"
    )
    channel = forms.ChoiceField(choices=WAYS, label="It came")
    received_at = UkDateTimeField(
        label="Received", help_text="UK time. This instant decides whether it was in time."
    )
    scan = forms.FileField(required=False, help_text="PDF, JPEG or PNG, at most 10 MB.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and hasattr(
                field.queryset.model, "deadline"
            ):
                field.queryset = field.queryset.select_related("deadline__conference")

    def clean_scan(self) -> Any:
        """The scan checked, pictures drawn anew."""
        upload = self.cleaned_data["scan"]
        return clean_scan(upload) if upload else None


class PaperMotionForm(PaperForm):
    """A motion on paper, as it was written."""

    call = forms.ModelChoiceField(
        queryset=Call.objects.exclude(kind=Call.Kind.AMENDMENT), label="To which call"
    )
    title = TypedText(max_length=200)
    text = TypedText(rows=14, help_text="As it was written, however long: the committee rules.")
    mover = TypedText(required=False, max_length=120)
    seconder = TypedText(required=False, max_length=120)
    names_consent = forms.BooleanField(
        required=False, label="Mover and seconder agree to be named in public"
    )
    meeting_name = TypedText(required=False, max_length=150, label="Passed by (meeting)")
    meeting_on = DateField(required=False, label="Held on")
    event_on = DateField(required=False, label="For an emergency: when it happened")
    late_reason = TypedText(
        required=False,
        rows=3,
        label="If it came late: the reason the body gave",
        help_text="It then goes on the late list.",
    )

    field_order = ("key", "call", "organisation", "channel", "received_at")

    def enter(self, request: HttpRequest) -> Receipt:
        """Call the service."""
        data = self.cleaned_data
        wording = Wording(
            **{name: data[name] for name in ("title", "text", "mover", "seconder", "meeting_name")},
            names_consent=data["names_consent"],
            meeting_on=data["meeting_on"],
            event_on=data["event_on"],
        )
        return enter_paper_motion(
            by=request.user,
            call=data["call"],
            organisation=data["organisation"],
            wording=wording,
            channel=data["channel"],
            received_at=data["received_at"],
            late_reason=data["late_reason"],
            scan=data["scan"],
            at=request.at,
            key=self.posted_key,
        )


class PaperAmendmentForm(PaperForm):
    """An amendment on paper: the whole text of the motion as the paper would have it."""

    motion = forms.ModelChoiceField(
        queryset=Motion.objects.none(), label="To which motion", empty_label=None
    )
    text = TypedText(
        rows=14,
        label="The motion as amended",
        help_text="The whole text of the motion, changed as the paper says: the system finds out "
        "what is inserted and deleted.",
    )
    mover = TypedText(required=False, max_length=120)
    seconder = TypedText(required=False, max_length=120)
    names_consent = forms.BooleanField(
        required=False, label="Mover and seconder agree to be named in public"
    )
    meeting_name = TypedText(required=False, max_length=150, label="Passed by (meeting)")
    meeting_on = DateField(required=False, label="Held on")
    late_reason = TypedText(
        required=False,
        rows=3,
        label="If it came late: the reason the body gave",
        help_text="It then goes on the late list.",
    )

    field_order = ("key", "motion", "organisation", "channel", "received_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["motion"]
        field.queryset = Motion.objects.published().with_titles().select_related("conference")
        field.label_from_instance = _named

    def enter(self, request: HttpRequest) -> Receipt:
        """Call the service."""
        data = self.cleaned_data
        names = ("text", "mover", "seconder", "names_consent", "meeting_name", "meeting_on")
        return enter_paper_amendment(
            by=request.user,
            motion=data["motion"],
            organisation=data["organisation"],
            wording=Wording(title="", **{name: data[name] for name in names}),
            channel=data["channel"],
            received_at=data["received_at"],
            late_reason=data["late_reason"],
            scan=data["scan"],
            at=request.at,
            key=self.posted_key,
        )


def _named(motion: Motion) -> str:
    """A motion as one chooses it: conference, number, title, body."""
    number = f"{motion.number}. " if motion.number else ""
    return f"{motion.conference}: {number}{motion.current_version.title} ({motion.organisation})"


class PaperNominationForm(PaperForm):
    """A nomination on paper."""

    post = forms.ModelChoiceField(queryset=Post.objects.all(), label="For which post")
    name = TypedText(max_length=120, label="Nominee")
    email = forms.EmailField(max_length=254, label="Nominee's e-mail address")
    membership_number = TypedText(required=False, max_length=30)
    region = forms.ModelChoiceField(queryset=Region.objects.all(), label="Nominee's region")
    meeting_name = TypedText(required=False, max_length=150, label="Agreed by (meeting)")
    meeting_on = DateField(required=False, label="Held on")

    field_order = ("key", "post", "organisation", "channel", "received_at")

    def enter(self, request: HttpRequest) -> Receipt:
        """Call the service."""
        data = self.cleaned_data
        return nominate(
            by=request.user,
            post=data["post"],
            organisation=data["organisation"],
            nominee=Nominee(
                name=data["name"],
                email=data["email"],
                region=data["region"],
                membership_number=data["membership_number"],
            ),
            meeting_name=data["meeting_name"],
            meeting_on=data["meeting_on"],
            paper=Paper(
                channel=data["channel"], received_at=data["received_at"], scan=data["scan"]
            ),
            at=request.at,
            key=self.posted_key,
        )


class PaperAwardForm(PaperForm):
    """A proposal for an award on paper."""

    category = forms.ModelChoiceField(queryset=AwardCategory.objects.all(), label="Which award")
    nominee_name = TypedText(max_length=150, label="Nominee")
    nominee_body = forms.ModelChoiceField(
        queryset=Organisation.objects.active(), required=False, label="If a body: which"
    )
    nominee_email = forms.EmailField(
        required=False, max_length=254, label="Nominee's e-mail address"
    )
    is_under_18 = forms.BooleanField(required=False, label="The nominee is under 18")
    citation = TypedText(rows=8, max_length=20_000)
    evidence = TypedText(required=False, rows=3, max_length=5_000)

    field_order = ("key", "category", "organisation", "channel", "received_at")

    def enter(self, request: HttpRequest) -> Receipt:
        """Call the service."""
        data = self.cleaned_data
        return propose(
            by=request.user,
            category=data["category"],
            organisation=data["organisation"],
            proposal=Proposal(
                name=data["nominee_name"],
                citation=data["citation"],
                evidence=data["evidence"],
                body=data["nominee_body"],
                email=data["nominee_email"],
                is_under_18=data["is_under_18"],
            ),
            channel=data["channel"],
            received_at=data["received_at"],
            scan=data["scan"],
            at=request.at,
            key=self.posted_key,
        )


def entering(form_class: type[PaperForm], title: str, back: str) -> Callable[..., HttpResponse]:
    """A page that enters one kind of paper. Everything typed survives a refusal."""

    def page(request: HttpRequest, site: AdminSite) -> HttpResponse:
        if not rules.may_enter_paper(request.user):
            raise PermissionDenied
        form = form_class(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                receipt = form.enter(request)
            except ValidationError as refusal:
                add_errors(form, refusal)
            else:
                messages.success(request, f"Entered. {receipt} was given, and the mail is queued.")
                return redirect(back)
        context = {**site.each_context(request), "title": title, "form": form, "back": back}
        return TemplateResponse(request, "admin/motions/paper.html", context)

    return page
