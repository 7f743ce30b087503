"""The mails of the conference and its calendar, a function a mail, each into the outbox."""

from __future__ import annotations

import datetime as dt

from events.models import Authorisation
from mailing import links, outbox


def authorised(authorisation: Authorisation, *, at: dt.datetime) -> None:
    """Tells a person that a body lets them draft and submit; once an authority."""
    conference, body = authorisation.conference, authorisation.organisation
    outbox.put(
        key=f"authorised:{authorisation.pk}",
        to=authorisation.user.email,
        to_name=authorisation.user.name,
        subject=f"You may act for {body} at {conference}",
        template="events/authorised",
        context={
            "name": authorisation.user.name,
            "body": str(body),
            "conference_title": conference.title,
            "url": links.site(conference.get_absolute_url()),
        },
        kind="notice",
        conference=conference.slug,
        at=at,
    )
