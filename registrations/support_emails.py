"""Mails that staff never read in the outbox: about support, and about children."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from mailing import links as addresses
from mailing import outbox, policy
from members.models import User
from registrations.models import Place, SupportRequest


def answer(row: SupportRequest, *, code: str = "", at: dt.datetime) -> None:
    """A request for support came, or was decided. Staff never read such a mail in the outbox."""
    outbox.put(
        key=f"support:{row.pk}:{row.state}",
        to=row.email,
        to_name=row.name,
        subject=f"Your message to us: {row.conference.title}",
        template="registrations/support",
        context={
            "request": row,
            "conference": row.conference,
            "code": code,
            "is_granted": row.state == SupportRequest.State.GRANTED,
            "is_refused": row.state == SupportRequest.State.REFUSED,
            "link": addresses.site(row.conference.get_absolute_url()),
        },
        kind=policy.SECURITY,
        reply_to=row.conference.contact_email,
        conference=row.conference.slug,
        at=at,
    )


def child_comes(place: Place, child: str, lead: User, *, at: dt.datetime) -> None:
    """Somebody under 18 comes: to a safeguarding lead, once a person, without a name."""
    conference = place.booking.conference
    outbox.put(
        key=f"under-18:{child}:{lead.pk}",
        to=lead.email,
        to_name=lead.name,
        subject=f"Somebody under 18 comes: {conference.title}",
        template="registrations/child_comes",
        context={
            "lead": lead,
            "conference": conference,
            "link": addresses.site(reverse("admin:registrations_particulars_changelist")),
        },
        kind=policy.SECURITY,
        conference=conference.slug,
        at=at,
    )
