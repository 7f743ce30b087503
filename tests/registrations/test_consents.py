"""Who may be named and shown: whoever said so, comes, and is 18; small mends of the staff's pages."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from members.roles import Role
from registrations.models import DoorRules
from registrations.orders import PlaceWish
from registrations.services import cancelling
from tests.factories import make_staff, sign_in
from tests.registrations import build
from tests.registrations.delegates import answered, booked
from tests.registrations.walking import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    sign_in(client, make_staff(Role.REGISTRATIONS_OFFICER))


def url(year, **query):
    words = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse('admin:registrations_booking_consents')}?conference={year.slug}&{words}"


@pytest.fixture
def people(year):
    """Ann agrees to both, Ben to pictures, Cat is a child, Dan said nothing, Eve does not come."""
    places = booked(year, build.body(), "Ann", "Ben", "Cat", "Dan", "Eve", "").places.all()
    by_name = {place.name: place for place in places}
    answered(by_name["Ann"], may_list=True, may_photograph=True)
    answered(by_name["Ben"], may_photograph=True)
    answered(by_name["Cat"], age_band="under_18", may_photograph=True)
    answered(by_name["Eve"], may_list=True, may_photograph=True)
    cancelling.cancel_place(by=None, place=by_name["Eve"], at=build.EARLY)
    return by_name


@pytest.mark.parametrize(
    ("which", "names", "words"),
    [
        ("names", ["Ann"], "agreed to be on the list of delegates"),
        ("pictures", ["Ann", "Ben"], "agreed to be shown in pictures"),
    ],
)
def test_list_has_whoever_agreed_and_comes_and_no_child(
    client, year, people, desk, which, names, words
):
    answer = get(client, url(year, list=which))
    assert [row[0] for row in answer.context["table"]] == names
    assert answer.context["named"] == 4
    assert words in answer.text
    assert "Cat" not in answer.text
    text = get(client, url(year, list=which, **{"as": "csv"})).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows == [["Name", "For", "Pass"]] + [
        [name, "Cardiff Party Council", "Delegate pass"] for name in names
    ]


def test_visitor_who_agreed_is_on_no_list_of_delegates_but_in_pictures(client, year, desk):
    visitor = year.pass_types.get(code="visitor")
    order = build.order(year, PlaceWish(pass_type=visitor, name="Vera"))
    place = build.book(order, at=build.EARLY, quoted="20").places.get()
    answered(place, may_list=True, may_photograph=True)
    assert get(client, url(year)).context["table"] == []
    shown = get(client, url(year, list="pictures")).context["table"]
    assert shown == [["Vera", "themself", "Visitor pass"]]


def test_safeguarding_lead_reads_for_whom_a_child_comes(client, people):
    sign_in(client, make_staff(Role.SAFEGUARDING_LEAD))
    page = get(client, reverse("admin:registrations_particulars_changelist"))
    assert "Cat" in page.text
    assert "Cardiff Party Council" in page.text


def test_door_offers_what_a_person_can_have_there(client, year, desk):
    visitor = year.pass_types.get(code="visitor")
    other = build.visitor_pass(build.year_2016(slug="later"))
    rules = DoorRules.objects.create(conference=year)
    page = get(client, reverse("admin:registrations_doorrules_change", args=[rules.pk]))
    rows = page.context["adminform"].form.fields["walk_in_pass"].queryset
    assert list(rows) == [visitor]
    page = get(client, reverse("admin:registrations_doorrules_add"))
    labels = [label for _, label in page.context["adminform"].form.fields["walk_in_pass"].choices]
    assert labels[1:] == [f"{row.conference}: Visitor pass" for row in (visitor, other)]


def test_staff_who_sign_out_read_it_in_our_words(client, desk):
    page = client.post(reverse("admin:logout"))
    assert "You are signed out" in page.text
    assert "quality time" not in page.text


def test_dates_that_django_writes_itself_have_their_weekday_and_zone(client, year, people, desk):
    booking = people["Ann"].booking
    page = get(client, reverse("admin:registrations_booking_change", args=[booking.pk]))
    assert "Tue 3 May 2016, 12:00 UK time" in page.text
