"""Writing to a group of those who booked: once, ten minutes after it was confirmed.

No second person has to agree, since a message that has to go on the morning of a strike cannot wait
for one. Instead the mails wait ten minutes in the outbox, where any registrations officer can stop
them; what was written, to whom and by whom stays.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

import clock
from events.models import Conference
from mailing.services import deciding
from members import audit
from members.models import Organisation, User
from registrations import emails, service_groups
from registrations.models import ServiceMail

WAIT = dt.timedelta(minutes=10)
#: The same words to the same group are the same message for so long.
SAME = dt.timedelta(days=1)


@transaction.atomic
def send(
    *,
    by: User,
    conference: Conference,
    group: str,
    subject: str,
    text: str,
    expected: int,
    at: dt.datetime,
    key: uuid.UUID,
    organisation: Organisation | None = None,
) -> ServiceMail:
    """Put one mail an address into the outbox, to leave in ten minutes. The same key twice is once.

    `expected`: how many addresses the preview showed. Raises ValidationError: `changed` when there
    are more or fewer now, `nobody`, `already` when the group was sent the same words within a day.
    """
    Conference.objects.select_for_update(no_key=True, of=("self",)).get(pk=conference.pk)
    already = ServiceMail.objects.filter(idempotency_key=key).first()
    if already is not None:
        return already
    people = service_groups.reach(conference, group, organisation).people
    _require_as_shown(len(people), expected)
    row = ServiceMail(
        conference=conference,
        group=group,
        organisation=organisation,
        subject=" ".join(subject.split()),
        text=text.strip(),
        recipients=len(people),
        sent_by=by,
        sent_at=at,
        leaves_at=at + WAIT,
        idempotency_key=key,
    )
    _require_new(row, at)
    row.full_clean(validate_unique=False)
    row.save(force_insert=True)
    emails.to_group(row, people, at=at)
    _record(by, row, "servicemail.sent", at)
    return row


def _require_as_shown(number: int, expected: int) -> None:
    if not number:
        raise ValidationError("Nobody in this group can be written to.", code="nobody")
    if number != expected:
        raise ValidationError(
            f"The group has changed meanwhile: {number} addresses, not {expected}. Look again, and "
            "confirm if you agree.",
            code="changed",
        )


def _require_new(row: ServiceMail, at: dt.datetime) -> None:
    """Another form with the same words is most often the same person in doubt."""
    same = ServiceMail.objects.filter(
        conference=row.conference,
        group=row.group,
        organisation=row.organisation,
        subject=row.subject,
        text=row.text,
        stopped_at=None,
        sent_at__gt=at - SAME,
    ).first()
    if same is not None:
        when = f"{clock.in_london(same.sent_at):%A %-d %B at %H:%M} UK time"
        raise ValidationError(
            f"This message was confirmed for this group on {when}. If it has to go again, say in "
            "it why.",
            code="already",
        )


@transaction.atomic
def stop(*, by: User, message: ServiceMail, at: dt.datetime) -> int:
    """Cancel the mails that have not left; says how many. Stopping twice is once.

    Raises ValidationError: `gone` when none is left to stop.
    """
    row = ServiceMail.objects.select_for_update(no_key=True, of=("self",)).get(pk=message.pk)
    if row.stopped_at is not None:
        return 0
    stopped = deciding.cancel_all(
        by=by, keys_begin=row.key_of_mails, reason="the message was stopped", at=at
    )
    if not stopped:
        raise ValidationError("All of it has left already.", code="gone")
    row.stopped_by, row.stopped_at = by, at
    row.save(update_fields=["stopped_by", "stopped_at"])
    _record(by, row, "servicemail.stopped", at, stopped=stopped)
    return stopped


def _record(by: User, row: ServiceMail, action: str, at: dt.datetime, **more: int) -> None:
    audit.record(
        by=by,
        action=action,
        on=row,
        organisation=row.organisation,
        at=at,
        after={
            "conference": row.conference.slug,
            "group": row.group,
            "addresses": row.recipients,
            **more,
        },
    )
