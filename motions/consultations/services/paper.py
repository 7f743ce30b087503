"""Entering a submission that came by post or e-mail: the instant of receipt decides the deadline."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from members.models import Organisation, User
from motions.consultations.models import Consultation, PolicySubmission
from motions.consultations.services import drafting, sending
from motions.consultations.services.drafting import Contribution, audited
from motions.models import Receipt
from motions.services import doorkeeping, receipts

Kind = PolicySubmission.Kind


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who wrote: a body, or a person with the address they gave."""

    kind: str = Kind.BODY
    organisation: Organisation | None = None
    email: str = ""


@transaction.atomic
def enter_paper_submission(
    *,
    by: User,
    consultation: Consultation,
    contribution: Contribution,
    channel: str,
    received_at: dt.datetime,
    at: dt.datetime,
    key: uuid.UUID,
    sender: Sender,
    scan: ContentFile | None = None,
    late_reason: str = "",
) -> Receipt:
    """Enter what came by post or e-mail, as of its receipt, with a receipt to whoever sent it.

    Limits of words are not enforced: the paper cannot be changed. A late one of a body counts
    where the consultation takes late ones. Raises ValidationError: codes of the door, `sender`,
    `future`, `halted`, `late`, `limit`, or fields.
    """
    if already := receipts.earlier(key):
        return already
    _require_sender(consultation, sender)
    is_late = sending.require_door(
        consultation,
        sender.organisation,
        at=at,
        received_at=received_at,
        late_reason=late_reason,
    )
    if already := receipts.earlier(key):
        return already
    sending.require_room(consultation, sender.organisation)
    row = _row(by, consultation, contribution, channel, received_at, at, key, sender)
    if scan is not None:
        row.scan.save(scan.name, scan, save=False)
    if contribution.document is not None:
        drafting.attach(row, contribution)
    row.save()  # answers refer to it: a draft for one moment
    row.answered = drafting.write_answers(row, contribution)
    _require_words(row)
    row.title = row.title or f"Answers: {consultation.title}"[:200]
    row.state = PolicySubmission.State.SUBMITTED
    row.submitted_by, row.submitted_at = by, at
    sending.mark_late(row, is_late=is_late, reason=late_reason)
    row.save()
    audited(by, row, "policy_submission.entered_from_paper", at, is_late=is_late)
    return sending.given(row, by, Receipt.Kind.SUBMITTED, received_at, key, mailed_at=at)


def _row(by, consultation, contribution, channel, received_at, at, key, sender) -> PolicySubmission:
    arrived = doorkeeping.arrival_columns(by=by, at=at, channel=channel, received_at=received_at)
    body = sender.organisation
    return PolicySubmission(
        consultation=consultation,
        kind=sender.kind,
        organisation=body,
        region=body.region if body else contribution.region,
        name="" if body else " ".join(contribution.name.split())[:150],
        email=sender.email.strip().lower(),
        idempotency_key=key,
        **drafting.tidied(contribution),
        **{**arrived, "submitted_by": None, "submitted_at": None},
    )


def _require_sender(consultation: Consultation, sender: Sender) -> None:
    if (sender.kind == Kind.BODY) != (sender.organisation is not None):
        raise ValidationError({"organisation": "Choose the body, if a body sent it; only then."})
    is_asked = {
        Kind.BODY: True,
        Kind.MEMBER: consultation.from_members or consultation.from_public,
        Kind.PUBLIC: consultation.from_public,
    }
    if not is_asked[Kind(sender.kind)]:
        raise ValidationError(
            f"Answers to this consultation come from {consultation.senders_in_words}.",
            code="sender",
        )


def _require_words(row: PolicySubmission) -> None:
    if not (row.text or row.document or row.scan or row.answered):
        raise ValidationError({"text": "Type the text or an answer, or add the document."})
    if not row.title and not row.answered:
        raise ValidationError({"title": "Give the submission a title, as the paper has it."})
    if row.kind != Kind.BODY and not row.name:
        raise ValidationError({"name": "Give the name of the sender, as the paper has it."})
