"""Personal links and the fresh codes they ask for.

A link says which booking; it shows nothing private. A six-figure code mailed to the contact a
moment ago does. Both are stored as hashes only, expire, and are bound to their purpose.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

import clock
from registrations import emails
from registrations.models import AccessCode, AccessKey, Booking

LINK_LASTS = dt.timedelta(days=400)
CODE_LASTS = dt.timedelta(minutes=15)
MOST_TRIES = 5
MOST_CODES_AN_HOUR = 5


def hashed(token: str) -> str:
    """What is stored of a link's token: 192 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def _code_hash(booking: Booking, code: str) -> str:
    """Six figures can be guessed from a bare hash, so this one needs the site's secret key too."""
    return salted_hmac("registrations.access-code", f"{booking.pk}:{code}").hexdigest()


def issue(*, booking: Booking, at: dt.datetime) -> str:
    """A new link's token for a booking; links mailed before stay good."""
    token = secrets.token_urlsafe(24)
    AccessKey.objects.create(
        booking=booking, key_hash=hashed(token), created_at=at, expires_at=at + LINK_LASTS
    )
    return token


def booking_of(token: str, *, at: dt.datetime) -> Booking | None:
    """The booking a link leads to; None for a wrong or expired one."""
    key = (
        AccessKey.objects.filter(key_hash=hashed(token), expires_at__gt=at)
        .select_related("booking__conference")
        .first()
    )
    return key.booking if key else None


@transaction.atomic
def send_code(*, booking: Booking, at: dt.datetime) -> None:
    """Mail a fresh code to the booking's contact.

    Says nothing when too many were asked for in an hour: the page's answer is the same.
    """
    Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    recent = booking.codes.filter(created_at__gt=at - dt.timedelta(hours=1)).count()
    if recent >= MOST_CODES_AN_HOUR or not booking.contact_email:
        return
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = AccessCode.objects.create(
        booking=booking,
        code_hash=_code_hash(booking, code),
        created_at=at,
        expires_at=at + CODE_LASTS,
    )
    emails.code(booking, code=code, number=row.pk, at=at)


def use_code(*, booking: Booking, code: str, at: dt.datetime) -> None:
    """Accept the newest code once; five wrong tries end it. Raises ValidationError.

    The try is counted before the answer is given and stays counted when the code was wrong: it must
    not be rolled back with the refusal.
    """
    with transaction.atomic():
        row = booking.codes.select_for_update(no_key=True).order_by("-created_at", "-pk").first()
        usable = (
            row is not None
            and row.used_at is None
            and row.tries < MOST_TRIES
            and at < row.expires_at
        )
        right = usable and constant_time_compare(
            row.code_hash, _code_hash(booking, code.replace(" ", ""))
        )
        if usable:
            row.tries += 1
            row.used_at = at if right else None
            row.save(update_fields=["tries", "used_at"])
    if not right:
        raise ValidationError(
            "That is not the newest code we sent, or it has run out. Check the figures, or ask "
            "for a new code.",
            code="wrong_code",
        )


@transaction.atomic
def resend(*, email: str, at: dt.datetime) -> None:
    """Mail links to every coming booking of an address, in one mail; none there: nothing happens.

    One mail an hour at most, however often it is asked for.
    """
    address = email.strip().lower()
    found = Booking.objects.submitted().filter(contact_email=address).select_related("conference")
    today = clock.in_london(at).date()
    bookings = [
        row for row in found if row.conference.ends_on is None or row.conference.ends_on >= today
    ]
    if not bookings or _asked_lately(bookings, at):
        return
    tokens = [(booking, issue(booking=booking, at=at)) for booking in bookings]
    emails.links(address, tokens, at=at)


def _asked_lately(bookings: list[Booking], at: dt.datetime) -> bool:
    """Was a link issued within the hour, apart from the one of the booking itself?"""
    recent = AccessKey.objects.filter(
        booking__in=bookings, created_at__gt=at - dt.timedelta(hours=1)
    ).select_related("booking")
    return any(
        # a draft's own link comes when it is submitted, a paper booking's when it is entered
        key.created_at > max(key.booking.created_at, key.booking.submitted_at)
        for key in recent
    )
