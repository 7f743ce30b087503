"""Dates and times in words, in summer and winter time and on the days the clocks change."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from clock import LONDON, words


def london(*parts: int, fold: int = 0) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=LONDON, fold=fold).astimezone(dt.UTC)


def render(source: str, **context: object) -> str:
    return Template("{% load uk_time %}" + source).render(Context(context))


END_OF_JUNE = london(2016, 7, 1, 0, 0)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (london(2025, 5, 2, 23, 59), "Friday 2 May 2025, 23:59 UK time"),
        (dt.datetime(2025, 5, 2, 23, 30, tzinfo=dt.UTC), "Saturday 3 May 2025, 00:30 UK time"),
        (dt.datetime(2025, 1, 2, 23, 30, tzinfo=dt.UTC), "Thursday 2 January 2025, 23:30 UK time"),
        (
            dt.datetime(2016, 10, 30, 0, 30, tzinfo=dt.UTC),
            "Sunday 30 October 2016, 01:30 (BST) UK time",
        ),
        (
            dt.datetime(2016, 10, 30, 1, 30, tzinfo=dt.UTC),
            "Sunday 30 October 2016, 01:30 (GMT) UK time",
        ),
        (dt.datetime(2016, 3, 27, 1, 0, tzinfo=dt.UTC), "Sunday 27 March 2016, 02:00 UK time"),
    ],
)
def test_instant_in_either_season_is_told_on_londons_clock(at, expected):
    assert words.instant_words(at) == expected


@pytest.mark.parametrize(
    ("closes_at", "expected"),
    [
        (END_OF_JUNE, "the end of Thursday 30 June 2016, UK time"),
        (london(2016, 1, 1, 0, 0), "the end of Thursday 31 December 2015, UK time"),
        (london(2016, 6, 30, 17, 0), "Thursday 30 June 2016, 17:00 UK time"),
        (END_OF_JUNE - dt.timedelta(minutes=1), "Thursday 30 June 2016, 23:59 UK time"),
        (london(2016, 10, 31, 0, 0), "the end of Sunday 30 October 2016, UK time"),
        (london(2016, 3, 28, 0, 0), "the end of Sunday 27 March 2016, UK time"),
    ],
)
def test_closing_at_midnight_is_told_as_the_end_of_the_day_before(closes_at, expected):
    assert words.closing_words(closes_at) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (london(2016, 6, 18, 9, 0), "closes in 12 days"),
        (london(2016, 6, 28, 23, 59), "closes in 2 days"),
        (london(2016, 6, 29, 0, 0), "closes tomorrow"),
        (london(2016, 6, 30, 0, 0), "closes at the end of today"),
        (END_OF_JUNE - dt.timedelta(microseconds=1), "closes at the end of today"),
        (END_OF_JUNE, "closed"),
        (london(2016, 8, 1, 0, 0), "closed"),
    ],
)
def test_countdown_to_midnight_counts_london_dates(at, expected):
    assert words.countdown_words(END_OF_JUNE, at) == expected


def test_countdown_to_an_hour_of_today_names_the_hour():
    assert words.countdown_words(london(2016, 6, 30, 17, 0), london(2016, 6, 30, 9, 0)) == (
        "closes today at 17:00"
    )


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (london(2016, 6, 20, 9, 0), "opens in 11 days"),
        (london(2016, 6, 30, 23, 0), "opens tomorrow"),
        (london(2016, 7, 1, 8, 0), "opens today at 09:00"),
        (london(2016, 7, 1, 9, 0), "open"),
    ],
)
def test_countdown_to_an_opening_counts_london_dates(at, expected):
    assert words.countdown_to_opening_words(london(2016, 7, 1, 9, 0), at) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (dt.date(2016, 9, 9), dt.date(2016, 9, 11), "Friday 9 to Sunday 11 September 2016"),
        (dt.date(2016, 9, 9), dt.date(2016, 9, 9), "Friday 9 September 2016"),
        (
            dt.date(2016, 9, 30),
            dt.date(2016, 10, 2),
            "Friday 30 September to Sunday 2 October 2016",
        ),
        (
            dt.date(2016, 12, 31),
            dt.date(2017, 1, 1),
            "Saturday 31 December 2016 to Sunday 1 January 2017",
        ),
    ],
)
def test_date_range_says_month_and_year_once(first, last, expected):
    assert words.date_range_words(first, last) == expected


def test_range_within_a_day_says_the_date_once():
    assert words.range_words(london(2022, 2, 26, 10, 0), london(2022, 2, 26, 13, 0)) == (
        "Saturday 26 February 2022, 10:00 to 13:00 UK time"
    )


def test_range_over_midnight_says_both_dates():
    assert words.range_words(london(2016, 9, 10, 19, 0), london(2016, 9, 11, 1, 0)) == (
        "Saturday 10 September 2016, 19:00 to Sunday 11 September 2016, 01:00 UK time"
    )


def test_filters_given_known_instants_say_the_words():
    page = render(
        "{{ at|uk_date }}|{{ at|uk_time }}|{{ at|uk_datetime }}|{{ closes|uk_closing }}|"
        "{{ closes|uk_opening }}|{{ closes|uk_countdown:at }}|{{ closes|uk_opens_in:at }}|"
        "{{ at|uk_range:later }}|{{ at|uk_date_range:closes }}|{{ at|uk_iso }}|{{ day|uk_iso }}",
        at=london(2016, 6, 29, 9, 5),
        later=london(2016, 6, 29, 10, 0),
        closes=END_OF_JUNE,
        day=dt.date(2016, 6, 29),
    )
    assert page.split("|") == [
        "Wednesday 29 June 2016",
        "09:05 UK time",
        "Wednesday 29 June 2016, 09:05 UK time",
        "the end of Thursday 30 June 2016, UK time",
        "Friday 1 July 2016",
        "closes tomorrow",
        "opens in 2 days",
        "Wednesday 29 June 2016, 09:05 to 10:00 UK time",
        "Wednesday 29 June to Friday 1 July 2016",
        "2016-06-29T09:05+01:00",
        "2016-06-29",
    ]


@pytest.mark.parametrize(
    "name",
    ["uk_date", "uk_time", "uk_datetime", "uk_closing", "uk_opening", "uk_iso"],
)
def test_filter_given_nothing_shows_nothing(name):
    assert render("{{ unknown|" + name + " }}", unknown=None) == ""


@pytest.mark.parametrize("name", ["uk_range", "uk_date_range", "uk_countdown", "uk_opens_in"])
def test_filter_of_two_given_nothing_shows_nothing(name):
    assert render("{{ unknown|" + name + ":unknown }}", unknown=None) == ""


def test_range_without_a_known_end_tells_the_start():
    at = london(2016, 9, 9, 19, 0)
    assert render("{{ at|uk_range:none }}|{{ at|uk_date_range:none }}", at=at, none=None) == (
        "Friday 9 September 2016, 19:00 UK time|Friday 9 September 2016"
    )


def test_date_in_welsh_takes_djangos_names():
    with translation.override("cy"):
        assert words.date_words(dt.date(2016, 9, 9)) == "Dydd Gwener 9 Medi 2016"
