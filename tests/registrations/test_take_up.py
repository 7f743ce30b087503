"""Take-up by day, beside the year before: the counts, the table and the geometry of the chart."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations import charts, take_up
from registrations.services import cancelling
from tests.registrations import build
from tests.registrations.delegates import booked

FIRST = dt.date(2016, 9, 9)


@pytest.mark.django_db
def test_place_counts_from_the_day_it_was_booked_to_the_day_it_was_cancelled(year):
    made = booked(year, build.body(), "Ann", "Ben")
    cancelling.cancel_place(by=None, place=made.places.first(), at=build.LATE)
    booked_before = (FIRST - build.EARLY.date()).days
    cancelled_before = (FIRST - build.LATE.date()).days
    changed = take_up.changes(year)
    assert changed == {booked_before: 2, cancelled_before: -1}
    counts = [take_up.places_at(changed, n) for n in (booked_before + 1, booked_before, 0)]
    assert counts == [0, 2, 1]


@pytest.mark.django_db
def test_booking_a_minute_before_midnight_in_london_belongs_to_that_day(year):
    late = dt.datetime(2016, 5, 3, 22, 59, tzinfo=dt.UTC)  # 23:59 in London
    booked(year, build.body(), "Ann", at=late)
    booked(year, build.body("Leeds"), "Ben", at=late + dt.timedelta(minutes=1))
    first = (FIRST - dt.date(2016, 5, 3)).days
    assert take_up.changes(year) == {first: 1, first - 1: 1}


def test_table_has_every_day_of_change_and_today_and_says_nothing_of_days_to_come():
    earlier = Counter({100: 3, 10: 2})
    found = take_up.days(FIRST, Counter({90: 4}), earlier, today=FIRST - dt.timedelta(days=50))
    told = [(day.before, day.change, day.places, day.earlier) for day in found]
    assert told == [
        (100, 0, 0, 3),
        (90, 4, 4, 3),
        (50, 0, 4, 3),
        (10, None, None, 5),
    ]
    assert found[1].on == dt.date(2016, 6, 11)
    assert take_up.points(found, earlier=True)[-2:] == [(10, 5), (0, 5)]
    assert take_up.points(found, earlier=False)[-1] == (50, 4)


def test_table_without_a_year_before_has_one_line():
    found = take_up.days(FIRST, Counter({90: 4}), None, today=FIRST)
    assert take_up.points(found, earlier=False) == [(90, 4), (0, 4)]
    assert take_up.points(found, earlier=True) == []


@pytest.mark.django_db
def test_year_before_is_the_last_of_the_same_kind():
    years = [
        build.conference(
            f"annual-{n}", starts_on=dt.date(n, 9, 9), ends_on=dt.date(n, 9, 9), title=str(n)
        )
        for n in (2013, 2015, 2016)
    ]
    other = build.conference("region", kind="regional", starts_on=dt.date(2016, 1, 1))
    assert take_up.year_before(years[2], [*years, other]) == years[1]
    assert take_up.year_before(years[0], [*years, other]) is None


def test_chart_of_nothing_is_drawn_empty():
    assert charts.countdown([[], []]).paths == ["", ""]


@given(st.lists(st.tuples(st.integers(-9, 400), st.integers(0, 3000)), min_size=1, max_size=40))
def test_chart_stays_inside_its_frame_whatever_is_counted(points):
    points.sort(reverse=True)
    chart = charts.countdown([points])
    numbers = chart.paths[0].replace("M", " ").replace("H", " ").replace("V", " ").split()
    assert all(0 <= float(n) <= charts.WIDTH for n in numbers if not n.endswith("h2"))
    assert 2 <= len(chart.up) <= charts.MOST_TICKS + 2
    assert float(chart.up[-1].at) == charts.TOP
