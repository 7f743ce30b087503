"""The imprint of a page, mail or document: the conference's own or the one in force."""

from __future__ import annotations

import datetime as dt

from django.db.models import Subquery

from events.models import Conference, Imprint, SiteContact
from events.services.public_pages import current_state


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
        return _facts_of_the_site(at)
    rows = Conference.objects.filter(slug=conference).order_by()
    columns = ("imprint__text", "contact_name", "contact_email", "contact_phone")
    for own, name, email, phone in rows.values_list(*columns):
        contact = {"name": name, "email": email, "phone": phone} if email or phone else {}
        return {"imprint": own or current_state(at).imprint, "contact": contact}
    return {"imprint": imprint_for(None, at), "contact": {}}  # a conference that is gone


def _facts_of_the_site(at: dt.datetime) -> dict[str, object]:
    """Both in one query; a site that has published no imprint yet names nobody in mails."""
    columns = ("name", "email", "phone")
    contact = (Subquery(SiteContact.objects.values(column)[:1]) for column in columns)
    in_force = Imprint.objects.filter(in_force_from__lte=at).order_by("-in_force_from")
    text, *named = in_force.values_list("text", *contact).first() or ("", None)
    known = dict(zip(columns, named, strict=True)) if named[0] else {}
    return {"imprint": text, "contact": known}
