"""Sending a submission in, in time or late; withdrawing it. Read-only once sent."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from events import doors
from events.calendar import DoorState
from members.models import Organisation, User
from motions.consultations.models import Consultation, LateNotice, PolicySubmission
from motions.consultations.services.drafting import audited
from motions.models import Receipt
from motions.services import doorkeeping, receipts
from motions.texts import words
from motions.texts.cleaning import clean

State = PolicySubmission.State
COUNTS_AS_LATE = "It came after the close. It is marked as a late submission, and it counts."


@transaction.atomic
def send_submission(
    *,
    by: User | None,
    submission: PolicySubmission,
    version: int,
    at: dt.datetime,
    key: uuid.UUID,
    late_reason: str = "",
    token: str = "",
) -> Receipt:
    """Send it in: from now on it is read-only. Behind a personal link `by` is None.

    Raises ValidationError: codes of the door, `sender`, `late`, `stale`, `state`, `limit`, fields.
    """
    if already := receipts.earlier(key):
        return already
    is_late = require_door(
        submission.consultation, submission.organisation, at=at, late_reason=late_reason
    )
    row = _locked(submission)
    if already := receipts.earlier(key):
        return already
    if State.SUBMITTED not in PolicySubmission.MOVES[row.state]:
        raise ValidationError("This submission has been sent in already.", code="state")
    _require_ready(row, version)
    row.state = State.SUBMITTED
    row.submitted_by, row.submitted_at = by, at
    mark_late(row, is_late=is_late, reason=late_reason)
    row.title = row.title or f"Answers: {row.consultation.title}"[:200]
    row.answered = row.answers.count()
    row.save()
    audited(by, row, "policy_submission.submitted", at, is_late=is_late)
    return given(row, by, Receipt.Kind.SUBMITTED, at, key, token=token)


@transaction.atomic
def withdraw_submission(
    *,
    by: User | None,
    submission: PolicySubmission,
    at: dt.datetime,
    key: uuid.UUID,
    token: str = "",
) -> Receipt | None:
    """Withdraw it; a receipt unless it was only a draft. Raises ValidationError (code `state`)."""
    if already := receipts.earlier(key):
        return already
    row = _locked(submission)
    if already := receipts.earlier(key):
        return already
    if State.WITHDRAWN not in PolicySubmission.MOVES[row.state]:
        raise ValidationError("This submission is withdrawn already.", code="state")
    if is_answered(row.consultation):
        raise ValidationError(
            "The response to this consultation is published: what was sent stays in the record.",
            code="answered",
        )
    was_sent = row.submitted_at is not None
    row.state = State.WITHDRAWN
    row.withdrawn_by, row.withdrawn_at = by, at
    row.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    audited(by, row, "policy_submission.withdrawn", at)
    if not was_sent:
        return None
    return given(row, by, Receipt.Kind.WITHDRAWN, at, key, token=token)


def is_answered(consultation: Consultation) -> bool:
    """Has the committee published its response?"""
    report = getattr(consultation, "report", None)
    return report is not None and report.published_at is not None


def require_door(
    consultation: Consultation,
    organisation: Organisation | None,
    *,
    at: dt.datetime,
    received_at: dt.datetime | None = None,
    late_reason: str = "",
) -> bool:
    """Does it come late? False when the door is open; a late one of a body may count all the same.

    It counts where the consultation takes late ones, the response is not published yet, and the
    body announced it beforehand or says why. Raises ValidationError: codes of the door, `sender`,
    `future`, `late` (a reason is asked for).
    """
    judged = received_at or at
    deadline = _locked_door(consultation, organisation, at, received_at)
    window = doors.window_for(deadline, organisation)
    is_closed = window.state(judged) is DoorState.CLOSED
    if not is_closed or organisation is None or not consultation.takes_late:
        doors.require_open(deadline, at=judged, organisation=organisation)
        return False
    closed = f"{deadline.label} closed at {doors.closing_in_words(window.closes_at)}."
    if is_answered(consultation):
        raise ValidationError(
            f"{closed} Late submissions counted until the response was published, and it is.",
            code="closed",
        )
    announced = LateNotice.objects.filter(consultation=consultation, organisation=organisation)
    if not late_reason.strip() and not announced.exists():
        raise ValidationError(
            {
                "late_reason": f"{closed} Say why it is late: it then counts as a late submission, "
                "and is marked as one."
            },
            code="late",
        )
    return True


def _locked_door(consultation, organisation, at, received_at):
    """The deadline's row under its lock, at a conference that goes ahead."""
    if organisation is not None:
        return doorkeeping.require_sender(
            consultation, organisation, what="Submissions", at=at, received_at=received_at
        )
    deadline = doors.lock(consultation.deadline)
    if received_at is not None and received_at > at:
        raise ValidationError({"received_at": "This time is still to come."}, code="future")
    doors.require_not_halted(deadline.conference)
    return deadline


