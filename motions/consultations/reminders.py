"""Whom the deadlines of consultations concern: bodies that have sent nothing, drafts not sent in.

What was sent in after the instant asked about does not count as done, so that the replay can walk
the past. A body that announced that it will be late has answered the question: it is left in peace.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from events.models import Deadline
from events.reminders.audiences import Asked, Recipient, register
from events.reminders.officers import officers_of
from members.models import Organisation
from members.rules import Deed
from motions.consultations.models import Consultation, LateNotice, PolicySubmission

Kind = PolicySubmission.Kind


def bodies_not_answered(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """The officers of bodies that have sent nothing to a consultation with this deadline."""
    rows = Consultation.objects.filter(deadline=deadline).select_related("deadline__conference")
    for consultation in rows:
        yield from officers_of(
            _without(consultation, at),
            deed=Deed.SUBMIT,
            asked=asked,
            at=at,
            why=f"{{body}} has not sent a submission yet: {consultation.title}.",
            path=consultation.get_absolute_url(),
        )


def _without(consultation: Consultation, at: dt.datetime):
    sent = PolicySubmission.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at),
        consultation=consultation,
        organisation=OuterRef("pk"),
        submitted_at__lte=at,
    )
    late = LateNotice.objects.filter(
        consultation=consultation, organisation=OuterRef("pk"), announced_at__lte=at
    )
    return Organisation.objects.active().filter(
        ~Exists(sent), ~Exists(late), kind__in=consultation.sender_kinds
    )


def drafts_not_sent(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """Those who wrote a draft that is not sent in: it does not count until it is."""
    rows = PolicySubmission.objects.filter(
        consultation__deadline=deadline,
        state=PolicySubmission.State.DRAFT,
        created_at__lte=at,
    ).select_related("created_by", "organisation", "consultation__deadline__conference")
    if asked.organisation is not None:
        rows = rows.filter(organisation=asked.organisation)
    if asked.address:
        rows = rows.filter(
            Q(created_by__email=asked.address) | Q(created_by=None, email=asked.address)
        )
    rows = rows.filter(Q(created_by=None) | Q(created_by__is_active=True))
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        yield _of_draft(row)


def _of_draft(row: PolicySubmission) -> Recipient:
    person = row.created_by
    whose = f"the draft of {row.organisation}" if row.organisation else "your draft"
    path = row.consultation.get_absolute_url()
    return Recipient(
        address=person.email if person else row.email,
        name=person.name if person else row.name,
        why=f"{row.consultation.title}: {whose} counts only once it is sent in.",
        path=path,
        organisation_id=row.organisation_id,
    )


def register_audiences() -> None:
    """Answer for the deadlines of consultations. The more particular sentence speaks first."""
    for kind in (Deadline.Kind.POLICY_SUBMISSIONS, Deadline.Kind.CONSULTATION):
        register(kind, drafts_not_sent)
        register(kind, bodies_not_answered)
