"""The mails of registration, a function a mail, each into the outbox. Service mail only."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.urls import reverse

from clock.words import date_range_words
from events import doors
from events.calendar import end_of_day
from events.models import Conference
from mailing import links as addresses
from mailing import outbox, policy
from mailing.models import Mail
from registrations.account import Account
from registrations.models import (
    Booking,
    Credential,
    DelegateLink,
    Interest,
    Invoice,
    JoiningInstructions,
    Line,
    Payment,
    Place,
    PlaceRequest,
    Refund,
    ServiceMail,
)


def _facts(booking: Booking, account: Account | None, places: Sequence[Place] | None) -> dict:
    """What every mail says of a booking; its places and account are asked for where not known."""
    if places is None:
        places = list(booking.places.order_by("position", "pk"))
    account = account or booking.account
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for line in booking.lines.filter(cancelled_at__isnull=True).order_by("pk"):
        lines[line.place_id].append(line)
    rows = [{"who": str(row), "lines": lines[row.pk]} for row in places if row.cancelled_at is None]
    return {
        "booking": booking,
        "conference": booking.conference,
        "places": rows,
        "total": account.charged,
        "received": account.paid,
        "refunded": account.refunded,
        "balance": account.balance,
        "owing": account.owing,
        "to_give_back": account.to_give_back,
        "unnamed": sum(1 for place in places if not place.name and place.cancelled_at is None),
        "booked_at": doors.in_words(booking.submitted_at),
    }


def _put(
    booking: Booking,
    template: str,
    *,
    key: str,
    subject: str,
    at: dt.datetime,
    account: Account | None = None,
    places: Sequence[Place] | None = None,
    **more,
) -> None:
    if not booking.contact_email:
        return
    outbox.put(
        key=key,
        to=booking.contact_email,
        to_name=booking.contact_name,
        subject=subject,
        template=f"registrations/{template}",
        context={**_facts(booking, account, places), **more},
        kind=policy.RECEIPT,
        reply_to=booking.conference.contact_email,
        conference=booking.conference.slug,
        at=at,
    )


def link(token: str) -> str:
    """The address of a personal page."""
    return addresses.site(reverse("registrations:booking", args=[token]))


def receipt(
    booking: Booking, places: Sequence[Place], account: Account, *, token: str, at: dt.datetime
) -> None:
    """Booked: the reference, what it costs, what happens next, the personal link."""
    _put(
        booking,
        "receipt",
        key=f"booking:{booking.pk}:receipt",
        subject=f"Your booking {booking.reference}: {booking.conference.title}",
        at=at,
        account=account,
        places=places,
        link=link(token),
    )


def walked_in(booking: Booking, *, token: str, at: dt.datetime) -> None:
    """Booked in at the door: what was paid and how, or that an invoice comes."""
    _put(
        booking,
        "walked_in",
        key=f"booking:{booking.pk}:receipt",
        subject=f"Your place and receipt {booking.reference}: {booking.conference.title}",
        at=at,
        payments=list(booking.payments.counting()),
        link=link(token),
    )


def changed(booking: Booking, *, what: str, at: dt.datetime) -> None:
    """Something in the booking changed: what, and what it now comes to."""
    _put(
        booking,
        "changed",
        key=f"booking:{booking.pk}:changed:{booking.version}",
        subject=f"Your booking {booking.reference} was changed",
        at=at,
        what=what,
    )


def cancelled(booking: Booking, *, at: dt.datetime) -> None:
    """The whole booking was cancelled."""
    _put(
        booking,
        "cancelled",
        key=f"booking:{booking.pk}:cancelled",
        subject=f"Your booking {booking.reference} is cancelled",
        at=at,
    )


def payment(booking: Booking, row: Payment, *, at: dt.datetime) -> None:
    """A payment was recorded, or a cheque bounced."""
    bounced = row.state == Payment.State.BOUNCED
    words = "Your cheque was returned by the bank" if bounced else "We have received your payment"
    _put(
        booking,
        "payment",
        key=f"payment:{row.pk}:{row.state}",
        subject=f"{words}: booking {booking.reference}",
        at=at,
        payment=row,
        bounced=bounced,
    )


def invoice(booking: Booking, row: Invoice, *, token: str, at: dt.datetime) -> None:
    """An invoice or a credit note waits on the booking's page; it is not in the mail itself."""
    name = row.get_kind_display().capitalize()
    _put(
        booking,
        "invoice",
        key=f"invoice:{row.pk}:{at.isoformat()}",
        subject=f"{name} {row.label}: booking {booking.reference}",
        at=at,
        invoice=row,
        is_credit_note=row.kind == Invoice.Kind.CREDIT_NOTE,
        link=link(token),
    )


