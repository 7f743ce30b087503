"""Mails of publications: the link to a file, for whoever filled in the form or is registered."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.urls import reverse

from events.models import Publication, PublicationRequest
from mailing import links, outbox, policy


def link(row: PublicationRequest, *, token: str, at: dt.datetime) -> None:
    """To whoever filled in the form; also where to say that they want news, if they ticked it."""
    publication = row.publication
    outbox.put(
        key=f"publication:{row.pk}:{at.isoformat()}",
        to=row.email,
        to_name=row.name,
        template="events/publication",
        context={
            "name": row.name,
            "until": row.link_until,
            "wants_news": row.wants_news and row.news_confirmed_at is None,
            **_facts(publication, token),
        },
        pointless_after=row.link_until,
        at=at,
        **_common(publication),
    )


def registrants_link(
    publication: Publication, address: str, *, ticket: str, until: dt.datetime, at: dt.datetime
) -> None:
    """To an address that is registered; one an hour."""
    who = hashlib.sha256(address.encode()).hexdigest()[:24]
    outbox.put(
        key=f"publication-registrant:{publication.pk}:{who}:{at:%Y%m%d%H}",
        to=address,
        template="events/publication",
        context={"until": until, "is_registered": True, **_facts(publication, ticket)},
        pointless_after=until,
        at=at,
        **_common(publication),
    )


def _common(publication: Publication) -> dict[str, str]:
    conference = publication.conference
    return {
        "subject": f"Here it is: {publication.title}",
        "kind": policy.RECEIPT,
        "conference": conference.slug if conference else "",
    }


def _facts(publication: Publication, token: str) -> dict[str, object]:
    path = reverse("events:publication-link", args=[token])
    facts: dict[str, object] = {"publication": publication, "link": links.site(path)}
    campaign = publication.campaign
    if campaign is not None and campaign.imprint_id is not None:
        facts["imprint"] = campaign.imprint.text
    return facts
