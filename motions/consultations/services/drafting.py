"""Drafts of submissions: a body's, one's own, one's own by a mailed link; saving them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from events import doors
from events.calendar import DoorState
from members import audit
from members.models import Organisation, Region, User
from motions.consultations import emails, rules
from motions.consultations.models import (
    Consultation,
    ConsultationAnswer,
    PolicySubmission,
    Question,
)
from motions.consultations.services import links
from motions.services import doorkeeping
from motions.texts.cleaning import clean

Kind = PolicySubmission.Kind
#: However often a link is asked for, one mail in this time goes to an address.
MAIL_REST = dt.timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What the form holds: a text, a document, answers by the question's number, the sender."""

    title: str
    text: str = ""
    document: ContentFile | None = None
    document_name: str = ""
    names_consent: bool = False
    answers: Mapping[int, str | int | None] = field(default_factory=dict)
    name: str = ""
    region: Region | None = None


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
            "region": organisation.region,
            "created_at": at,
        },
    )
    if is_new:
        audited(by, submission, "policy_submission.begun", at)
    return submission


@transaction.atomic
def start_own(
    *, by: User, consultation: Consultation, at: dt.datetime, key: uuid.UUID
) -> PolicySubmission:
    """An empty draft of a person with a sign-in; the one they have, if they have one.

    Raises ValidationError: `sender`, or a code of the door.
    """
    kind = rules.kind_of(by, consultation)
    if kind is None:
        raise ValidationError(
            f"Answers to this consultation come from {consultation.senders_in_words}. "
            "If you are a member, connect your membership first, under “My membership”.",
            code="sender",
        )
    own = _own(by, consultation)
    if own is not None:
        return own
    doors.require_open(doors.lock(consultation.deadline), at=at)
    own = _own(by, consultation)
    if own is not None:
        return own
    member = getattr(by, "member", None)
    submission = PolicySubmission.objects.create(
        consultation=consultation,
        kind=kind,
        name=by.name[:150],
        region=member.region if member else None,
        created_by=by,
        created_at=at,
        idempotency_key=key,
    )
    audited(by, submission, "policy_submission.begun", at)
    return submission


def _own(by: User, consultation: Consultation) -> PolicySubmission | None:
    return (
        PolicySubmission.objects.filter(consultation=consultation, created_by=by, channel="web")
        .exclude(kind=Kind.BODY)
        .exclude(state=PolicySubmission.State.WITHDRAWN)
        .first()
    )


@transaction.atomic
def ask_for_link(
    *, consultation: Consultation, name: str, email: str, at: dt.datetime, key: uuid.UUID
) -> None:
    """Mail a link to an address: to a new draft, or to what was begun or sent from there before.

    Answers the same whether the address is known. Raises ValidationError when the public is not
    asked, or when the door is closed: that too is the same for everybody.
    """
    if not consultation.from_public:
        raise ValidationError(
            f"Answers to this consultation come from {consultation.senders_in_words}.",
            code="sender",
        )
    deadline = doors.lock(consultation.deadline)
    address = email.strip().lower()
    found = PolicySubmission.objects.filter(
        consultation=consultation, kind=Kind.PUBLIC, email=address, channel="web"
    ).exclude(state=PolicySubmission.State.WITHDRAWN)
    submission = found.first()
    state = deadline.window.state(at)
    if state is not DoorState.CLOSED:
        doors.require_open(deadline, at=at)
        submission = submission or _begun(consultation, name, address, at, key)
    if submission is None or _written_lately(submission, at):
        return
    token = links.issue(submission=submission, at=at)
    emails.link(submission, token=token, at=at)


def _begun(
    consultation: Consultation, name: str, address: str, at: dt.datetime, key: uuid.UUID
) -> PolicySubmission:
    submission = PolicySubmission.objects.create(
        consultation=consultation,
        kind=Kind.PUBLIC,
        name=" ".join(clean(name).text.split())[:150],
        email=address,
        created_at=at,
        idempotency_key=key,
    )
    audited(None, submission, "policy_submission.begun", at)
    return submission


def _written_lately(submission: PolicySubmission, at: dt.datetime) -> bool:
    return submission.links.filter(made_at__gt=at - MAIL_REST).exists()