def refund(booking: Booking, row: Refund, *, at: dt.datetime) -> None:
    """Money went back."""
    _put(
        booking,
        "refund",
        key=f"refund:{row.pk}",
        subject=f"We have refunded £{row.amount:.2f}: booking {booking.reference}",
        at=at,
        refund=row,
    )


def code(booking: Booking, *, code: str, number: int, at: dt.datetime) -> None:
    """The fresh code that opens a personal page."""
    outbox.put(
        key=f"booking-code:{number}",
        to=booking.contact_email,
        to_name=booking.contact_name,
        subject=f"Your code for booking {booking.reference}",
        template="registrations/code",
        context={"booking": booking, "code": code},
        kind=policy.SECURITY,
        pointless_after=at + dt.timedelta(minutes=15),
        at=at,
    )


def links(address: str, tokens: Sequence[tuple[Booking, str]], *, at: dt.datetime) -> None:
    """'Send me my links again': one mail with a link for each booking."""
    first = tokens[0][0]
    outbox.put(
        key=f"booking-links:{first.pk}:{at.isoformat()}",
        to=address,
        to_name=first.contact_name,
        subject="The links to your bookings",
        template="registrations/links",
        context={"bookings": [(booking, link(token)) for booking, token in tokens]},
        kind=policy.RECEIPT,
        at=at,
    )


def interest(row: Interest, *, token: str, again: bool, at: dt.datetime) -> None:
    """Please confirm that you registered your interest; or: you already have."""
    outbox.put(
        key=f"interest:{row.pk}:{at.isoformat()}",
        to=row.email,
        to_name=row.name,
        subject=f"{'On the list' if again else 'Please confirm'}: {row.conference.title}",
        template="registrations/interest",
        context={
            "interest": row,
            "conference": row.conference,
            "again": again,
            "link": addresses.site(reverse("registrations:confirm_interest", args=[token])),
        },
        kind=policy.RECEIPT,
        conference=row.conference.slug,
        at=at,
    )


def status_changed(conference: Conference, *, people: Mapping[str, str], at: dt.datetime) -> int:
    """The conference is postponed, cancelled or on again: one mail an address."""
    title, status = conference.title, conference.get_status_display()
    is_on = conference.has_open_doors
    letters = [
        outbox.Letter(
            key=f"status:{conference.pk}:{conference.status}:{at.isoformat()}:{address}",
            to=address,
            to_name=name,
            subject=f"{'On again' if is_on else status.capitalize()}: {title}",
            context={
                "conference": conference,
                "is_on": is_on,
                "is_cancelled": conference.status == Conference.Status.CANCELLED,
                "link": addresses.site(conference.get_absolute_url()),
                "bookings": addresses.site(reverse("registrations:resend")),
            },
            reply_to=conference.contact_email,
        )
        for address, name in people.items()
    ]
    return outbox.put_many(
        letters,
        template="registrations/status",
        kind=policy.NOTICE,
        conference=conference.slug,
        at=at,
    )


def _to_one_of_group(row: ServiceMail, address: str, name: str) -> outbox.Letter:
    """What staff typed is a value here, never a template: no placeholder in it is filled in."""
    return outbox.Letter(
        key=f"{row.key_of_mails}{hashlib.sha256(address.encode()).hexdigest()[:32]}",
        to=address,
        to_name=name,
        subject=row.subject,
        context={"words": row.text, "conference": row.conference},
        reply_to=row.conference.contact_email,
    )


