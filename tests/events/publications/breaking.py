"""A row that breaks each constraint of publications and campaigns."""

from __future__ import annotations

import datetime as dt

from events.models import (
    Campaign,
    DownloadTally,
    Publication,
    PublicationRequest,
    PublicationVersion,
)
from tests.events.publications.make import make_campaign, make_publication, make_request
from tests.factories import AT, make_conference, number

DAY = dt.timedelta(days=1)


def publication(**fields) -> Publication:
    return Publication(slug=f"other-{number()}", **{"title": "Other", **fields})


def version(row: Publication | None = None, **fields) -> PublicationVersion:
    facts = {"number": 1, "size": 1, "offered_from": AT, "added_at": AT, "document": "a.pdf"}
    return PublicationVersion(publication=row or make_publication(versions=0), **facts | fields)


def request(row: Publication | None = None, **fields) -> PublicationRequest:
    facts = {"asked_at": AT, "link_until": AT + DAY, "key_hash": f"{number():064}", "name": "Sue"}
    row = row or make_publication()
    return PublicationRequest(publication=row, **facts | {"email": "sue@people.example"} | fields)


def second_tally() -> DownloadTally:
    facts = {"version": make_publication().versions.get(), "day": AT.date(), "way": "public"}
    DownloadTally.objects.create(**facts)
    return DownloadTally(**facts)


def second_request() -> PublicationRequest:
    first = make_request(make_publication())
    return request(first.publication, email=first.email)


BROKEN = {
    "events_campaign_has_a_title": lambda: Campaign(title="", slug="untitled"),
    "events_publication_belongs_to_one": lambda: publication(
        conference=make_conference(), campaign=make_campaign()
    ),
    "events_publication_registrants_of_a_conference": lambda: publication(
        campaign=make_campaign(), access=Publication.Access.REGISTRANTS
    ),
    "events_publication_has_a_title": lambda: publication(title="", campaign=make_campaign()),
    "events_version_of_a_publication_once": lambda: version(make_publication()),
    "events_version_of_a_publication_holds_something": lambda: version(size=0),
    "events_tally_once_a_day_and_way": second_tally,
    "events_publication_request_once_an_address": second_request,
    "events_publication_request_email_in_lower_case": lambda: request(email="Sue@people.example"),
    "events_publication_request_link_ends_after_it_began": lambda: request(link_until=AT),
    "events_publication_request_confirms_what_was_ticked": lambda: request(news_confirmed_at=AT),
}