def mark_late(row: PolicySubmission, *, is_late: bool, reason: str) -> None:
    """Keep that it is late, and the reason: the one given now, or the one announced beforehand."""
    row.is_late = is_late
    row.late_reason = ""
    if is_late:
        notice = LateNotice.objects.filter(
            consultation=row.consultation, organisation=row.organisation
        ).first()
        row.late_reason = clean(reason).text.strip() or (notice.reason if notice else "")


def _locked(submission: PolicySubmission) -> PolicySubmission:
    return (
        PolicySubmission.objects.select_for_update(of=("self",))
        .select_related("consultation__deadline__conference", "organisation")
        .get(pk=submission.pk)
    )


def _require_ready(submission: PolicySubmission, version: int) -> None:
    if submission.draft_version != version:
        raise ValidationError(
            "The draft was saved again since you opened this page. Read it, then send it.",
            code="stale",
        )
    if missing := unmet(submission):
        raise ValidationError(missing)
    require_room(submission.consultation, submission.organisation)


def unmet(submission: PolicySubmission) -> dict[str, list[str]]:
    """What still has to be mended before sending, by field; empty when nothing."""
    consultation, missing = submission.consultation, {}
    answers = {answer.question_id: answer for answer in submission.answers.all()}
    questions = list(consultation.questions.all())
    for question in questions:
        answer = answers.get(question.pk)
        if answer is None:
            if not question.is_optional:
                missing[question_field(question)] = [f"Answer “{question.text}”."]
        elif said := _too_long(answer.text, question.max_words, "Your answer"):
            missing[question_field(question)] = [said]
    if not submission.title and not questions:
        missing["title"] = ["Give the submission a title."]
    if said := _too_long(submission.text, consultation.max_words, "The text"):
        missing["text"] = [said]
    if not (submission.text or submission.document or answers):
        what = "Answer a question, write" if questions else "Write"
        or_document = ", or add a document" if consultation.takes_documents else ""
        missing["text"] = [f"{what} the text{or_document}."]
    if submission.kind != PolicySubmission.Kind.BODY and not submission.name:
        missing["name"] = ["Give your name. It is published only if you say so."]
    return missing


def question_field(question) -> str:
    """The name of a question's field on forms."""
    return f"question-{question.pk}"


def _too_long(text: str, limit: int | None, what: str) -> str:
    count = words.count(text)
    if not limit or count <= limit:
        return ""
    return f"{what} has {count} words. At most {limit} are allowed: take out {count - limit}."


def require_room(consultation: Consultation, organisation: Organisation | None) -> None:
    """Refuse more than one body may send, by whichever way; counted under the deadline's lock."""
    if organisation is None or not consultation.per_body_limit:
        return
    sent = consultation.submissions.sent().filter(organisation=organisation)
    if sent.count() >= consultation.per_body_limit:
        raise ValidationError(
            f"{organisation} has already sent as many as one body may send "
            f"({consultation.per_body_limit}).",
            code="limit",
        )


def given(
    submission: PolicySubmission,
    to: User | None,
    kind: Receipt.Kind,
    at: dt.datetime,
    key: uuid.UUID,
    *,
    mailed_at: dt.datetime | None = None,
    token: str = "",
) -> Receipt:
    """The receipt; its number becomes the submission's own when it is sent in."""
    receipt = receipts.give(
        to=to,
        kind=kind,
        conference=submission.consultation.conference,
        organisation=submission.organisation,
        about={"policy_submission": submission},
        title=submission.title,
        text=in_full(submission),
        at=at,
        mailed_at=mailed_at,
        key=key,
        note=COUNTS_AS_LATE if submission.is_late and kind == Receipt.Kind.SUBMITTED else "",
        outsider=_outsider(submission, token),
    )
    if kind == Receipt.Kind.SUBMITTED:
        PolicySubmission.objects.filter(pk=submission.pk).update(number=receipt.number)
        submission.number = receipt.number
    return receipt


def _outsider(submission: PolicySubmission, token: str) -> receipts.Outsider | None:
    if not submission.email:
        return None
    path = reverse("consultations:by-link", args=[token]) if token else ""
    return receipts.Outsider(submission.email, submission.name, path)


def in_full(submission: PolicySubmission) -> str:
    """Everything that is said: answers under their questions, the text, the name of the document."""
    answers = submission.answers.select_related("question")
    parts = [f"{answer.question.text}\n{answer.in_words}" for answer in answers]
    parts.append(submission.text)
    if submission.document:
        parts.append(f"Document: {submission.document_name}")
    return "\n\n".join(part for part in parts if part)
