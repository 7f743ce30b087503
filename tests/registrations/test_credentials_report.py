"""The credentials report: bodies, places, who came and who is in, at any instant."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pdfua
import pytest
from django.test import Client
from pypdf import PdfReader

from events.models import LayAppointment
from registrations import attendance, credentials_report, presence, presence_chart
from registrations.models import Delegation, DoorRules
from registrations.orders import PlaceWish
from registrations.services import cancelling, credentials, entitlement
from tests.factories import make_appointment, make_region, make_user, sign_in
from tests.registrations import build, delegates, door

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


def made_at(conference, at):
    return credentials_report.report(conference, at=at, now=at)


def told(tally):
    return (tally.label, tally.places, tally.named, tally.came, tally.inside)


def test_report_counts_bodies_places_and_who_is_in(delegations, steward):
    for name in ("Dai", "Eira", "Olu", "Vera Visitor"):
        door.show(badge(delegations, name), by=steward, conference=delegations)
    door.show(
        badge(delegations, "Eira"), by=steward, conference=delegations, at="11:00", direction="out"
    )
    DoorRules.objects.create(conference=delegations, quorum=3)
    made = made_at(delegations, door.clock_at("12:00"))
    assert told(made.total) == ("all delegations", 4, 3, 3, 2)
    assert [told(row.tally) for row in made.bodies] == [
        ("Cardiff", 3, 2, 2, 1),
        ("Leeds", 1, 1, 1, 1),
    ]
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
    made = made_at(delegations, door.clock_at(time))
    assert (made.total.came, made.total.inside) == (came, inside)


def test_place_cancelled_later_still_counts_before(delegations, steward):
    dai = badge(delegations, "Dai")
    door.show(dai, by=steward, conference=delegations)
    cancelling.cancel_place(
        by=steward, place=dai.place, at=door.clock_at("12:00"), override_reason="unwell"
    )
    before = made_at(delegations, door.clock_at("11:59"))
    after = made_at(delegations, door.clock_at("12:00"))
    assert [(row.total.places, row.total.inside) for row in (before, after)] == [(4, 1), (3, 0)]


def test_report_reaches_its_quorum_with_the_last_delegate(delegations, steward):
    DoorRules.objects.create(conference=delegations, quorum=2)
    at = door.clock_at("12:00")
    for name, is_quorate in (("Dai", False), ("Olu", True)):
        door.show(badge(delegations, name), by=steward, conference=delegations)
        assert made_at(delegations, at).is_quorate == is_quorate


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
    with django_assert_num_queries(10):
        made_at(delegations, door.clock_at("12:00"))
    for name in ("Bangor", "Swansea", "Derry"):
        delegates.booked(delegations, build.body(name), "Ida", "Ivo")
    with django_assert_num_queries(10):
        made_at(delegations, door.clock_at("12:00"))


def test_report_follows_the_lead_delegate_to_the_hall(delegations, steward):
    dai = badge(delegations, "Dai")
    row = entitlement.of(delegations, dai.place.booking.organisation)
    Delegation.objects.filter(pk=row.pk).update(lead=dai.place, lead_at=door.clock_at("09:30"))
    door.show(dai, by=steward, conference=delegations)
    door.show(dai, by=steward, conference=delegations, at="11:00", direction="out")
    leads = [
        [body.lead for body in made_at(delegations, door.clock_at(time)).bodies]
        for time in ("09:29", "09:30", "10:00", "11:00")
    ]
    assert leads == [["none"] * 2, ["named", "none"], ["in", "none"], ["came", "none"]]


@pytest.fixture
def answers(delegations):
    """Twelve more delegates: seven women, two men, three who said nothing; four of them young."""
    booking = delegates.booked(delegations, build.body("Bangor"), *"ABCDEFGHIJKL")
    for number, place in enumerate(booking.places.order_by("position")[:9]):
        gender = "woman" if number < 7 else "man"
        delegates.answered(place, gender=gender, age_band="18_26" if number < 4 else "over_30")
    return delegations


def test_gender_and_age_are_rounded_and_small_numbers_hidden(answers, steward):
    for row in attendance.badges(answers).filter(place__name__in="ABCDEFGHIJ"):
        door.show(row, by=steward, conference=answers, at="10:01")
    hour = {
        time: {table.title: table.rows for table in made_at(answers, door.clock_at(time)).guarded}
        for time in ("10:59", "11:00")
    }
    assert hour["11:00"]["By gender"] == [
        ("women", "about 5", "about 5"),
        ("men", "fewer than 5", "fewer than 5"),
        ("described in another way", "fewer than 5", "fewer than 5"),
        ("did not say", "about 5", "fewer than 5"),
    ]
    assert hour["11:00"]["By age on the first day"][0] == (
        "30 or under",
        "fewer than 5",
        "fewer than 5",
    )
    came_before = {row[2] for rows in hour["10:59"].values() for row in rows}
    assert came_before == {"too few to say"}


def test_day_is_drawn_step_by_step_until_its_instant(delegations, steward):
    for name, time in (("Dai", "10:05"), ("Olu", "10:40"), ("Vera Visitor", "10:50")):
        door.show(badge(delegations, name), by=steward, conference=delegations, at=time)
    dai = badge(delegations, "Dai")
    door.show(dai, by=steward, conference=delegations, at="12:20", direction="out")
    day = presence.day(delegations, door.clock_at("12:30"))
    assert [step.inside for step in day.steps] == [1, 2, 1]
    assert [step.inside for step in day.hours] == [2, 2]
    assert day.most == presence.Step(door.clock_at("10:40"), 2)
    assert presence.day(delegations, door.clock_at("10:04")).steps == []
    drawn = presence_chart.chart(day, None)
    # 10:00 to 13:00 over 372 units; 2 of at most 2 people at the top
    assert drawn.line == "M30 178.0H40.3V96.0H112.7V14.0H319.3V96.0H340.0"


def test_report_of_scans_that_were_deleted_says_so(delegations):
    DoorRules.objects.create(conference=delegations, scans_kept_days=28)
    at = door.clock_at("12:00")
    last, after = (door.clock_at("12:00", dt.date(2016, 10, day)) for day in (8, 9))
    told = [
        credentials_report.report(delegations, at=at, now=now).scans_gone for now in (last, after)
    ]
    assert told == [None, dt.date(2016, 10, 9)]


@pytest.fixture
def committee(delegations, at):
    at(door.clock_at("12:00"))
    member = make_user()
    make_appointment(member, delegations, LayAppointment.Task.CAC_MEMBER)
    return sign_in(Client(), member)


def test_report_is_kept_as_a_tagged_paper(answers, committee, steward, tmp_path):
    DoorRules.objects.create(conference=answers, quorum=2)
    for name in ("Dai", "Olu"):
        door.show(badge(answers, name), by=steward, conference=answers)
    answer = committee.get(URL, {"as": "pdf"})
    assert "credentials-annual-2016-20160909-1200.pdf" in answer["Content-Disposition"]
    file = tmp_path / "report.pdf"
    file.write_bytes(answer.content)
    assert pdfua.validate(file).findings == ()
    told = "".join(page.extract_text() for page in PdfReader(file).pages)
    told = " ".join(told.split())
    for words in ("Friday 9 September 2016, 12:00 UK time", "2: reached", "Cardiff", "Yorkshire"):
        assert words in told
    assert "Eira" not in told


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_report_goes_into_a_spreadsheet(answers, committee, kind):
    answer = committee.get(URL, {"as": kind, "at": "2016-09-09T11:00"})
    assert f"credentials-annual-2016-20160909-1100.{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        read = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    else:
        (sheet,) = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
        read = [[str(cell or "") for cell in row] for row in sheet.values]
    assert read[1][:5] == ["By body", "Bangor", "", "12", "12"]
    assert ["By gender", "women", "", "", "about 5", "too few to say"] in [row[:6] for row in read]