@transaction.atomic
def save_submission(
    *, by: User | None, submission: PolicySubmission, version: int, contribution: Contribution
) -> PolicySubmission:
    """Save over exactly the copy that was opened; `by` is None behind a personal link.

    Raises ValidationError: `conflict` when somebody saved meanwhile (the caller still holds what
    was typed and shows both), `state` when it is no longer a draft.
    """
    values = _values(submission, contribution)
    drafts = PolicySubmission.objects.filter(pk=submission.pk, state=PolicySubmission.State.DRAFT)
    if not drafts.filter(draft_version=version).update(**values, draft_version=version + 1):
        if contribution.document is None and _is_saved(drafts, values, submission, contribution):
            return submission  # the form posted twice, not a conflict
        if not drafts.exists():
            raise ValidationError(
                "This submission has been sent in: it can be read, not changed.", code="state"
            )
        raise ValidationError(
            "Somebody else saved this draft while you were writing, or you did in another window. "
            "What was saved is shown below: put together what you want to keep, then save.",
            code="conflict",
        )
    saved = PolicySubmission.objects.with_their_door().get(pk=submission.pk)
    _write_answers(saved, _given(saved.consultation, contribution))
    if contribution.document is not None:
        attach(saved, contribution)
        saved.save(update_fields=["document", "document_name"])
    return saved


def _is_saved(drafts, values, submission, contribution) -> bool:
    """Is what was typed what stands there already?"""
    return drafts.filter(**values).exists() and _answers_of(submission) == _given(
        submission.consultation, contribution
    )


def attach(submission: PolicySubmission, contribution: Contribution) -> None:
    """Put the document beside the row; the file that it replaces stays: no wording is lost."""
    submission.document.save(contribution.document.name, contribution.document, save=False)
    submission.document_name = contribution.document_name[:200]


def tidied(contribution: Contribution) -> dict[str, object]:
    """The columns of what was typed, without what nobody means to type."""
    return {
        "title": " ".join(clean(contribution.title).text.split())[:200],
        "text": clean(contribution.text).text,
        "names_consent": contribution.names_consent,
    }


def _values(submission: PolicySubmission, contribution: Contribution) -> dict[str, object]:
    values = tidied(contribution)
    if submission.kind != Kind.BODY:
        values["name"] = " ".join(clean(contribution.name).text.split())[:150]
        values["region"] = contribution.region
    return values


#: question → (words, choice, step)
Given = dict[int, tuple[str, str, int | None]]


def _given(consultation: Consultation, contribution: Contribution) -> Given:
    """What was answered, by question; what was left out is not there."""
    found: Given = {}
    for question in consultation.questions.all():
        value = contribution.answers.get(question.pk)
        if value in (None, ""):
            continue
        if question.kind == Question.Kind.TEXT:
            words = clean(str(value)).text.strip()
            if words:
                found[question.pk] = (words, "", None)
        elif question.kind == Question.Kind.CHOICE:
            if value in question.offered:
                found[question.pk] = ("", str(value), None)
        elif int(value) in dict(question.steps):
            found[question.pk] = ("", "", int(value))
    return found


def _answers_of(submission: PolicySubmission) -> Given:
    return {row.question_id: (row.text, row.choice, row.number) for row in submission.answers.all()}


def _write_answers(submission: PolicySubmission, given: Given) -> None:
    submission.answers.exclude(question__in=given).delete()
    for question, (text, choice, number) in given.items():
        ConsultationAnswer.objects.update_or_create(
            submission=submission,
            question_id=question,
            defaults={"text": text, "choice": choice, "number": number},
        )


def write_answers(submission: PolicySubmission, contribution: Contribution) -> int:
    """Keep the answers of what was entered from paper; how many there are."""
    given = _given(submission.consultation, contribution)
    _write_answers(submission, given)
    return len(given)


def audited(
    by: User | None, submission: PolicySubmission, action: str, at: dt.datetime, **after: object
) -> None:
    """Leave the audit entry of a submission."""
    audit.record(
        by=by,
        action=action,
        on=submission,
        at=at,
        organisation=submission.organisation,
        after={"state": submission.state, **after},
    )
