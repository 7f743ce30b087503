"""Booking for oneself: two screens and a confirmation."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from mailing.models import Mail
from registrations.models import Booking, PlaceNeeds
from tests.factories import sign_in
from tests.registrations import build
from tests.registrations.walking import book, get, post, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    made = build.year_2016()
    build.visitor_pass(made, capacity=3)
    return made


def test_book_page_shows_each_pass_with_its_price_until_when_and_what_follows(client, year):
    page = get(client, reverse("registrations:choose", args=[year.slug])).content.decode()
    assert "Delegate pass</strong> – £90 until the end of Thursday 30 June 2016 (UK time)" in page
    assert "then £110" in page
    assert "Visitor pass</strong> – £20" in page


def test_book_page_of_a_draft_conference_does_not_exist(client, year):
    year.status = "draft"
    year.save()
    assert get(client, reverse("registrations:choose", args=[year.slug])).status_code == 404


def test_myself_in_two_screens_books_and_confirms_with_the_reference(client, year):
    url = reverse("registrations:myself", args=[year.slug])
    first = get(client, url)
    assert first.status_code == 200
    second = post(client, url, typed(year, step="review")).content.decode()
    assert "Confirm: book for £20" in second
    assert Booking.objects.count() == 0
    answer = book(client, year)
    booking = Booking.objects.get()
    assert answer.url == reverse("registrations:done", args=[booking.reference])
    done = get(client, answer.url).content.decode()
    assert booking.reference in done
    assert "An invoice follows" in done
    assert PlaceNeeds.objects.get().dietary == "vegan"


def test_myself_is_told_until_when_the_price_of_everything_chosen_stands(client, year):
    url, dinner = reverse("registrations:myself", args=[year.slug]), str(year.extras.get().pk)
    for extras, until in ([], "Wednesday 31 August 2016"), ([dinner], "Monday 22 August 2016"):
        page = post(client, url, typed(year, step="review", extras=extras)).content.decode()
        assert f"the end of {until}, UK time</time>" in page


def test_myself_confirmed_twenty_times_is_one_booking_and_one_answer(client, year):
    key = str(uuid.uuid4())
    answers = {book(client, year, key=key).url for _ in range(20)}
    assert (len(answers), Booking.objects.count(), Mail.objects.count()) == (1, 1, 1)


def test_myself_with_an_old_price_is_shown_the_new_one_and_keeps_what_was_typed(client, year):
    url = reverse("registrations:myself", args=[year.slug])
    page = post(client, url, typed(year, step="confirm", quoted="15.00")).content.decode()
    assert "this now comes to £20.00, not £15.00" in page
    assert 'name="quoted" value="20.00"' in page
    assert 'value="Ann Other"' in page
    assert Booking.objects.count() == 0


def test_myself_without_a_price_is_never_booked(client, year):
    url = reverse("registrations:myself", args=[year.slug])
    for nonsense in ("", "NaN", "twenty", "Infinity", "1e9999"):
        answer = post(client, url, typed(year, step="confirm", quoted=nonsense))
        assert answer.status_code == 200
    assert Booking.objects.count() == 0


def test_myself_when_sold_out_is_told_politely_and_keeps_what_was_typed(client, year):
    year.pass_types.filter(code="visitor").update(capacity=1)
    book(client, year)
    page = book(client, year).content.decode()
    assert "is sold out: the last place went before yours arrived" in page


def test_myself_after_the_door_closed_says_when_and_what_can_be_done(client, year):
    url = reverse("registrations:myself", args=[year.slug])
    page = get(client, url, at=build.CLOSES).content.decode()
    assert "Book for yourself" in page
    later = get(client, url, at=build.CLOSES.replace(month=9)).content.decode()
    assert "Booking closed at the end of Wednesday 31 August 2016 (UK time)." in later
    assert "conference@party.example" in later


def test_myself_with_bad_input_is_never_a_500(client, year):
    url = reverse("registrations:myself", args=[year.slug])
    for field in ("pass_type", "extras", "name", "email", "key", "payment_method", "access"):
        for value in ("\x00", "x" * 5000, "-1", "999999999999999999999"):
            answer = post(client, url, typed(year, step="confirm", quoted="20", **{field: value}))
            assert answer.status_code in {200, 302}


def test_signed_in_member_who_booked_already_is_asked_not_refused(client, year):
    ann = build.user("ann@people.example", name="Ann Other")
    sign_in(client, ann)
    book(client, year)
    asked = book(client, year).content.decode()
    assert "Already booked: Ann Other" in asked
    assert Booking.objects.count() == 1
    book(client, year, duplicates_accepted="on")
    assert Booking.objects.count() == 2


def test_stranger_is_not_told_that_an_address_is_booked_already(client, year):
    book(client, year)
    assert book(client, year).status_code == 302
