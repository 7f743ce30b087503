"""The imprint of a page, mail or document: the conference's own or the one in force."""

from __future__ import annotations

import datetime as dt

from events.models import Conference, Imprint


def imprint_for(conference: Conference | None, at: dt.datetime) -> str:
    """The words to print; '' only before the first imprint was published."""
    if conference is not None and conference.imprint_id is not None:
        return conference.imprint.text
    imprint = Imprint.objects.in_force(at)
    return imprint.text if imprint else ""


def facts_of_mail(at: dt.datetime, conference: str) -> dict[str, str]:
    """What every mail shows: the imprint of the conference it names, or the one in force."""
    found = (
        Conference.objects.filter(slug=conference).select_related("imprint").first()
        if conference
        else None
    )
    return {"imprint": imprint_for(found, at)}
