"""The imprint of a page, mail or document: the conference's own or the one in force."""

from __future__ import annotations

import datetime as dt

from events.contacts import contact_of_the_site
from events.models import Conference, Imprint


def imprint_for(conference: Conference | None, at: dt.datetime) -> str:
    """The words to print; '' only before the first imprint was published."""
    if conference is not None and conference.imprint_id is not None:
        return conference.imprint.text
    imprint = Imprint.objects.in_force(at)
    return imprint.text if imprint else ""


def facts_of_mail(at: dt.datetime, conference: str) -> dict[str, object]:
    """What every mail shows: the imprint of the conference it names, or the one in force; whom to ask.

    A mail about a conference names the conference's own people, any other those of the site.
    """
    if not conference:
        return {"imprint": imprint_for(None, at), "contact": contact_of_the_site()}
    rows = Conference.objects.filter(slug=conference).order_by()
    columns = ("imprint__text", "contact_name", "contact_email", "contact_phone")
    own, name, email, phone = rows.values_list(*columns).first() or ("", "", "", "")
    contact = {"name": name, "email": email, "phone": phone} if email or phone else {}
    return {"imprint": own or imprint_for(None, at), "contact": contact}
