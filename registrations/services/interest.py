"""'Register your interest': open to supporters who are no members, confirmed by mail."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from events import doors
from events.calendar import end_of_day
from events.models import Conference, Deadline
from members import audit
from members.models import Region, User
from members.services.consents import NEWS_WORDS, agree_to_news
from registrations import emails
from registrations.models import Interest
from registrations.services.links import hashed

MARKETING_WORDS = NEWS_WORDS
# However often a form is sent, one mail in this time goes to an address.
MAIL_REST = dt.timedelta(minutes=10)


def require_open(conference: Conference, *, at: dt.datetime) -> None:
    """Refuse when this conference takes no interest now. Raises ValidationError."""
    if conference.attendance != Conference.Attendance.INTEREST:
        raise ValidationError("Places for this conference are booked instead.", code="booking")
    deadline = conference.deadlines.filter(kind=Deadline.Kind.VISITOR_REGISTRATION).first()
    if deadline is not None:
        doors.require_open(doors.lock(deadline), at=at)
    elif not conference.has_open_doors:
        state = conference.get_status_display()
        raise ValidationError(f"{conference.title} is {state}.", code="halted")
    last_day = conference.ends_on
    if last_day is not None and at >= end_of_day(last_day):
        raise ValidationError(f"{conference.title} is over.", code="closed")


def closing(conference: Conference) -> dt.datetime | None:
    """The first instant at which an interest comes too late; None where none is known."""
    deadline = conference.deadlines.filter(kind=Deadline.Kind.VISITOR_REGISTRATION).first()
    return deadline.closing if deadline else None


@transaction.atomic
def register(
    *,
    conference: Conference,
    name: str,
    email: str,
    region: Region | None,
    is_member: bool,
    wants_marketing: bool,
    at: dt.datetime,
    key: uuid.UUID,
) -> None:
    """Note the interest and mail a link to confirm it.

    Answers the same whether the address was known, and tells the address itself the difference.
    Raises ValidationError when the door is closed.
    """
    require_open(conference, at=at)
    Conference.objects.select_for_update(no_key=True, of=("self",)).get(pk=conference.pk)
    if Interest.objects.filter(idempotency_key=key).exists():
        return
    address, token = email.strip().lower(), secrets.token_urlsafe(24)
    row = Interest.objects.filter(conference=conference, email=address).first()
    again = row is not None and row.confirmed_at is not None and row.withdrawn_at is None
    if row is not None and at - row.registered_at < MAIL_REST:
        return
    row = row or Interest(conference=conference, email=address)
    if not again:
        row.name, row.region, row.is_member = name.strip(), region, is_member
        row.wants_marketing = wants_marketing
        row.confirmed_at = row.withdrawn_at = None
    row.registered_at, row.idempotency_key, row.key_hash = at, key, hashed(token)
    row.full_clean(validate_unique=False)
    row.save()
    emails.interest(row, token=token, again=again, at=at)


@transaction.atomic
def enter_from_paper(
    *,
    by: User,
    conference: Conference,
    name: str,
    email: str,
    region: Region | None,
    is_member: bool,
    wants_marketing: bool,
    received_at: dt.datetime,
    at: dt.datetime,
    key: uuid.UUID,
) -> Interest:
    """Note an interest that came by post or e-mail, as of its receipt, which judges the deadline.

    A signed form needs no link to confirm it, so it counts at once; the person is written to that
    they are on the list and how to take it back. Raises ValidationError when the door was closed at
    the receipt, the receipt is still to come, or the address is on the list already.
    """
    if received_at > at:
        raise ValidationError("It cannot have come later than now.", code="received_at")
    require_open(conference, at=received_at)
    Conference.objects.select_for_update(no_key=True, of=("self",)).get(pk=conference.pk)
    address, token = email.strip().lower(), secrets.token_urlsafe(24)
    row = Interest.objects.filter(conference=conference, email=address).first()
    if row is not None and row.idempotency_key == key:
        return row
    if row is not None and row.confirmed_at is not None and row.withdrawn_at is None:
        raise ValidationError("This address is on the list already.", code="known")
    row = row or Interest(conference=conference, email=address)
    row.name, row.region, row.is_member = name.strip(), region, is_member
    row.wants_marketing, row.confirmed_at, row.withdrawn_at = wants_marketing, received_at, None
    row.registered_at, row.idempotency_key, row.key_hash = received_at, key, hashed(token)
    row.full_clean(validate_unique=False)
    row.save()
    _note_consent(row, at=received_at)
    audit.record(
        by=by, action="interest.entered", on=row, at=at, after={"received_at": received_at}
    )
    emails.interest(row, token=token, again=True, at=at)
    return row


def find(token: str) -> Interest | None:
    """The interest a link speaks of."""
    return Interest.objects.filter(key_hash=hashed(token)).select_related("conference").first()


@transaction.atomic
def confirm(*, interest: Interest, at: dt.datetime) -> Interest:
    """The link was followed and the button pressed: it counts now. Twice is once."""
    row = Interest.objects.select_for_update(no_key=True, of=("self",)).get(pk=interest.pk)
    if row.confirmed_at is None:
        row.confirmed_at, row.withdrawn_at = at, None
        row.save(update_fields=["confirmed_at", "withdrawn_at"])
        _note_consent(row, at=at)
    return row


def _note_consent(row: Interest, *, at: dt.datetime) -> None:
    """Whoever ticked that they want news gave their consent with the interest itself."""
    if not row.wants_marketing:
        return
    agree_to_news(address=row.email, source=f"interest in {row.conference.slug}", at=at)


@transaction.atomic
def withdraw(*, interest: Interest, at: dt.datetime) -> Interest:
    """No longer interested: nothing more is mailed about this conference."""
    row = Interest.objects.select_for_update(no_key=True, of=("self",)).get(pk=interest.pk)
    if row.confirmed_at is not None and row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
    return row
