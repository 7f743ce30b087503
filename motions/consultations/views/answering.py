"""The pages of one submission, for whoever sits before it: by sign-in or by personal link."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from events import doors
from events.calendar import DoorState
from motions.consultations import becoming
from motions.consultations.fetch import Seat
from motions.consultations.forms import LateSendForm, SubmissionForm
from motions.consultations.models import LateNotice, PolicySubmission
from motions.consultations.previews import preview as preview_of
from motions.consultations.services import drafting, sending
from motions.forms import KeyForm, add_errors, with_version
from motions.texts import words
from motions.uploads import as_attachment
from motions.views.kept import take


def submission(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The draft with its form; read-only when it was sent in, with what became of it."""
    row = seat.submission
    form = SubmissionForm(submission=row, initial=take(request))
    conflict = False
    if request.method == "POST":
        form = SubmissionForm(request.POST, request.FILES, submission=row)
        if form.is_valid():
            try:
                drafting.save_submission(
                    by=seat.by,
                    submission=row,
                    version=form.cleaned_data["version"],
                    contribution=form.contribution,
                )
                if "check" in request.POST:
                    return redirect(seat.url("send"))
                messages.success(request, "Your draft is saved. It is not sent in yet.")
                return redirect(seat.url("submission"))
            except ValidationError as refusal:
                add_errors(form, refusal)
                conflict = refusal.code == "conflict"
                form.data = with_version(form.data, row.draft_version)
    return _page(request, seat, form, conflict=conflict)


def send(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The saved draft as it will be sent; from here it is sent in, late with its reason."""
    row = seat.submission
    form = LateSendForm(request.POST or None, initial={"version": row.draft_version})
    if request.method == "POST" and form.is_valid():
        try:
            receipt = sending.send_submission(
                by=seat.by,
                submission=row,
                version=form.cleaned_data["version"],
                late_reason=form.cleaned_data["late_reason"],
                at=request.at,
                key=form.posted_key,
                token=seat.token,
            )
            return _after(request, seat, receipt)
        except ValidationError as refusal:
            add_errors(form, refusal)
    elif not row.is_draft:
        return redirect(seat.url("submission"))
    missing = {} if form.errors else sending.unmet(row)
    facts = {**_facts(request, seat), "form": form, "unmet": [one for [one] in missing.values()]}
    return render(request, "motions/consultations/send.html", facts)


def withdraw(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Ask once, then withdraw."""
    row = seat.submission
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = sending.withdraw_submission(
                by=seat.by, submission=row, at=request.at, key=form.posted_key, token=seat.token
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            if receipt is None:
                return redirect(row.consultation.get_absolute_url())
            return _after(request, seat, receipt)
    facts = {"conference": row.consultation.conference, "submission": row, "urls": seat.urls}
    return render(request, "motions/consultations/withdraw.html", facts | {"form": form})


def document(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The document, as a download."""
    if not seat.submission.document:
        raise Http404
    return as_attachment(seat.submission.document, seat.submission.document_name)


def preview(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What the document says, as the committee will see it."""
    found = preview_of(seat.submission)
    if found is None:
        raise Http404
    facts = {**_facts(request, seat), "preview": found}
    return render(request, "motions/consultations/preview.html", facts)


def _after(request: HttpRequest, seat: Seat, receipt) -> HttpResponse:
    if not seat.token:
        conference = seat.submission.consultation.conference
        return redirect("motions:receipt", conference.slug, receipt.number)
    verb = receipt.get_kind_display()
    messages.success(
        request, f"Receipt {receipt.number}: {verb}. It goes to {seat.submission.email} as well."
    )
    return redirect(seat.url("submission"))


def _facts(request: HttpRequest, seat: Seat) -> dict[str, object]:
    row = seat.submission
    consultation = row.consultation
    window = doors.window_for(consultation.deadline, row.organisation)
    is_closed = window.state(request.at) is DoorState.CLOSED
    may_be_late = (
        is_closed
        and row.kind == PolicySubmission.Kind.BODY
        and consultation.takes_late
        and not sending.is_answered(consultation)
    )
    notice = None
    if row.organisation_id and consultation.takes_late:
        notice = LateNotice.objects.filter(
            consultation=consultation, organisation=row.organisation
        ).first()
    can_send = window.is_open(request.at) or may_be_late
    return {
        "conference": consultation.conference,
        "consultation": consultation,
        "submission": row,
        "answers": list(row.answers.select_related("question")),
        "urls": seat.urls,
        "is_draft": row.is_draft,
        "is_by_link": bool(seat.token),
        "window": window,
        "at": request.at,
        "may_be_late": may_be_late,
        "notice": notice,
        "can_send": can_send and row.is_draft and consultation.conference.has_open_doors,
        "words": words.count(row.text),
    }


def _page(
    request: HttpRequest, seat: Seat, form: SubmissionForm, *, conflict: bool
) -> HttpResponse:
    row = seat.submission
    facts = {
        **_facts(request, seat),
        "form": form,
        "conflict": conflict,
        "became": becoming.of(row),
        "can_withdraw": row.state != PolicySubmission.State.WITHDRAWN
        and not sending.is_answered(row.consultation),
    }
    return render(request, "motions/consultations/submission.html", facts)
