"""Policy submissions: draft, save, send in, withdraw. Read-only once sent."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from members import audit
from members.models import Organisation, User
from motions.consultations.models import Consultation, PolicySubmission
from motions.models import Channel, Receipt
from motions.services import doorkeeping, receipts
from motions.texts import words
from motions.texts.cleaning import clean


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What the form holds: a text, a document, or both."""

    title: str
    text: str = ""
    document: ContentFile | None = None
    document_name: str = ""
    names_consent: bool = False


@transaction.atomic
def start_submission(
    *,
    by: User,
    consultation: Consultation,
    organisation: Organisation,
    at: dt.datetime,
    key: uuid.UUID,
) -> PolicySubmission:
    """An empty draft of the body; the same again for the same form. Raises ValidationError."""
    if refusal := doorkeeping.sender_refusal(consultation, organisation, "Submissions"):
        raise ValidationError(refusal, code="sender")
    submission, is_new = PolicySubmission.objects.get_or_create(
        idempotency_key=key,
        created_by=by,
        defaults={
            "consultation": consultation,
            "organisation": organisation,
            "created_at": at,
        },
    )
    if is_new:
        audited(by, submission, "policy_submission.begun", at)
    return submission


@transaction.atomic
def save_submission(
    *, by: User, submission: PolicySubmission, version: int, contribution: Contribution
) -> PolicySubmission:
    """Save over exactly the copy that was opened.

    Raises ValidationError: `conflict` when somebody saved meanwhile (the caller still holds what
    was typed and shows both), `state` when it is no longer a draft.
    """
    values = {
        "title": " ".join(clean(contribution.title).text.split())[:200],
        "text": clean(contribution.text).text,
        "names_consent": contribution.names_consent,
    }
    drafts = PolicySubmission.objects.filter(pk=submission.pk, state=PolicySubmission.State.DRAFT)
    if not drafts.filter(draft_version=version).update(**values, draft_version=version + 1):
        if contribution.document is None and drafts.filter(**values).exists():
            return submission  # the form posted twice, not a conflict
        if not drafts.exists():
            raise ValidationError(
                "This submission has been sent in: it can be read, not changed.", code="state"
            )
        raise ValidationError(
            "Somebody else saved this draft while you were writing. Their text is shown below "
            "yours: put together what you want to keep, then save.",
            code="conflict",
        )
    submission = PolicySubmission.objects.select_related(
        "consultation__deadline__conference", "organisation"
    ).get(pk=submission.pk)
    if contribution.document is not None:
        # the file that it replaces stays on the disk: no wording is lost
        submission.document.save(contribution.document.name, contribution.document, save=False)
        submission.document_name = contribution.document_name[:200]
        submission.save(update_fields=["document", "document_name"])
    return submission


@transaction.atomic
def send_submission(
    *, by: User, submission: PolicySubmission, version: int, at: dt.datetime, key: uuid.UUID
) -> Receipt:
    """Send it in: from now on it is read-only.

    Raises ValidationError: codes of the door, `sender`, `stale`, `state`, `limit`, or fields.
    """
    if already := receipts.earlier(key):
        return already
    submission_ = _locked(submission, at)
    if already := receipts.earlier(key):
        return already
    _require_ready(submission_, version)
    submission_.state = PolicySubmission.State.SUBMITTED
    submission_.submitted_by, submission_.submitted_at = by, at
    submission_.save(update_fields=["state", "submitted_by", "submitted_at"])
    audited(by, submission_, "policy_submission.submitted", at)
    return _receipt(submission_, by, Receipt.Kind.SUBMITTED, at, key)


@transaction.atomic
def enter_paper_submission(
    *,
    by: User,
    consultation: Consultation,
    organisation: Organisation,
    contribution: Contribution,
    channel: Channel,
    received_at: dt.datetime,
    at: dt.datetime,
    key: uuid.UUID,
    is_late: bool = False,
) -> Receipt:
    """Enter what came by post or e-mail. A late one counts when staff say that it does.

    At a conference that is postponed or cancelled a late one is refused as any other is. Raises
    ValidationError: codes of the door (`closed` unless `is_late`), `sender`, `future`, `halted`,
    `limit`, or fields.
    """
    if already := receipts.earlier(key):
        return already
    require = doorkeeping.require_sender if is_late else doorkeeping.require_open_to
    require(consultation, organisation, what="Submissions", at=at, received_at=received_at)
    if already := receipts.earlier(key):
        return already
    _require_room(consultation, organisation)
    submission = PolicySubmission(
        consultation=consultation,
        organisation=organisation,
        state=PolicySubmission.State.SUBMITTED,
        title=" ".join(clean(contribution.title).text.split())[:200],
        text=clean(contribution.text).text,
        names_consent=contribution.names_consent,
        is_late=is_late,
        idempotency_key=key,
        **doorkeeping.arrival_columns(by=by, at=at, channel=channel, received_at=received_at),
    )
    if contribution.document is not None:
        submission.document.save(contribution.document.name, contribution.document, save=False)
        submission.document_name = contribution.document_name[:200]
    if not submission.title or not (submission.text or submission.document):
        raise ValidationError({"title": "A submission needs a title, and a text or a document."})
    submission.save()
    audited(by, submission, "policy_submission.entered_from_paper", at)
    return _receipt(submission, by, Receipt.Kind.SUBMITTED, received_at, key, mailed_at=at)


