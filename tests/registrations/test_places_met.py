"""Where people meet registration: conference page, start page, the body's page, files, timeline."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

import clock
from events import timeline
from events.files.loading import FileRefused, load
from events.files.writing import write_conference
from events.models import Conference
from members.body_page import State
from registrations import concerns, price_table
from registrations.models import DelegationRules, Extra, PassType
from registrations.orders import PlaceWish
from tests.registrations import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return build.year_2016()


def test_panel_shows_both_bands_and_which_is_now(year):
    made = price_table.panel(year, build.EARLY)
    assert [(row["name"], row["prices"]) for row in made.facts["rows"]] == [
        ("Delegate pass", [90, 110]),
        ("Conference dinner", [45, 45]),
    ]
    assert [band["is_current"] for band in made.facts["bands"]] == [True, False]
    assert made.changes_at == build.EARLY_ENDS
    late = price_table.panel(year, build.EARLY_ENDS)
    assert [band["is_current"] for band in late.facts["bands"]] == [False, True]


def test_panel_costs_one_query(year, django_assert_num_queries):
    with django_assert_num_queries(1):
        price_table.panel(year, build.EARLY)


def test_conference_page_shows_the_prices(client, year):
    with clock.frozen(build.EARLY):
        page = client.get(year.get_absolute_url()).content.decode()
    assert "£90" in page
    assert "£110" in page
    assert reverse("registrations:choose", args=[year.slug]) in page


def test_conference_page_of_2022_leads_to_interest(client):
    made = build.conference("wm", attendance=Conference.Attendance.INTEREST)
    with clock.frozen(build.EARLY):
        page = client.get(made.get_absolute_url()).content.decode()
    assert reverse("registrations:interest", args=["wm"]) in page


def test_timeline_names_the_change_of_price(year):
    found = [mark for mark in timeline.marks(year) if mark.what == "price"]
    assert [(mark.at, mark.text) for mark in found] == [
        (build.EARLY_ENDS, "Delegate pass: £90.00 becomes £110.00")
    ]


def test_body_page_says_what_is_due_done_and_missing(year):
    cardiff = build.body()
    officer = build.officer(cardiff)

    def states(at=build.EARLY):
        section = concerns.body_section(cardiff, officer, at)
        return [(row.state, row.text) for row in section.rows]

    assert states() == [(State.DUE, "No places booked")]
    assert states(build.CLOSES) == [(State.CLOSED, "No places booked")]
    wish = PlaceWish(pass_type=year.pass_types.get())
    build.book(build.order(year, wish, organisation=cardiff), at=build.EARLY, quoted="90")
    assert states() == [
        (State.DONE, "1 place booked"),
        (None, "Delegation"),
        (State.DUE, "1 without a name"),
    ]
    names = build.deadline(year, "names", dt.date(2016, 8, 1))
    [row] = concerns.body_section(cardiff, officer, build.EARLY).rows[2:]
    assert (row.state, row.closes_at) == (State.DUE, names.closing)
    assert states(names.closing)[2] == (State.MISSING, "1 without a name")


def test_start_page_of_an_officer_whose_body_booked_nothing_asks_for_delegates(year):
    cardiff = build.body()
    officer = build.officer(cardiff)
    [concern] = concerns.concerns(officer, build.EARLY)
    assert (concern.title, concern.body) == ("No delegate is booked yet", cardiff.name)
    assert concern.closes_at == build.CLOSES
    assert concerns.concerns(officer, build.CLOSES) == []
    assert concerns.concerns(build.user("member@people.example"), build.EARLY) == []


def test_start_page_of_an_officer_names_what_is_missing(year):
    cardiff = build.body()
    officer = build.officer(cardiff)
    wish = PlaceWish(pass_type=year.pass_types.get())
    build.book(build.order(year, wish, organisation=cardiff), at=build.EARLY, quoted="90")
    [concern] = concerns.concerns(officer, build.EARLY)
    assert (concern.title, concern.is_done) == ("1 place without a name", False)


# Files

FILE = """
slug: annual-2027
title: Annual Conference 2027
kind: annual
status: draft
deadlines:
  - kind: early_price
    concerns: bodies
    closes: 2027-05-07
  - kind: delegate_registration
    concerns: bodies
    closes: 2027-08-20
passes:
  - code: delegate
    name: Delegate pass
    role: delegate
    sold_to: bodies
    door: delegate_registration
    places: 300
    prices:
      - band: early
        until: early_price
        amount: 145
      - band: late
        until: delegate_registration
        amount: 195.50
extras:
  - code: dinner
    name: Dinner
    kind: dinner
    date: 2027-10-09
    door: delegate_registration
"""


def loaded(text):
    return load(by=None, text=text, at=build.EARLY)


def test_file_with_passes_loads_and_twice_is_once():
    assert loaded(FILE).has_changed
    made = PassType.objects.get()
    assert [(band.name, band.amount) for band in made.bands.all()] == [
        ("early", Decimal("145.00")),
        ("late", Decimal("195.50")),
    ]
    assert (made.capacity, Extra.objects.get().on_date) == (300, dt.date(2027, 10, 9))
    assert not loaded(FILE).has_changed


def test_file_written_back_says_the_same():
    conference = loaded(FILE).conference
    assert not loaded(write_conference(conference)).has_changed


def test_file_naming_an_unknown_deadline_is_refused_with_line_and_field():
    with pytest.raises(FileRefused) as refused:
        loaded(FILE.replace("until: early_price", "until: earlybird"))
    [problem] = refused.value.problems
    assert (problem.line, problem.field) == (22, "passes[1].prices[1].until")
    assert "no deadline ‘earlybird’" in problem.sentence


def test_file_without_a_pass_that_was_booked_is_refused():
    conference = loaded(FILE.replace("status: draft", "status: open")).conference
    wish = PlaceWish(pass_type=PassType.objects.get())
    order = build.order(conference, wish, organisation=build.body())
    build.book(order, at=build.EARLY, quoted="145")
    start = FILE.index("passes:")
    cut = FILE[:start] + "passes: []\n" + FILE[FILE.index("extras:") :]
    with pytest.raises(FileRefused, match="somebody has booked it"):
        loaded(cut.replace("status: draft", "status: open"))


RULES = """delegations:
  beyond: refused
  without_allocation: none
  imbalance_blocks: yes
  youth_until: 26
  membership_on: 2027-09-01
"""


def test_file_with_rules_for_delegations_loads_and_twice_is_once():
    assert loaded(FILE + RULES).has_changed
    row = DelegationRules.objects.get()
    assert (row.beyond, row.without_allocation, row.imbalance_blocks, row.odd_may_differ) == (
        *("refused", "none"),
        *(True, True),
    )
    assert (row.youth_until, row.membership_on) == (26, dt.date(2027, 9, 1))
    assert not loaded(FILE + RULES).has_changed
    assert not loaded(write_conference(row.conference)).has_changed


def test_file_without_rules_for_delegations_leaves_them_alone():
    loaded(FILE + RULES)
    assert not loaded(FILE).has_changed
    assert DelegationRules.objects.get().youth_until == 26


@pytest.mark.parametrize("line", ["youth_until: 27", "beyond: maybe", "quota: 3"])
def test_file_with_a_rule_that_is_not_known_is_refused(line):
    with pytest.raises(FileRefused) as refused:
        loaded(f"{FILE}delegations:\n  {line}\n")
    assert len(refused.value.problems) == 1
    assert DelegationRules.objects.count() == 0
