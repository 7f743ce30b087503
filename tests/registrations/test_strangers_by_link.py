"""What people do who never sign in: by a booking just made, by a code, by a delegate's own link."""

from __future__ import annotations

import re
import uuid

import pytest
from django.conf import settings as project
from django.urls import reverse

from mailing.models import Mail
from registrations.models import Booking, SupportRequest
from registrations.services import delegate_links
from tests.registrations import build, giving
from tests.registrations.delegates import booked
from tests.registrations.walking import book, post

pytestmark = pytest.mark.django_db
REFUSAL = "This was sent very often from your network."


@pytest.fixture
def own(client, year) -> Booking:
    """A visitor's booking, open in the browser in which it was made."""
    book(client, year)
    return Booking.objects.get()


def wish_for_help() -> dict:
    return {"purposes": ["travel"], "words": giving.WORDS, "key": str(uuid.uuid4())}


def ask(client, own):
    place = own.places.get()
    return post(client, reverse("registrations:ask_delegate", args=[own.reference, place.pk]), {})


def ask_for_help(client, own):
    url = reverse("registrations:booking_support", args=[own.reference])
    return post(client, url, wish_for_help())


def use_code(client, own):
    url = reverse("registrations:reduction", args=[own.reference])
    return post(client, url, {"place": own.places.get().pk, "code": "ABCD-EFGH"})


def test_whoever_booked_without_signing_in_is_sent_their_own_link(client, own):
    assert ask(client, own).status_code == 302
    assert Mail.objects.filter(key__startswith="delegate-link:").count() == 1


def test_whoever_booked_without_signing_in_asks_for_help_with_the_costs(client, own):
    assert ask_for_help(client, own).status_code == 302
    assert SupportRequest.objects.get().email == own.contact_email


def test_code_of_nobody_typed_without_signing_in_is_refused_in_words(client, own):
    answer = use_code(client, own)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_delegate_asks_for_help_by_their_link_without_signing_in(client, year):
    place = booked(year, build.body(), "Ann").places.get()
    delegate_links.ask(by=None, place=place, at=build.EARLY)
    token = re.search(r"/delegate/([\w-]+)/", Mail.objects.latest("pk").text)[1]
    url = reverse("registrations:delegate_support", args=[token])
    assert post(client, url, wish_for_help()).status_code == 302
    assert SupportRequest.objects.get().email == "ann@people.example"


@pytest.mark.parametrize(("action", "act"), [("ask_delegate", ask), ("use_reduction", use_code)])
def test_stranger_who_does_it_very_often_from_one_network_is_asked_to_wait(
    client, own, settings, action, act
):
    settings.ACCOUNT_RATE_LIMITS = {**project.ACCOUNT_RATE_LIMITS, action: "1/h/ip"}
    assert REFUSAL not in act(client, own).text
    assert REFUSAL in act(client, own).text


def test_limit_for_a_person_stands_apart_from_that_for_a_network():
    """allauth counts nobody who is not signed in, and fails where a limit says that it should."""
    mixed = {name for name, rate in project.ACCOUNT_RATE_LIMITS.items() if "ip" in rate}
    mixed = {name for name in mixed if "user" in project.ACCOUNT_RATE_LIMITS[name]}
    assert mixed == {"connect_membership"}  # a page for members who are signed in
