"""The pages people walk through: book for oneself, for a body, change, cancel, links."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse

import clock
from mailing.models import Mail
from registrations.models import Booking, Interest, PlaceNeeds
from tests.factories import sign_in
from tests.registrations import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    made = build.year_2016()
    build.visitor_pass(made, capacity=3)
    return made


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


# Officers


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


def test_officer_discards_a_draft(client, year, cardiff, officer):
    _, booking = draft(client, year, cardiff)
    post(client, reverse("registrations:draft_discard", args=[booking.reference]), {})
    assert not Booking.objects.exists()


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


# Interest


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


# Cost


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
    with django_assert_max_num_queries(12):
        assert get(client, reverse(f"registrations:{page}", args=address)).status_code == 200
