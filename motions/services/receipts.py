"""Giving receipts: the next number of the conference, the full text, a mail to everyone due one."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.urls import reverse

import clock
from events.doors import in_words
from events.models import Conference
from mailing import outbox
from mailing.policy import RECEIPT
from members.models import Officeholding, Organisation, User
from motions.models import Receipt, ReceiptBook


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody without a sign-in who is due a receipt; `path` is their own page, '' for none."""

    address: str
    name: str
    path: str = ""


def earlier(key: uuid.UUID | None) -> Receipt | None:
    """The receipt an identical form was already given, so that a second post changes nothing."""
    if key is None:
        return None
    return Receipt.objects.filter(idempotency_key=key).first()


def next_number(conference: Conference) -> int:
    """The next receipt number of a conference; its book stays locked until the transaction ends."""
    book = locked_book(conference)
    book.last_number += 1
    book.save(update_fields=["last_number"])
    return book.last_number


def locked_book(conference: Conference) -> ReceiptBook:
    """The conference's book of numbers, locked until the transaction ends. Lock it last."""
    ReceiptBook.objects.get_or_create(conference=conference)
    return ReceiptBook.objects.select_for_update().get(conference=conference)


def give(
    *,
    to: User | None,
    kind: Receipt.Kind,
    conference: Conference,
    organisation: Organisation | None,
    about: dict[str, object],
    title: str,
    text: str,
    at: dt.datetime,
    key: uuid.UUID | None = None,
    note: str = "",
    is_secret: bool = False,
    mailed_at: dt.datetime | None = None,
    outsider: Outsider | None = None,
) -> Receipt:
    """Write the receipt and put its mail in the outbox, one for each person due one.

    `about` names the one thing it is for (`{"motion": motion}`); `at` is the instant that counts.
    What came on paper counts from its receipt but is mailed at `mailed_at`, to those in office then:
    a mail dated weeks back would be given up at the first 'try again later' of a relay.
    `is_secret` keeps the title out of the subject line. `outsider` is somebody without a sign-in,
    whose own page is behind their personal link. Call it last: it locks the receipt book.
    """
    receipt = Receipt.objects.create(
        conference=conference,
        number=next_number(conference),
        kind=kind,
        organisation=organisation,
        at=at,
        given_to=to,
        title=title[: Receipt._meta.get_field("title").max_length],
        text=text,
        idempotency_key=key or uuid.uuid4(),
        **about,
    )
    subject = f"Receipt {receipt.number}: {receipt.get_kind_display()}"
    now = mailed_at or at
    page = reverse("motions:receipt", args=[conference.slug, receipt.number])
    people = recipients(organisation=organisation, author=to, at=now)
    if outsider is not None:
        people.setdefault(outsider.address.lower(), outsider.name)
        page = outsider.path
    for address, name in people.items():
        outbox.put(
            key=f"motions:receipt:{receipt.pk}:{address}",
            to=address,
            to_name=name,
            subject=subject if is_secret else f"{subject} – {title}",
            template="motions/receipt",
            context={
                "receipt": receipt,
                "conference": conference,
                "organisation": organisation,
                "when": in_words(at),
                "note": note,
                "by": to or (outsider.name if outsider else ""),
                "path": page,
            },
            kind=RECEIPT,
            at=now,
            conference=conference.slug,
        )
    return receipt


def recipients(
    *, organisation: Organisation | None, author: User | None, at: dt.datetime
) -> dict[str, str]:
    """Address → name: the author, the body's officers who send business, its shared mailbox."""
    found = {author.email.lower(): author.get_full_name()} if author else {}
    if organisation is None:
        return found
    on = clock.in_london(at).date()
    holdings = (
        Officeholding.objects.in_force(on)
        .filter(organisation=organisation, office__may_submit=True, user__is_active=True)
        .select_related("user")
    )
    for holding in holdings:
        found.setdefault(holding.user.email.lower(), holding.user.get_full_name())
    if organisation.contact_email:
        found.setdefault(organisation.contact_email.lower(), organisation.name)
    return found
