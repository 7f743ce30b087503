"""Who is spared which mail: added and lifted, never deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from mailing import cleaning, hooks, policy
from mailing.models import Mail, Suppression

_MAY_UNSUBSCRIBE_FROM = (policy.SCOPE_REMINDERS, policy.SCOPE_MARKETING, policy.SCOPE_FOLLOWING)


@transaction.atomic
def suppress(
    *, by: Any, address: str, scope: str, reason: str, note: str, at: dt.datetime
) -> Suppression:
    """Spare an address a kind of mail (staff, or the relay's report of a bounce or complaint).

    Repeating it returns the row in force. Raises ValidationError for an address that is none, or
    for staff who give no reason in words.
    """
    address = cleaning.address(address)
    validate_email(address)
    note = cleaning.header(note, longest=300)
    if reason == Suppression.Reason.BY_STAFF and not note:
        raise ValidationError({"note": "Say why, so that a colleague can lift it again later."})
    row, is_new = Suppression.objects.get_or_create(
        address=address,
        scope=scope,
        lifted_at=None,
        defaults={
            "reason": reason,
            "note": note,
            "added_by": str(by or "the system")[:254],
            "created_at": at,
        },
    )
    if is_new:
        hooks.audit(by=by, action="suppression.added", on=row, at=at, reason=note or reason)
    return row


@transaction.atomic
def lift(*, by: Any, suppression: Suppression, note: str, at: dt.datetime) -> Suppression:
    """Let mail go to this address again. Raises ValidationError if lifted before or unexplained."""
    note = cleaning.header(note, longest=300)
    if not note:
        raise ValidationError({"note": "Say why mail may go to this address again."})
    row = Suppression.objects.select_for_update().get(pk=suppression.pk)
    if row.lifted_at is not None:
        raise ValidationError("This was lifted already; mail goes to the address again.")
    row.lifted_at, row.lifted_by = at, str(by or "the system")[:254]
    row.save()
    hooks.audit(by=by, action="suppression.lifted", on=row, at=at, reason=note)
    return row


@transaction.atomic
def unsubscribe(*, message_id: str, at: dt.datetime) -> None:
    """The reader of this mail wants no more of its kind. Twice is once; an erased mail is fine."""
    mail = _mail_of(message_id)
    if mail is None:
        return
    Suppression.objects.get_or_create(
        address=mail.to_address,
        scope=mail.unsubscribe_scope,
        lifted_at=None,
        defaults={"reason": Suppression.Reason.UNSUBSCRIBED, "created_at": at},
    )


@transaction.atomic
def resubscribe(*, message_id: str, at: dt.datetime) -> None:
    """The reader changed their mind. Lifts only what they asked for themself, never a bounce."""
    mail = _mail_of(message_id)
    if mail is not None:
        want_again(address=mail.to_address, scope=mail.unsubscribe_scope, at=at)


@transaction.atomic
def want_again(*, address: str, scope: str, at: dt.datetime) -> None:
    """The reader asks on the site for what they had unsubscribed from. Never lifts a bounce."""
    Suppression.objects.in_force().filter(
        address=cleaning.address(address),
        scope=scope,
        reason=Suppression.Reason.UNSUBSCRIBED,
    ).update(lifted_at=at, lifted_by="the reader")


def _mail_of(message_id: str) -> Mail | None:
    return Mail.objects.filter(
        message_id=message_id, unsubscribe_scope__in=_MAY_UNSUBSCRIBE_FROM
    ).first()
