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
    own = ""
    if conference:
        rows = Conference.objects.filter(slug=conference, imprint__isnull=False).order_by()
        own = rows.values_list("imprint__text", flat=True).first()
    return {"imprint": own or imprint_for(None, at)}
