"""Pages of consultations: what is asked, a body's draft, what it sent."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from events import doors
from events.rules import bodies_drafting, may_draft_for
from motions.consultations import services
from motions.consultations.forms import BeginSubmissionForm, SubmissionForm, consultations_of
from motions.consultations.models import PolicySubmission
from motions.forms import KeyForm, SendForm, add_errors, with_version
from motions.texts import words
from motions.uploads import as_attachment
from motions.views.fetch import conference_for
from motions.views.kept import keeps_typing, take


@require_safe
@login_not_required
def consultations(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked and until when; and what one's own bodies wrote."""
    conference = conference_for(request, slug)
    own = []
    if request.user.is_authenticated:
        own = PolicySubmission.objects.filter(
            consultation__deadline__conference=conference,
            organisation__in=bodies_drafting(request.user, conference, request.at),
        ).select_related("consultation", "organisation")
    rows = [
        {"consultation": consultation, "window": consultation.deadline.window}
        for consultation in consultations_of(conference)
    ]
    return render(
        request,
        "motions/consultations/list.html",
        {"conference": conference, "rows": rows, "own": own, "at": request.at},
    )


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the body and the consultation."""
    conference = conference_for(request, slug)
    form = BeginSubmissionForm(
        request.POST or None,
        bodies=bodies_drafting(request.user, conference, request.at),
        consultations=consultations_of(conference),
    )
    if request.method == "POST" and form.is_valid():
        try:
            submission = services.start_submission(
                by=request.user,
                consultation=form.cleaned_data["consultation"],
                organisation=form.cleaned_data["organisation"],
                at=request.at,
                key=form.posted_key,
            )
            return redirect("consultations:submission", slug, submission.pk)
        except ValidationError as refusal:
            add_errors(form, refusal)
    return render(
        request, "motions/consultations/begin.html", {"conference": conference, "form": form}
    )


@keeps_typing
@require_http_methods(["GET", "POST"])
def submission(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The draft with its form; read-only when it was sent in."""
    submission = _own_submission(request, slug, pk)
    form = SubmissionForm(submission=submission, initial=take(request))
    theirs = ""
    if request.method == "POST":
        form = SubmissionForm(request.POST, request.FILES, submission=submission)
        if form.is_valid():
            try:
                services.save_submission(
                    by=request.user,
                    submission=submission,
                    version=form.cleaned_data["version"],
                    contribution=form.contribution,
                )
                if "check" in request.POST:
                    return redirect("consultations:send", slug, pk)
                messages.success(request, "Your draft is saved. It is not sent in yet.")
                return redirect("consultations:submission", slug, pk)
            except ValidationError as refusal:
                add_errors(form, refusal)
                theirs = submission.text
                form.data = with_version(form.data, submission.draft_version)
    return _page(request, submission, form, theirs=theirs)


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The saved draft as it will be sent; from here it is sent in."""
    submission = _own_submission(request, slug, pk)
    form = SendForm(request.POST or None, initial={"version": submission.draft_version})
    if request.method == "POST" and form.is_valid():
        try:
            receipt = services.send_submission(
                by=request.user,
                submission=submission,
                version=form.cleaned_data["version"],
                at=request.at,
                key=form.posted_key,
            )
            return redirect("motions:receipt", slug, receipt.number)
        except ValidationError as refusal:
            add_errors(form, refusal)
    elif submission.state != PolicySubmission.State.DRAFT:
        return redirect("consultations:submission", slug, pk)
    window = doors.window_for(submission.consultation.deadline, submission.organisation)
    return render(
        request,
        "motions/consultations/send.html",
        {
            "conference": submission.consultation.conference,
            "submission": submission,
            "form": form,
            "can_send": window.is_open(request.at),
            "words": words.count(submission.text),
            "window": window,
            "at": request.at,
        },
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once, then withdraw."""
    submission = _own_submission(request, slug, pk)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = services.withdraw_submission(
                by=request.user, submission=submission, at=request.at, key=form.posted_key
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            if receipt is None:
                return redirect("consultations:list", slug)
            return redirect("motions:receipt", slug, receipt.number)
    facts = {"conference": submission.consultation.conference, "submission": submission}
    return render(request, "motions/consultations/withdraw.html", facts | {"form": form})


@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The document of one's own body's submission, as a download."""
    submission = _own_submission(request, slug, pk)
    if not submission.document:
        raise Http404
    return as_attachment(submission.document, submission.document_name)


@require_safe
@login_not_required
def blank_form(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form on paper."""
    conference = conference_for(request, slug)
    consultation = get_object_or_404(consultations_of(conference), pk=pk)
    return render(
        request,
        "motions/consultations/blank_form.html",
        {
            "conference": conference,
            "consultation": consultation,
            "closes_at": consultation.deadline.closing,
        },
    )


def _own_submission(request: HttpRequest, slug: str, pk: int) -> PolicySubmission:
    """A submission of a body this person works for; strangers are told it does not exist."""
    conference = conference_for(request, slug)
    submission = get_object_or_404(
        PolicySubmission.objects.select_related(
            "consultation__deadline__conference", "organisation"
        ),
        pk=pk,
        consultation__deadline__conference=conference,
    )
    if not may_draft_for(request.user, submission.organisation, conference, request.at):
        raise Http404
    return submission


def _page(
    request: HttpRequest,
    submission: PolicySubmission,
    form: SubmissionForm,
    *,
    theirs: str = "",
) -> HttpResponse:
    window = doors.window_for(submission.consultation.deadline, submission.organisation)
    return render(
        request,
        "motions/consultations/submission.html",
        {
            "conference": submission.consultation.conference,
            "submission": submission,
            "form": form,
            "theirs": theirs,
            "is_draft": submission.state == PolicySubmission.State.DRAFT,
            "can_send": window.is_open(request.at) and bool(submission.text or submission.document),
            "can_withdraw": submission.state != PolicySubmission.State.WITHDRAWN,
            "words": words.count(submission.text),
            "window": window,
            "at": request.at,
        },
    )
