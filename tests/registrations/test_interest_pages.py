"""'Register your interest', for members and supporters."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse

from events.models import Deadline
from mailing.models import Mail
from registrations.models import Interest
from tests.factories import make_deadline
from tests.registrations import build
from tests.registrations.walking import get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    made = build.year_2016()
    build.visitor_pass(made, capacity=3)
    return made


@pytest.fixture
def west_midlands():
    return build.conference("wm", title="West Midlands", attendance="interest")


def supporter(**more):
    facts = {"name": "Sue Porter", "email": "sue@people.example", "key": str(uuid.uuid4())}
    return {**facts, **more}


def test_interest_asks_for_no_account_and_has_nothing_ticked(client, west_midlands):
    page = get(client, reverse("registrations:interest", args=["wm"])).content.decode()
    assert "checked" not in page
    assert "you need no account" in page


def test_interest_is_confirmed_by_a_button_behind_the_mailed_link(client, west_midlands):
    url = reverse("registrations:interest", args=["wm"])
    assert "look in your mail" in post(client, url, supporter()).content.decode()
    link = re.search(r"(/interest/[\w-]+/)", Mail.objects.get().text).group(1)
    assert "Confirm your interest" in get(client, link).content.decode()
    assert not Interest.objects.confirmed().exists()
    post(client, link, {"do": "confirm"})
    assert "you are on the list" in get(client, link).content.decode()
    post(client, link, {"do": "withdraw"})
    assert "You are off the list" in get(client, link).content.decode()


def test_interest_answers_the_same_for_an_address_that_is_known(client, west_midlands):
    url = reverse("registrations:interest", args=["wm"])
    first = post(client, url, supporter()).content
    assert post(client, url, supporter()).content == first
    assert Interest.objects.count() == 1


def test_interest_where_places_are_booked_does_not_exist(client, year):
    assert get(client, reverse("registrations:interest", args=[year.slug])).status_code == 404


def test_mail_to_typed_addresses_is_limited_by_network(client, settings, west_midlands):
    settings.ACCOUNT_RATE_LIMITS = {"register_interest": "2/h/ip", "resend_links": "2/h/ip"}
    url, resend = reverse("registrations:interest", args=["wm"]), reverse("registrations:resend")
    for number in range(2):
        post(client, url, supporter(email=f"s{number}@people.example"))
        post(client, resend, {"email": "x@people.example"})
    refused = post(client, url, supporter(email="third@people.example")).content.decode()
    assert "very often from your network" in refused
    assert 'value="third@people.example"' in refused
    assert "very often" in post(client, resend, {"email": "x@people.example"}).content.decode()


def test_form_to_print_for_an_interest_says_until_when_and_where_to_send_it(client, west_midlands):
    west_midlands.contact_email = "events@party.example"
    west_midlands.save(update_fields=["contact_email"])
    make_deadline(west_midlands, Deadline.Kind.VISITOR_REGISTRATION, closes_on=dt.date(2016, 8, 1))
    page = get(client, reverse("registrations:interest", args=["wm"])).content.decode()
    paper = reverse("registrations:interest_form", args=["wm"])
    assert paper in page
    text = get(client, paper).content.decode()
    assert "reached us by the end of Monday 1 August 2016" in text
    assert "as a scan to events@party.example" in text
    assert text.count('type="text"') == 0


def test_form_to_print_for_an_interest_is_not_there_where_places_are_booked(client, year):
    paper = reverse("registrations:interest_form", args=[year.slug])
    assert get(client, paper).status_code == 404
