"""Publications and campaigns as rows."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile

from events.models import Campaign, Publication, PublicationRequest, PublicationVersion
from tests.factories import AT, make_conference, number

PDF = b"%PDF-1.4\n1 0 obj << /Type /Pages /Count 12 >> endobj\n%%EOF"


def make_campaign(title: str = "", **fields: object) -> Campaign:
    """A campaign that everybody may see."""
    n = number()
    facts = {"title": title or f"Campaign {n}", "slug": f"campaign-{n}", "is_public": True}
    return Campaign.objects.create(**facts | fields)


def make_publication(*, versions: int = 1, **fields: object) -> Publication:
    """A report that came out a day ago, of a new conference unless said otherwise."""
    n = number()
    if not {"conference", "campaign"} & set(fields):
        fields["conference"] = make_conference()
    facts = {
        "title": f"Report {n}",
        "slug": f"report-{n}",
        "is_draft": False,
        "publish_at": AT - dt.timedelta(days=1),
    }
    row = Publication.objects.create(**facts | fields)
    for place in range(1, versions + 1):
        make_version(row, place)
    return row


def make_version(row: Publication, place: int, **fields: object) -> PublicationVersion:
    """A file of it, offered since an hour ago."""
    early = AT - dt.timedelta(hours=1)
    facts = {"size": len(PDF), "pages": 12, "offered_from": early, "added_at": early}
    made = PublicationVersion(publication=row, number=place, **facts | fields)
    made.document.save("publication.pdf", ContentFile(PDF), save=False)
    made.save()
    return made


def make_request(row: Publication, **fields: object) -> PublicationRequest:
    """Somebody asked for it a moment ago."""
    facts = {
        "name": "Sue Porter",
        "email": f"sue{number()}@people.example",
        "asked_at": AT,
        "link_until": AT + dt.timedelta(days=14),
        "key_hash": f"{number():064}",
    }
    return PublicationRequest.objects.create(publication=row, **facts | fields)
