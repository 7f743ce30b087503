"""Steps that tests of the pages take: ask, send, book for oneself."""

from __future__ import annotations

import uuid

from django.urls import reverse

import clock
from tests.registrations import build


def typed(year, **more):
    return {
        "pass_type": str(year.pass_types.get(code="visitor").pk),
        "name": "Ann Other",
        "email": "ann@people.example",
        "access": "",
        "dietary": "vegan",
        "payment_method": "invoice",
        "key": str(uuid.uuid4()),
        **more,
    }


def post(client, url, data, at=build.EARLY):
    with clock.frozen(at):
        return client.post(url, data)


def get(client, url, at=build.EARLY):
    with clock.frozen(at):
        return client.get(url)


def book(client, year, **more):
    url = reverse("registrations:myself", args=[year.slug])
    return post(client, url, typed(year, step="confirm", quoted="20.00", **more))
