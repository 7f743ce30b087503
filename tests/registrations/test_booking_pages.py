"""A booking's own pages: the link, the code, changing, cancelling."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

import clock
from mailing.models import Mail
from registrations.models import Booking
from tests.factories import sign_in
from tests.registrations import build
from tests.registrations.walking import book, get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    made = build.year_2016()
    build.visitor_pass(made, capacity=3)
    return made


def test_booking_page_is_closed_to_strangers_and_others(client, year, django_user_model):
    book(client, year)
    booking = Booking.objects.get()
    stranger, other = client.__class__(), client.__class__()
    sign_in(other, build.user("eve@people.example"))
    assert get(stranger, booking.get_absolute_url()).url == reverse("registrations:resend")
    assert get(other, booking.get_absolute_url()).status_code == 404
    done = reverse("registrations:done", args=[booking.reference])
    assert get(stranger, done).status_code == 404


def link_in(mail: Mail) -> str:
    return re.search(r"(/booking/[\w-]{20,}/)", mail.text).group(1)


def test_personal_link_asks_for_a_fresh_code_before_it_shows_anything(client, year):
    book(client, year)
    link = link_in(Mail.objects.get())
    phone = client.__class__()
    asked = get(phone, link).content.decode()
    assert "Ann Other" not in asked
    assert year.title not in asked
    post(phone, f"{link}code/send/", {})
    code = re.search(r"\b(\d{6})\b", Mail.objects.get(kind="security").text).group(1)
    wrong = post(phone, f"{link}code/", {"code": "000000" if code != "000000" else "111111"})
    assert "not the newest code" in wrong.content.decode()
    opened = post(phone, f"{link}code/", {"code": code})
    page = get(phone, opened.url).content.decode()
    assert "Ann Other" in page
    again = client.__class__()
    assert "not the newest code" in post(again, f"{link}code/", {"code": code}).content.decode()


def test_personal_page_closes_again_after_two_hours(client, year):
    book(client, year)
    url = Booking.objects.get().get_absolute_url()
    assert get(client, url).status_code == 200
    assert get(client, url, at=build.EARLY.replace(hour=14)).status_code == 302


def test_unknown_link_says_so_and_offers_new_ones(client, year):
    answer = get(client, "/booking/abcdefghijklmnopqrstuvwxyz/")
    assert answer.status_code == 404
    assert "Have my links sent again" in answer.content.decode()


def test_resend_answers_the_same_for_known_and_unknown_addresses(client, year):
    book(client, year)
    url = reverse("registrations:resend")
    at = build.EARLY.replace(hour=18)
    known = post(client, url, {"email": "ann@people.example"}, at=at).content.decode()
    unknown = post(client, url, {"email": "bob@people.example"}, at=at).content.decode()
    assert known.replace("ann@", "bob@") == unknown
    assert Mail.objects.filter(subject="The links to your bookings").count() == 1
    post(client, url, {"email": "ann@people.example"}, at=at)
    assert Mail.objects.filter(subject="The links to your bookings").count() == 1


def test_cancelling_asks_first_and_frees_the_place(client, year):
    book(client, year)
    booking = Booking.objects.get()
    url = reverse("registrations:cancel_booking", args=[booking.reference])
    assert "Cancel booking" in get(client, url).content.decode()
    post(client, url, {})
    booking.refresh_from_db()
    assert (booking.state, booking.total) == ("cancelled", 0)
    assert "is cancelled" in get(client, booking.get_absolute_url()).content.decode()


def test_cancelling_after_the_stated_time_is_refused_with_the_time(client, year):
    build.deadline(year, "changes", build.EARLY.date())
    book(client, year)
    booking = Booking.objects.get()
    at = build.EARLY.replace(day=4, hour=0)
    with clock.frozen(at):
        session = client.session
        session["open_bookings"] = {str(booking.pk): build.CLOSES.isoformat()}
        session.save()
    url = reverse("registrations:cancel_booking", args=[booking.reference])
    page = post(client, url, {}, at=at).content.decode()
    assert "Changes and cancellations closed at the end of Tuesday 3 May 2016" in page
    booking.refresh_from_db()
    assert booking.state == "submitted"


def test_adding_dinner_later_charges_only_the_dinner(client, year):
    book(client, year)
    booking = Booking.objects.get()
    place, dinner = booking.places.get(), year.extras.get()
    url = reverse("registrations:add_extra", args=[booking.reference, place.pk, dinner.pk])
    assert "It costs <strong>£45</strong>" in get(client, url).content.decode()
    post(client, url, {"quoted": "45.00"})
    post(client, url, {"quoted": "45.00"})
    assert booking.total == 65
    assert booking.lines.count() == 2
