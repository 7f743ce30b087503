"""Whom to ask: the people of a conference, or those of the site."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

import clock
from events.models import Conference, SiteContact


def site_contact() -> SiteContact | None:
    """The contact of the site; None until staff have entered one."""
    return SiteContact.objects.first()


def conferences_with_contacts(at: dt.datetime) -> QuerySet[Conference]:
    """Conferences to come that name people of their own, soonest first; never a draft."""
    coming = Conference.objects.coming(clock.in_london(at).date())
    return coming.filter(~Q(contact_email="") | ~Q(contact_phone=""))