def to_group(row: ServiceMail, people: Mapping[str, str], *, at: dt.datetime) -> int:
    """A message of the staff to a group, one mail an address."""
    return outbox.put_many(
        (_to_one_of_group(row, address, name) for address, name in people.items()),
        template="registrations/service",
        kind=policy.NOTICE,
        urgency=policy.BULK,
        not_before=row.leaves_at,
        conference=row.conference.slug,
        at=at,
    )


def to_group_preview(row: ServiceMail, address: str, name: str, *, at: dt.datetime) -> Mail:
    """The same as one of them would read it."""
    return outbox.preview(
        _to_one_of_group(row, address, name),
        template="registrations/service",
        kind=policy.NOTICE,
        conference=row.conference.slug,
        at=at,
    )


def request_decided(row: PlaceRequest, *, at: dt.datetime) -> None:
    """More places for a delegation were granted or refused: to the officer who asked."""
    delegation = row.delegation
    is_granted = row.state == PlaceRequest.State.GRANTED
    words = "More places for" if is_granted else "No more places for"
    outbox.put(
        key=f"place-request:{row.pk}:{row.state}",
        to=row.asked_by.email,
        to_name=row.asked_by.name,
        subject=f"{words} {delegation.organisation}: {delegation.conference.title}",
        template="registrations/request_decided",
        context={
            "request": row,
            "delegation": delegation,
            "is_granted": is_granted,
            "link": addresses.site(delegation.get_absolute_url()),
        },
        kind=policy.RECEIPT,
        reply_to=delegation.conference.contact_email,
        conference=delegation.conference.slug,
        at=at,
    )


def delegate_asked(row: DelegateLink, *, token: str, at: dt.datetime) -> None:
    """Please tell us what only you know: the delegate's own link."""
    booking = row.place.booking
    outbox.put(
        key=f"delegate-link:{row.pk}",
        to=row.address,
        to_name=row.place.name,
        subject=f"Please tell us about you: {booking.conference.title}",
        template="registrations/delegate_asked",
        context={
            "place": row.place,
            "booking": booking,
            "conference": booking.conference,
            "until": row.expires_at,
            "link": addresses.site(reverse("registrations:delegate", args=[token])),
        },
        kind=policy.NOTICE,
        pointless_after=row.expires_at,
        reply_to=booking.conference.contact_email,
        conference=booking.conference.slug,
        at=at,
    )


def joining_letter(
    badge: Credential, row: JoiningInstructions, *, key: str, token: str, again: bool
) -> outbox.Letter:
    """One person's letter of a mailing of joining instructions. It never names the venue."""
    conference, place = row.conference, badge.place
    words = "Changed: joining" if again else "Joining"
    return outbox.Letter(
        key=key,
        to=place.email,
        to_name=place.name,
        subject=f"{words} instructions for {conference.title}",
        context={
            "conference": conference,
            "place": place,
            "booking": place.booking,
            "again": again,
            "when": date_range_words(conference.starts_on, conference.ends_on)
            if conference.starts_on
            else "",
            "link": addresses.site(reverse("registrations:joining", args=[token])),
            "own_page": addresses.site(reverse("registrations:delegate", args=[token])),
        },
        pointless_after=end_of_day(conference.ends_on) if conference.ends_on else None,
        reply_to=conference.contact_email,
    )


def joining(conference: Conference, letters: Sequence[outbox.Letter], *, at: dt.datetime) -> int:
    """Joining instructions to everybody who comes; says how many mails were new."""
    return outbox.put_many(
        letters,
        template="registrations/joining",
        kind=policy.NOTICE,
        conference=conference.slug,
        at=at,
    )


def joining_preview(letter: outbox.Letter, conference: Conference, *, at: dt.datetime) -> str:
    """The words of such a mail as its recipient would read them."""
    made = outbox.preview(
        letter,
        template="registrations/joining",
        kind=policy.NOTICE,
        conference=conference.slug,
        at=at,
    )
    return f"{made.subject}\n\n{made.text}"
