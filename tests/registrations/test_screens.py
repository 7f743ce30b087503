"""Officers' screens: what they say, who may see what, and what they cost."""

from __future__ import annotations

import csv
import datetime as dt
import io
import uuid

import pytest
from django.urls import reverse

from events.services.deadlines import extend_for_body
from members.models import AuditEntry
from members.roles import Role
from registrations import delegations, standings
from registrations.models import Extra
from registrations.orders import PlaceWish
from registrations.services import delegations as services
from registrations.services import entitlement
from tests.factories import make_member, make_staff, sign_in
from tests.registrations import build
from tests.registrations.delegates import allocated, answered, booked
from tests.registrations.walking import get

pytestmark = pytest.mark.django_db

OFFICER, ACCESS = Role.REGISTRATIONS_OFFICER, Role.ACCESS_OFFICER
SCREENS = ("overview", "delegations", "days", "hotel", "dinner", "consents")


def url(name, year=None, **query):
    words = "&".join(f"{key}={value}" for key, value in query.items())
    of = f"conference={year.slug}&" if year else ""
    return f"{reverse(f'admin:registrations_booking_{name}')}?{of}{words}"


@pytest.fixture
def desk(client):
    def sit(*roles):
        staff = make_staff(*roles)
        sign_in(client, staff)
        return staff

    return sit


@pytest.fixture
def hotel(year):
    """Two nights and a dinner."""
    door = year.extras.get().deadline
    nights = []
    for day in (9, 10):
        night = Extra.objects.create(
            conference=year,
            code=f"night-{day}",
            name=f"Hotel, {day} September",
            kind=Extra.Kind.HOTEL_NIGHT,
            on_date=dt.date(2016, 9, day),
            deadline=door,
            capacity=40,
        )
        build.band(night, "standard", "80", door, 0)
        nights.append(night)
    return nights


def guest(year, name, *extras, quoted, **wish):
    made = PlaceWish(
        pass_type=year.pass_types.get(code="visitor"), name=name, extras=extras, **wish
    )
    return build.book(build.order(year, made), at=build.EARLY, quoted=quoted)


def test_overview_counts_what_is_sold_owed_unnamed_and_wrong(client, year, desk, staff):
    desk(OFFICER)
    cardiff, leeds = build.body(), build.body("Leeds")
    booked(year, cardiff, "Ann", "")
    booked(year, leeds, "Ben", "Cat")
    allocated(year, leeds, 1, by=staff)
    answer = get(client, url("overview", year))
    figures = answer.context["figures"]
    assert (figures.places, figures.unnamed, figures.unpaid, figures.drafts) == (4, 1, 2, 0)
    assert (answer.context["owing"], answer.context["over"]) == ("£360.00", 1)
    assert answer.context["states"] == [
        ("blocked", "not in order", 1),
        ("open", "things to do", 1),
    ]
    sold = {row.name: (row.held, row.capacity, row.left) for row in answer.context["sold"]}
    assert sold["Delegate pass"] == (4, None, None)
    # each figure leads to a list with exactly what it counts
    links = answer.context["links"]
    rows = {
        name: get(client, links[name]).context["cl"].result_list
        for name in ("unpaid", "unnamed", "over", "drafts")
    }
    assert {name: len(found) for name, found in rows.items()} == {
        "unpaid": 2,
        "unnamed": 1,
        "over": 1,
        "drafts": 0,
    }


def test_standing_of_all_is_the_standing_of_each(year, staff):
    """The list of all and the page of one never tell different things."""
    bodies = [build.body(name) for name in ("Cardiff", "Leeds", "York")]
    booked(year, bodies[0], "Ann", "Ben", "")
    booked(year, bodies[1], "Ann", "Cat")
    booked(year, bodies[2], "Dan")
    allocated(year, bodies[2], 3, by=staff)
    make_member(email="cat@people.example", standing="lapsed")
    for place in delegations.places_of(delegations.of(year, bodies[1])):
        answered(place, gender="woman")
    facts = {"by": staff, "reason": "Alone", "at": build.EARLY}
    row = entitlement.of(year, bodies[2])
    services.waive(delegation=row, rule="lead", **facts)
    names = build.deadline(year, "names", build.CLOSES.date())
    longer = {"by": staff, "deadline": names, "organisation": bodies[0], "reason": "Illness"}
    extend_for_body(closes_on=build.CLOSES.date() + dt.timedelta(days=3), at=build.EARLY, **longer)
    for at in (build.EARLY, names.closing):
        each = [delegations.standing(delegations.of(year, body), at) for body in bodies]
        told = [(one.state, one.facts, one.findings) for one in each]
        found = standings.of_conference(year, at)
        assert [(one.state, one.facts, one.findings) for one in found] == told


def test_delegations_by_state_are_those_that_the_overview_counts(client, year, desk, staff):
    desk(OFFICER)
    booked(year, build.body("Leeds"), "Ben", "Cat")
    booked(year, build.body(), "Ann", "")
    allocated(year, build.body("York"), 3, by=staff)
    found = get(client, url("delegations", year, state="open")).context["rows"]
    assert [row[1] for row in found] == ["Cardiff Party Council", "Leeds"]
    answer = get(client, url("delegations", year, **{"as": "csv"}))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[:2] for row in rows[1:]] == [
        ["Cardiff Party Council", "things to do"],
        ["Leeds", "things to do"],
        ["York", "nothing booked"],
    ]


