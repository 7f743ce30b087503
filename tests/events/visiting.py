"""Visits to the public pages of events at an instant."""

from __future__ import annotations

from django.urls import reverse

import clock
from tests.factories import AT

PLACES = ("conference", "programme", "programme-ics", "dates", "dates-ics", "record")
LISTS = ("home", "conferences", "all-dates", "all-dates-ics", "past")


def page_of(client, name, conference=None, at=AT):
    url = reverse(f"events:{name}", args=[conference.slug] if conference else [])
    with clock.frozen(at):
        return client.get(url)


def text_of(client, name, conference=None, at=AT):
    return page_of(client, name, conference, at).content.decode()
