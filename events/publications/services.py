"""Verbs of publications: a version is added, one is asked for by the form, one is taken."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

import clock
from events.models import (
    DownloadTally,
    Publication,
    PublicationRequest,
    PublicationVersion,
)
from events.publications import emails, registrants, tickets
from events.services.public_pages import mark_changed
from events.uploads import pages_of
from members import audit
from members.models import Region, User
from members.personal_data import Person
from members.services.consents import agree_to_news

#: How long a mailed link serves; the mail and the page say until when.
LINK_LASTS = dt.timedelta(days=14)
#: However often the form is sent, one mail in this time goes to an address.
MAIL_REST = dt.timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class NewVersion:
    """What staff say of a file they add."""

    document: ContentFile
    note: str = ""
    pages: int | None = None
    offered_from: dt.datetime | None = None


@transaction.atomic
def add_version(
    *, by: User | None, publication: Publication, given: NewVersion, at: dt.datetime, key: uuid.UUID
) -> PublicationVersion:
    """Add the next version. The same form sent twice adds one.

    Raises ValidationError when its pages are neither told nor to be read off the file.
    """
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if already := PublicationVersion.objects.filter(form_key=key).first():
        return already
    content = given.document.read()
    last = publication.versions.order_by("-number").first()
    pages = given.pages or pages_of(content)
    if not pages:
        raise ValidationError({"pages": "We cannot read off how many pages it has. Say how many."})
    version = PublicationVersion(
        publication=publication,
        number=last.number + 1 if last else 1,
        size=len(content),
        pages=pages,
        note=" ".join(given.note.split()),
        offered_from=given.offered_from or at,
        added_by=by,
        added_at=at,
        form_key=key,
    )
    version.document.save("publication.pdf", ContentFile(content), save=False)
    version.save()
    audit.record(
        by=by,
        action="publication.version_added",
        on=publication,
        at=at,
        after={"version": version.number, "offered_from": version.offered_from},
    )
    mark_changed()
    return version


def hashed(token: str) -> str:
    """What is stored of a link's token: 192 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def ask(
    *,
    publication: Publication,
    name: str,
    email: str,
    region: Region | None,
    wants_news: bool,
    at: dt.datetime,
    key: uuid.UUID,
) -> None:
    """Note who asked for it by the form, and mail them a link that lives for `LINK_LASTS`.

    Whoever asks again gets another link, and the one before ends. Answers the same whether the
    address was known.
    """
    Publication.objects.select_for_update(no_key=True, of=("self",)).get(pk=publication.pk)
    if PublicationRequest.objects.filter(form_key=key).exists():
        return
    address, token = email.strip().lower(), secrets.token_urlsafe(24)
    row = PublicationRequest.objects.filter(publication=publication, email=address).first()
    if row is not None and at - row.asked_at < MAIL_REST:
        return
    row = row or PublicationRequest(publication=publication, email=address)
    row.name, row.region = " ".join(name.split()), region
    row.wants_news = wants_news or row.news_confirmed_at is not None
    row.asked_at, row.link_until, row.form_key = at, at + LINK_LASTS, key
    row.key_hash = hashed(token)
    row.full_clean(validate_unique=False)
    row.save()
    emails.link(row, token=token, at=at)


def find(token: str) -> PublicationRequest | None:
    """The request that a mailed link speaks of."""
    rows = PublicationRequest.objects.select_related("publication")
    return rows.filter(key_hash=hashed(token)).first()


@transaction.atomic
def confirm_news(*, request: PublicationRequest, at: dt.datetime) -> None:
    """Whoever reads the mail says that they want news, as was ticked on the form. Twice is once."""
    row = PublicationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not row.wants_news or row.news_confirmed_at is not None:
        return
    row.news_confirmed_at = at
    row.save(update_fields=["news_confirmed_at"])
    source = f"publication {row.publication.slug}"
    agree_to_news(address=row.email, source=source, at=at)


@transaction.atomic
def send_to_registrant(*, publication: Publication, email: str, at: dt.datetime) -> None:
    """Mail a link to an address that is registered for the conference; nothing to any other.

    Nothing is noted of it, and one mail an hour goes to an address however often it is asked for.
    """
    address = email.strip().lower()
    if not registrants.is_registered(publication.conference, Person.at_address(address)):
        return
    until = at + LINK_LASTS
    ticket = tickets.give(publication, DownloadTally.Way.LINK, until=until)
    emails.registrants_link(publication, address, ticket=ticket, until=until, at=at)


@transaction.atomic
def count(*, version: PublicationVersion, way: DownloadTally.Way, at: dt.datetime) -> None:
    """A version was taken: one more on this day by this way, and nothing of by whom."""
    day = clock.in_london(at).date()
    tally, _ = DownloadTally.objects.get_or_create(version=version, day=day, way=way)
    DownloadTally.objects.filter(pk=tally.pk).update(count=F("count") + 1)