def test_take_up_is_told_beside_the_year_before(client, year, desk):
    desk(OFFICER)
    first = build.year_2016(slug="annual-2015", title="Annual Conference 2015")
    type(first).objects.filter(pk=first.pk).update(starts_on="2015-09-11", ends_on="2015-09-12")
    booked(first, build.body("Leeds"), "Ben", "Cat", at=build.EARLY.replace(year=2015))
    booked(year, build.body(), "Ann")
    answer = get(client, url("days", year))
    facts = answer.context
    assert (facts["places_now"], facts["places_then"], facts["earlier"]) == (1, 2, first)
    # its first day was two days later in its year, so the same day is two days nearer here
    assert [(day.before, day.places, day.earlier) for day in facts["days"]] == [
        (131, 0, 2),
        (129, 1, 2),
    ]
    text = answer.content.decode()
    assert text.count('<path class="chart-then"') == text.count('<path class="chart-now"') == 2


def test_hotel_list_has_a_row_a_person_and_a_column_a_night(client, year, hotel, desk):
    desk(OFFICER)
    guest(year, "Zoe", *hotel, quoted="180", access="Ramp")
    guest(year, "=cmd()", hotel[1], quoted="100")
    guest(year, "", hotel[0], quoted="100")
    answer = get(client, url("hotel", year))
    assert answer.context["heads"] == ["Name", "For", "Fri 9 Sep", "Sat 10 Sep", "Nights"]
    assert answer.context["nights"] == [("Fri 9 Sep", 2, 40), ("Sat 10 Sep", 2, 40)]
    assert answer.context["table"] == [
        ["=cmd()", "themself", "", "yes", 1],
        ["Zoe", "themself", "yes", "yes", 2],
        ["not yet named", "themself", "yes", "", 1],
    ]
    assert "Ramp" not in answer.content.decode()
    text = get(client, url("hotel", year, **{"as": "csv"})).content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))][1] == "'=cmd()"
    entry = AuditEntry.objects.get(action="booking.exported")
    assert entry.after == {"rows": 3, "list": "hotel", "conference": year.slug}


def test_needs_are_on_the_lists_of_the_access_officer_alone(client, year, hotel, desk):
    dinner = year.extras.get(kind="dinner")
    guest(year, "Zoe", hotel[0], dinner, quoted="145", access="Ramp", dietary="nut allergy")
    desk(ACCESS)
    assert get(client, url("hotel", year)).context["table"][0][-1] == "yes"
    shown = get(client, url("dinner", year))
    assert shown.context["table"] == [
        ["Conference dinner", "themself", "Zoe", "Visitor pass", "nut allergy"]
    ]
    assert get(client, url("needs", year)).status_code == 200
    for roles in ([OFFICER], [Role.ADMINISTRATOR]):
        desk(*roles)
        for name in ("hotel", "dinner"):
            for form in ("", "csv"):
                told = get(client, url(name, year, **{"as": form})).content.decode()
                assert "nut allergy" not in told
                assert "Access needs" not in told
        assert get(client, url("needs", year)).status_code == 404


def test_dinner_list_says_who_is_not_yet_named(client, year, desk):
    desk(OFFICER)
    dinner, delegate = year.extras.get(), year.pass_types.get(code="delegate")
    wishes = [
        PlaceWish(pass_type=delegate, name=name, extras=(dinner,)) for name in ("", "Dai", "Ann")
    ]
    order = build.order(year, *wishes, organisation=build.body())
    build.book(order, at=build.EARLY, quoted="405", key=uuid.uuid4())
    answer = get(client, url("dinner", year))
    assert [row[1:3] for row in answer.context["table"]] == [
        ["Cardiff Party Council", "Ann"],
        ["Cardiff Party Council", "Dai"],
        ["Cardiff Party Council", "not yet named"],
    ]
    assert answer.context["unnamed"] == 1


@pytest.mark.parametrize("number", [1, 30])
def test_screens_cost_the_same_with_one_row_and_with_thirty(
    client, year, hotel, desk, number, django_assert_max_num_queries
):
    desk(OFFICER, ACCESS)
    dinner, delegate = year.extras.get(kind="dinner"), year.pass_types.get(code="delegate")
    for n in range(number):
        wish = PlaceWish(
            pass_type=delegate, name=f"N{n}", extras=(dinner, hotel[0]), dietary="vegan"
        )
        order = build.order(year, wish, organisation=build.body(f"Body {n}"))
        build.book(order, at=build.EARLY, quoted="215")
    build.deadline(year, "names", build.CLOSES.date())
    for name in (*SCREENS, "needs"):
        # the overview is no list: it is the figures of several
        with django_assert_max_num_queries(16 if name == "overview" else 15):
            assert get(client, url(name, year)).status_code == 200


@pytest.mark.parametrize("name", [*SCREENS, "needs"])
def test_screen_without_a_conference_says_so_and_an_unknown_one_is_not_there(client, desk, name):
    desk(OFFICER, ACCESS)
    assert "No conference sells anything yet." in get(client, url(name)).content.decode()
    assert get(client, f"{url(name)}conference=none").status_code == 404


def test_screen_opens_at_the_conference_that_comes_next(client, year, desk):
    desk(OFFICER)
    later = build.year_2016(slug="later")
    type(later).objects.filter(pk=later.pk).update(starts_on="2017-09-09", ends_on="2017-09-10")
    for at, chosen in ((build.EARLY, year), (build.EARLY.replace(year=2017), later)):
        assert get(client, url("overview"), at=at).context["chosen"] == chosen