@transaction.atomic
def withdraw_submission(
    *, by: User, submission: PolicySubmission, at: dt.datetime, key: uuid.UUID
) -> Receipt | None:
    """Withdraw it; a receipt unless it was only a draft. Raises ValidationError (code `state`)."""
    if already := receipts.earlier(key):
        return already
    submission = (
        PolicySubmission.objects.select_for_update(of=("self",))
        .select_related("consultation__deadline__conference", "organisation")
        .get(pk=submission.pk)
    )
    if already := receipts.earlier(key):
        return already
    if PolicySubmission.State.WITHDRAWN not in PolicySubmission.MOVES[submission.state]:
        raise ValidationError("This submission is withdrawn already.", code="state")
    was_sent = submission.submitted_at is not None
    submission.state = PolicySubmission.State.WITHDRAWN
    submission.withdrawn_by, submission.withdrawn_at = by, at
    submission.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    audited(by, submission, "policy_submission.withdrawn", at)
    if not was_sent:
        return None
    return _receipt(submission, by, Receipt.Kind.WITHDRAWN, at, key)


def audited(by: User, submission: PolicySubmission, action: str, at: dt.datetime) -> None:
    """Leave the audit entry of a submission."""
    audit.record(
        by=by,
        action=action,
        on=submission,
        at=at,
        organisation=submission.organisation,
        after={"state": submission.state},
    )


def _locked(submission: PolicySubmission, at: dt.datetime) -> PolicySubmission:
    """The deadline's row first, then the submission's, when the door is open."""
    doorkeeping.require_open_to(
        submission.consultation, submission.organisation, what="Submissions", at=at
    )
    locked = (
        PolicySubmission.objects.select_for_update(of=("self",))
        .select_related("consultation__deadline__conference", "organisation")
        .get(pk=submission.pk)
    )
    if PolicySubmission.State.SUBMITTED not in PolicySubmission.MOVES[locked.state]:
        raise ValidationError("This submission has been sent in already.", code="state")
    return locked


def _require_ready(submission: PolicySubmission, version: int) -> None:
    consultation = submission.consultation
    if submission.draft_version != version:
        raise ValidationError(
            "The draft was saved again since you opened this page. Read it, then send it.",
            code="stale",
        )
    if not submission.title:
        raise ValidationError({"title": "Give the submission a title."})
    if not submission.text and not submission.document:
        raise ValidationError({"text": "Write the text, or add a document."})
    count = words.count(submission.text)
    if consultation.max_words and count > consultation.max_words:
        raise ValidationError(
            {"text": f"The text has {count} words. At most {consultation.max_words} are allowed."}
        )
    _require_room(consultation, submission.organisation)


def _require_room(consultation: Consultation, organisation: Organisation) -> None:
    """Refuse more than one body may send, by whichever way; counted under the deadline's lock."""
    sent = PolicySubmission.objects.filter(
        consultation=consultation,
        organisation=organisation,
        state=PolicySubmission.State.SUBMITTED,
    )
    if consultation.per_body_limit and sent.count() >= consultation.per_body_limit:
        raise ValidationError(
            f"{organisation} has already sent as many as one body may send "
            f"({consultation.per_body_limit}).",
            code="limit",
        )


def _receipt(
    submission: PolicySubmission,
    to: User,
    kind: Receipt.Kind,
    at: dt.datetime,
    key: uuid.UUID,
    *,
    mailed_at: dt.datetime | None = None,
) -> Receipt:
    attached = f"Document: {submission.document_name}" if submission.document else ""
    return receipts.give(
        to=to,
        kind=kind,
        conference=submission.consultation.conference,
        organisation=submission.organisation,
        about={"policy_submission": submission},
        title=submission.title,
        text="\n\n".join(part for part in (submission.text, attached) if part),
        at=at,
        mailed_at=mailed_at,
        key=key,
    )
