"""An officer books for the body, names, discards; what each page costs."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from events.services.public_pages import mark_changed
from registrations.models import Booking, PlaceNeeds
from registrations.services.submitting import write_needs
from tests.factories import sign_in
from tests.registrations import build
from tests.registrations.walking import book, get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    made = build.year_2016()
    build.visitor_pass(made, capacity=3)
    return made


@pytest.fixture
def cardiff():
    return build.body(postal_address="1 High Street\nCardiff")


@pytest.fixture
def officer(client, cardiff):
    person = build.officer(cardiff)
    sign_in(client, person)
    return person


def draft(client, year, cardiff, number=2, at=build.EARLY):
    url = reverse("registrations:body", args=[year.slug, cardiff.slug])
    delegate = year.pass_types.get(code="delegate").pk
    answer = post(client, url, {f"number_{delegate}": number, "key": str(uuid.uuid4())}, at=at)
    return answer, Booking.objects.latest("pk")


def panels(year, booking, *rows, **more):
    delegate = str(year.pass_types.get(code="delegate").pk)
    data = {
        "places-TOTAL_FORMS": len(rows),
        "places-INITIAL_FORMS": len(rows),
        "version": booking.version,
        "do": "next",
        **more,
    }
    for number, row in enumerate(rows):
        fields = {"pass_type": delegate, "name": "", "email": "", **row}
        data |= {f"places-{number}-{name}": value for name, value in fields.items()}
    return data


def paid(booking, **more):
    return {
        "contact_name": "Sian Secretary",
        "contact_email": "secretary@cardiff.example",
        "contact_phone": "",
        "payment_method": "cheque",
        "bill_to": "Cardiff",
        "purchase_order": "PO 7",
        "version": booking.version,
        **more,
    }


def to_review(client, year, cardiff, *rows, at=build.EARLY):
    _, booking = draft(client, year, cardiff, number=len(rows), at=at)
    url = reverse("registrations:draft_places", args=[booking.reference])
    post(client, url, panels(year, booking, *rows), at=at)
    booking.refresh_from_db()
    url = reverse("registrations:draft_payment", args=[booking.reference])
    post(client, url, paid(booking), at=at)
    booking.refresh_from_db()
    return booking


@pytest.mark.parametrize(
    ("at", "total"),
    [
        (build.EARLY_ENDS - build.TICK, "225.00"),
        (build.EARLY_ENDS, "265.00"),
        (build.CLOSES - build.TICK, "265.00"),
    ],
)
def test_officer_books_two_places_one_with_dinner_and_no_name(
    client, year, cardiff, officer, at, total
):
    dinner = str(year.extras.get().pk)
    booking = to_review(client, year, cardiff, {"name": "Dai"}, {"extras": dinner}, at=at)
    url = reverse("registrations:draft_review", args=[booking.reference])
    review = get(client, url, at=at).content.decode()
    assert f'name="quoted" value="{total}"' in review
    answer = post(client, url, {"version": booking.version, "quoted": total}, at=at)
    assert answer.url == reverse("registrations:done", args=[booking.reference])
    page = get(client, answer.url, at=at).content.decode()
    assert "1 name" in page
    booking.refresh_from_db()
    assert (str(booking.total), booking.purchase_order) == (total, "PO 7")
    assert booking.submitted_at == at


def test_officer_confirming_after_registration_closed_is_refused_and_keeps_the_draft(
    client, year, cardiff, officer
):
    booking = to_review(client, year, cardiff, {"name": "Dai"}, at=build.LATE)
    url = reverse("registrations:draft_review", args=[booking.reference])
    page = post(
        client, url, {"version": booking.version, "quoted": "110.00"}, at=build.CLOSES
    ).content.decode()
    assert "Delegate registration closed at the end of Monday 22 August 2016" in page
    booking.refresh_from_db()
    assert (booking.state, booking.places.count()) == ("draft", 1)


def test_officer_confirming_at_midnight_with_the_early_price_is_shown_the_new_one(
    client, year, cardiff, officer
):
    booking = to_review(client, year, cardiff, {"name": "Dai"}, at=build.EARLY)
    url = reverse("registrations:draft_review", args=[booking.reference])
    data = {"version": booking.version, "quoted": "90.00"}
    page = post(client, url, data, at=build.EARLY_ENDS).content.decode()
    assert "this now comes to £110.00, not £90.00" in page
    assert 'name="quoted" value="110.00"' in page


def test_officer_with_an_older_copy_does_not_overwrite_and_sees_both(
    client, year, cardiff, officer
):
    _, booking = draft(client, year, cardiff, number=1)
    url = reverse("registrations:draft_places", args=[booking.reference])
    post(client, url, panels(year, booking, {"name": "Saved First"}))
    page = post(client, url, panels(year, booking, {"name": "Typed Second"})).content.decode()
    assert "Somebody saved this draft" in page
    assert "Saved First" in page
    assert "Typed Second" in page
    assert booking.places.get().name == "Saved First"


def test_officer_adds_and_takes_out_a_place(client, year, cardiff, officer):
    _, booking = draft(client, year, cardiff, number=1)
    url = reverse("registrations:draft_places", args=[booking.reference])
    post(client, url, panels(year, booking, {"name": "Dai"}, do="add"))
    booking.refresh_from_db()
    assert booking.places.count() == 2
    post(client, url, panels(year, booking, {"name": "Dai"}, {"DELETE": "on"}))
    assert [place.name for place in booking.places.all()] == ["Dai"]


def test_officer_booking_the_same_person_again_is_asked(client, year, cardiff, officer):
    first = to_review(client, year, cardiff, {"name": "Dai"})
    url = reverse("registrations:draft_review", args=[first.reference])
    post(client, url, {"version": first.version, "quoted": "90.00"})
    second = to_review(client, year, cardiff, {"name": "dai"})
    url = reverse("registrations:draft_review", args=[second.reference])
    page = post(client, url, {"version": second.version, "quoted": "90.00"}).content.decode()
    assert f"Already booked: Dai (booking {first.reference})" in page
    post(
        client,
        url,
        {"version": second.version, "quoted": "90.00", "duplicates_accepted": "on"},
    )
    assert Booking.objects.submitted().count() == 2


def test_officer_of_another_body_finds_nothing(client, year, cardiff, officer):
    _, booking = draft(client, year, cardiff)
    other = client.__class__()
    sign_in(other, build.officer(build.body("Leeds Party Council"), "secretary@leeds.example"))
    for name in ("draft_places", "draft_payment", "draft_review", "draft_discard"):
        assert (
            get(other, reverse(f"registrations:{name}", args=[booking.reference])).status_code
            == 404
        )
    url = reverse("registrations:body", args=[year.slug, cardiff.slug])
    assert get(other, url).status_code == 404


def test_officer_names_a_place_later_at_the_same_price(client, year, cardiff, officer):
    booking = to_review(client, year, cardiff, {})
    url = reverse("registrations:draft_review", args=[booking.reference])
    post(client, url, {"version": booking.version, "quoted": "90.00"})
    place = booking.places.get()
    url = reverse("registrations:name_place", args=[booking.reference, place.pk])
    post(client, url, {"name": "Dai Jones", "email": ""}, at=build.LATE)
    place.refresh_from_db()
    assert (place.name, booking.total) == ("Dai Jones", 90)


@pytest.mark.parametrize(("who", "needs"), [("same", 1), ("other", 0)])
def test_officer_renaming_a_place_is_asked_whether_somebody_else_comes(
    client, year, cardiff, officer, who, needs
):
    booking = to_review(client, year, cardiff, {"name": "Dai"})
    review = reverse("registrations:draft_review", args=[booking.reference])
    post(client, review, {"version": booking.version, "quoted": "90.00"})
    place = booking.places.get()
    write_needs(place, booking, access="step-free", dietary="", at=build.EARLY)
    url = reverse("registrations:name_place", args=[booking.reference, place.pk])
    asked = get(client, url)
    assert asked.context["form"]["who"].value() == "other"
    assert "step-free" not in asked.content.decode()
    refused = post(client, url, {"name": "Dai Jones", "email": ""}).content.decode()
    assert 'value="Dai Jones"' in refused
    post(client, url, {"who": who, "name": "Dai Jones", "email": ""})
    place.refresh_from_db()
    assert (place.name, PlaceNeeds.objects.count(), booking.total) == ("Dai Jones", needs, 90)


def test_officer_discards_a_draft(client, year, cardiff, officer):
    _, booking = draft(client, year, cardiff)
    post(client, reverse("registrations:draft_discard", args=[booking.reference]), {})
    assert not Booking.objects.exists()


def test_officer_discarding_what_was_booked_a_moment_ago_is_told_and_it_stays(
    client, year, cardiff, officer
):
    booking = to_review(client, year, cardiff, {"name": "Dai"})
    review = reverse("registrations:draft_review", args=[booking.reference])
    post(client, review, {"version": booking.version, "quoted": "90.00"})
    url = reverse("registrations:draft_discard", args=[booking.reference])
    answer = post(client, url, {})
    assert answer.url == booking.get_absolute_url()
    page = get(client, answer.url).content.decode()
    assert "This booking has been made already: it is no draft any more." in page
    booking.refresh_from_db()
    assert (booking.state, booking.total) == ("submitted", 90)


def test_review_says_until_when_the_price_of_everything_chosen_stands(
    client, year, cardiff, officer
):
    dinner = year.extras.get()
    dinner.bands.update(position=1)
    build.band(dinner, "first", "40", build.deadline(year, "extras", dt.date(2016, 5, 31)), 0)
    plain = to_review(client, year, cardiff, {"name": "Dai"})
    dined = to_review(client, year, cardiff, {"name": "Mair", "extras": str(dinner.pk)})
    for booking, until in ((plain, "Thursday 30 June 2016"), (dined, "Tuesday 31 May 2016")):
        review = reverse("registrations:draft_review", args=[booking.reference])
        page = get(client, review).content.decode()
        assert f"the end of {until}, UK time</time>" in page


def test_my_bookings_shows_own_and_the_bodys(client, year, cardiff, officer):
    draft(client, year, cardiff)
    book(client, year)
    page = get(client, reverse("registrations:my_bookings")).content.decode()
    assert "Draft, nothing booked yet" in page
    assert "Booked, to pay" in page


def test_blank_form_shows_prices_and_dates_of_its_door(client, year):
    page = get(client, reverse("registrations:blank_form", args=[year.slug, "delegate"]))
    text = page.content.decode()
    assert "£90.00" in text
    assert "£110.00" in text
    assert "Monday 22 August 2016" in text
    nothing = reverse("registrations:blank_form", args=[year.slug, "nothing"])
    assert get(client, nothing).status_code == 404


@pytest.mark.parametrize("page", ["choose", "myself", "body", "booking", "my_bookings", "done"])
def test_signed_in_pages_cost_at_most_twelve_queries(
    client, year, cardiff, officer, page, django_assert_max_num_queries
):
    booking = to_review(client, year, cardiff, *[{"name": f"Delegate {n}"} for n in range(8)])
    url = reverse("registrations:draft_review", args=[booking.reference])
    post(client, url, {"version": booking.version, "quoted": "720.00"})
    address = {
        "choose": [year.slug],
        "myself": [year.slug],
        "body": [year.slug, cardiff.slug],
        "booking": [booking.reference],
        "done": [booking.reference],
        "my_bookings": [],
    }[page]
    mark_changed()
    with django_assert_max_num_queries(12):
        assert get(client, reverse(f"registrations:{page}", args=address)).status_code == 200
