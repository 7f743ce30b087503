"""A script on one network cannot have us write to any number of addresses by booking places."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

import clock
from registrations.models import Booking, PassType
from tests.factories import make_user, sign_in
from tests.registrations import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "book_as_a_stranger": "2/h/ip"}
    return build.visitor_pass(
        build.year_2016(), sold_to=PassType.SoldTo.EVERYBODY, membership_required=False
    )


def book(client, visitor: PassType, number: int):
    price = visitor.bands.order_by("position").first().amount
    with clock.frozen(build.EARLY):
        return client.post(
            reverse("registrations:myself", args=[visitor.conference.slug]),
            {
                "pass_type": visitor.pk,
                "name": f"Person {number}",
                "email": f"person{number}@example.org",
                "payment_method": "invoice",
                "key": str(uuid.uuid4()),
                "step": "confirm",
                "duplicates_accepted": "on",
                "quoted": f"{price:.2f}",
            },
        )


def test_strangers_beyond_the_limit_are_refused_with_what_they_typed_kept(client, visitor):
    assert [book(client, visitor, n).status_code for n in range(2)] == [302, 302]
    page = book(client, visitor, 3)
    assert "very often from your network" in page.content.decode()
    assert "person3@example.org" in page.content.decode()
    assert Booking.objects.count() == 2


def test_people_who_are_signed_in_are_not_counted(client, visitor):
    sign_in(client, make_user())
    assert [book(client, visitor, n).status_code for n in range(4)] == [302] * 4
