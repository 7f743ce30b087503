"""The credentials report: bodies, places, who came and who is in, at any instant."""

from __future__ import annotations

import pytest
from django.test import Client

from events.models import LayAppointment
from registrations import attendance
from registrations.models import DoorRules
from registrations.orders import PlaceWish
from registrations.services import cancelling, credentials
from tests.factories import make_appointment, make_region, make_user, sign_in
from tests.registrations import build, door

pytestmark = pytest.mark.django_db
URL = "/conferences/annual-2016/credentials/"


@pytest.fixture
def delegations(year):
    """Cardiff with two delegates and one not yet named, Leeds with one; a visitor besides."""
    delegate = year.pass_types.get(code="delegate")
    for name, region, people in (
        ("Cardiff", "Wales", ("Dai", "Eira", "")),
        ("Leeds", "Yorkshire", ("Olu",)),
    ):
        body = build.body(name, region=make_region(region))
        wishes = [PlaceWish(pass_type=delegate, name=person) for person in people]
        order = build.order(year, *wishes, organisation=body, payment_method="cheque")
        build.book(order, at=build.EARLY, quoted=str(90 * len(people)))
    door.place_of(year, "Vera Visitor")
    credentials.issue_missing(by=None, conference=year, at=build.EARLY)
    return year


def badge(year, name):
    return attendance.badges(year).valid().get(place__name=name)


@pytest.fixture
def steward():
    return build.user("steward@people.example")


def told(tally):
    return (tally.label, tally.places, tally.named, tally.came, tally.inside)


def test_report_counts_bodies_places_and_who_is_in(delegations, steward):
    for name in ("Dai", "Eira", "Olu", "Vera Visitor"):
        door.show(badge(delegations, name), by=steward, conference=delegations)
    door.show(
        badge(delegations, "Eira"), by=steward, conference=delegations, at="11:00", direction="out"
    )
    made = attendance.report(delegations, door.clock_at("12:00"), 3)
    assert told(made.total) == ("all delegations", 4, 3, 3, 2)
    assert [told(row) for row in made.bodies] == [("Cardiff", 3, 2, 2, 1), ("Leeds", 1, 1, 1, 1)]
    regions = dict(made.groups)["By region"]
    assert [row.label for row in regions] == ["Wales", "Yorkshire"]
    assert [told(row) for row in made.others] == [("visitor", 1, 1, 1, 1)]
    assert not made.is_quorate


@pytest.mark.parametrize(
    ("time", "came", "inside"), [("09:59", 0, 0), ("10:00", 1, 1), ("11:30", 1, 0)]
)
def test_report_at_an_instant_is_as_it_was_then(delegations, steward, time, came, inside):
    dai = badge(delegations, "Dai")
    door.show(dai, by=steward, conference=delegations)
    door.show(dai, by=steward, conference=delegations, at="11:00", direction="out")
    credentials.reissue(by=steward, place=dai.place, at=door.clock_at("15:00"))
    made = attendance.report(delegations, door.clock_at(time), None)
    assert (made.total.came, made.total.inside) == (came, inside)


def test_place_cancelled_later_still_counts_before(delegations, steward):
    dai = badge(delegations, "Dai")
    door.show(dai, by=steward, conference=delegations)
    cancelling.cancel_place(
        by=steward, place=dai.place, at=door.clock_at("12:00"), override_reason="unwell"
    )
    before = attendance.report(delegations, door.clock_at("11:59"), None)
    after = attendance.report(delegations, door.clock_at("12:00"), None)
    assert [(row.total.places, row.total.inside) for row in (before, after)] == [(4, 1), (3, 0)]


def test_report_reaches_its_quorum_with_the_last_delegate(delegations, steward):
    at = door.clock_at("12:00")
    for name, is_quorate in (("Dai", False), ("Olu", True)):
        door.show(badge(delegations, name), by=steward, conference=delegations)
        assert attendance.report(delegations, at, 2).is_quorate == is_quorate


def test_report_page_names_bodies_and_no_person(delegations, at):
    at(door.clock_at("12:00"))
    DoorRules.objects.create(conference=delegations, quorum=2)
    member = make_user()
    make_appointment(member, delegations, LayAppointment.Task.CAC_MEMBER)
    client = sign_in(Client(), member)
    page = client.get(URL, {"at": "2016-09-09T10:30"}).content.decode()
    assert "Friday 9 September 2016, 10:30" in page
    assert "2: not reached" in page
    assert "Cardiff" in page
    assert "Eira" not in page


@pytest.mark.parametrize("asked", ["nonsense", "2099-01-01T10:00", "", "9999-99-99"])
def test_report_of_an_instant_that_is_none_is_as_of_now(delegations, at, asked):
    at(door.clock_at("12:00"))
    member = make_user()
    make_appointment(member, delegations, LayAppointment.Task.CAC_MEMBER)
    page = sign_in(Client(), member).get(URL, {"at": asked}).content.decode()
    assert "As of Friday 9 September 2016, 12:00 UK time." in page


def test_report_asks_as_much_for_many_bodies_as_for_one(delegations, django_assert_num_queries):
    with django_assert_num_queries(3):
        attendance.report(delegations, door.clock_at("12:00"), None)
