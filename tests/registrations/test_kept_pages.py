"""What is kept of the booking pages: never a person's, never longer than it is true."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from events.services.public_pages import mark_changed
from registrations.models import Booking, PassType, PriceBand
from registrations.orders import Order, PlaceWish
from registrations.selling import shop_of
from registrations.services import submitting
from tests.factories import make_officer, make_user, sign_in
from tests.registrations import build
from tests.registrations.walking import book, get, post, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    made = build.year_2016()
    build.visitor_pass(made, capacity=3, sold_to=PassType.SoldTo.EVERYBODY)
    mark_changed()
    return made


def address(name, year):
    return reverse(f"registrations:{name}", args=[year.slug])


def hidden(page, name):
    return re.findall(rf'name="{name}" value="([^"]+)"', page.content.decode())


def test_empty_form_kept_for_one_carries_no_token_key_or_name_to_another(year):
    known, stranger = Client(), Client()
    sign_in(known, make_user(name="Ann Known", email="ann@known.example"))
    pages = [get(client, address("myself", year)) for client in (known, stranger, known, stranger)]
    for field in ("csrfmiddlewaretoken", "key"):
        found = [value for page in pages for value in hidden(page, field)[-1:]]
        assert len(set(found)) == 4, field
    assert [b"ann@known.example" in page.content for page in pages] == [True, False, True, False]
    assert {page["Cache-Control"] for page in pages[1::2]} == {"private, no-store"}


def test_empty_form_from_a_kept_copy_books_with_the_forgery_check_on(year):
    client = Client(enforce_csrf_checks=True)
    get(Client(), address("myself", year))
    page = get(client, address("myself", year))
    token, key = hidden(page, "csrfmiddlewaretoken")[-1], hidden(page, "key")[-1]
    answer = book(client, year, csrfmiddlewaretoken=token, key=key)
    assert answer.status_code == 302
    assert Booking.objects.get().idempotency_key.hex == key.replace("-", "")


def test_book_page_kept_shows_each_officer_their_own_bodies_alone(year):
    cardiff, leeds = build.body("Cardiff"), build.body("Leeds")
    for body in (cardiff, leeds, None):
        client = Client()
        sign_in(client, make_officer(body) if body else make_user())
        text = get(client, address("choose", year)).content.decode()
        assert [f"Book for {row.name}<" in text for row in (cardiff, leeds)] == [
            body == cardiff,
            body == leeds,
        ]


@pytest.mark.parametrize("page", ["choose", "myself"])
def test_kept_page_says_closed_from_the_instant_at_which_the_door_closes(client, year, page):
    door = PassType.objects.get(code="visitor").deadline
    before, after = door.closing - build.TICK, door.closing
    assert "Booking closed" not in words_of_visitor(get(client, address(page, year), before))
    assert "Booking closed" in words_of_visitor(get(client, address(page, year), after))


@pytest.mark.parametrize("page", ["choose", "myself"])
def test_kept_page_says_sold_out_as_soon_as_the_last_place_is_booked(client, year, page):
    for left in (3, 2, 1):
        assert f"({left} left)" in get(client, address(page, year)).content.decode()
        book(Client(), year, email=f"buyer{left}@people.example")
    assert "Sold out." in get(client, address(page, year)).content.decode()


@pytest.mark.parametrize("page", ["choose", "myself"])
def test_kept_page_shows_a_new_price_once_it_is_marked(client, year, page):
    get(client, address(page, year))
    PriceBand.objects.filter(pass_type__code="visitor").update(amount=25)
    mark_changed()
    assert "£25" in get(client, address(page, year)).content.decode()


def test_review_counts_what_is_left_now_and_judges_the_door_at_its_instant(client, year):
    get(client, address("myself", year))
    for n in range(3):
        book(Client(), year, email=f"buyer{n}@people.example")
    review = post(client, address("myself", year), typed(year, step="review"))
    assert "sold out" in review.content.decode()


def test_form_sent_again_after_the_last_place_went_gives_the_booking_it_made(client, year):
    form = {"key": "6d3c2f80-31c7-4a2c-8f6e-0f5a6f7f8a01"}
    first = book(client, year, **form)
    for n in range(2):
        book(Client(), year, email=f"buyer{n}@people.example")
    assert book(client, year, **form).url == first.url
    assert Booking.objects.count() == 3


def test_look_and_quote_give_the_same_answer_at_every_edge(year):
    visitor = PassType.objects.get(code="visitor")
    ends = [band.until.closing for band in visitor.bands.all()]
    for end in {*ends, visitor.deadline.closing}:
        for at in (end - build.TICK, end, end + dt.timedelta(days=1)):
            order = Order(conference=year, places=(PlaceWish(pass_type=visitor),))
            looked = answer(submitting.look, order=order, shop=shop_of(year), at=at)
            assert looked == answer(submitting.quote, order=order, at=at)


def answer(ask, **given):
    try:
        return [(line.item, line.band, line.amount, line.until) for line in ask(**given).lines]
    except submitting.ValidationError as refusal:
        return refusal.code, refusal.messages


def words_of_visitor(page):
    return page.content.decode().partition("Visitor pass")[2][:200]
