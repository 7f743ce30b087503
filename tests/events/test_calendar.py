"""The calendar's rules against an oracle that knows only when the clocks change."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.calendar import (
    AmbiguousTimeError,
    DoorState,
    NonexistentTimeError,
    Step,
    Window,
    closing_instant,
    end_of_day,
    ladder,
    last_day,
    london_instant,
)

UTC = dt.UTC
HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
TICK = dt.timedelta(microseconds=1)
YEARS = (2016, 2022, 2025)


def last_sunday(year: int, month: int) -> dt.date:
    days = (dt.date(year, month, 31) - dt.timedelta(days=back) for back in range(7))
    return next(day for day in days if day.isoweekday() == 7)


def wall(at: dt.datetime) -> dt.datetime:
    """London's wall clock by the rule of the law: summer time between 01:00 UTC on two Sundays."""
    one = dt.time(1, 0, tzinfo=UTC)
    begins = dt.datetime.combine(last_sunday(at.year, 3), one)
    ends = dt.datetime.combine(last_sunday(at.year, 10), one)
    return (at + HOUR if begins <= at < ends else at).replace(tzinfo=None)


def instants_showing(date: dt.date, time: dt.time) -> list[dt.datetime]:
    shown = dt.datetime.combine(date, time)
    candidates = (shown.replace(tzinfo=UTC) - HOUR, shown.replace(tzinfo=UTC))
    return [at for at in candidates if wall(at) == shown]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("month", [3, 10])
def test_every_minute_of_a_change_day_agrees_with_the_oracle(year, month):
    date = last_sunday(year, month)
    counts = {0: 0, 1: 0, 2: 0}
    for minute in range(24 * 60):
        time = dt.time(minute // 60, minute % 60)
        found = instants_showing(date, time)
        counts[len(found)] += 1
        if not found:
            with pytest.raises(NonexistentTimeError):
                london_instant(date, time)
        elif len(found) == 1:
            assert [london_instant(date, time)] == found
        else:
            with pytest.raises(AmbiguousTimeError):
                london_instant(date, time)
            assert [london_instant(date, time, fold=fold) for fold in (0, 1)] == found
    assert counts == ({0: 60, 1: 1380, 2: 0} if month == 3 else {0: 0, 1: 1380, 2: 60})


@pytest.mark.parametrize(
    ("date", "midnight"),
    [
        (dt.date(2016, 4, 4), dt.datetime(2016, 4, 4, 23, tzinfo=UTC)),  # BST
        (dt.date(2016, 6, 30), dt.datetime(2016, 6, 30, 23, tzinfo=UTC)),
        (dt.date(2016, 1, 31), dt.datetime(2016, 2, 1, 0, tzinfo=UTC)),  # GMT
        (dt.date(2016, 3, 26), dt.datetime(2016, 3, 27, 0, tzinfo=UTC)),  # before the change
        (dt.date(2016, 3, 27), dt.datetime(2016, 3, 27, 23, tzinfo=UTC)),  # a day of 23 hours
        (dt.date(2016, 10, 30), dt.datetime(2016, 10, 31, 0, tzinfo=UTC)),  # a day of 25 hours
    ],
)
def test_inclusive_date_closes_at_the_next_local_midnight_to_the_microsecond(date, midnight):
    closes_at = closing_instant(closes_on=date, closes_at=None)
    window = Window(None, closes_at)
    assert closes_at == end_of_day(date) == midnight
    assert window.state(midnight - TICK) is DoorState.OPEN
    assert window.state(midnight) is DoorState.CLOSED
    assert last_day(closes_at) == date


def test_closing_without_date_or_instant_is_unknown():
    assert closing_instant(closes_on=None, closes_at=None) is None
    assert Window(None, None).state(dt.datetime(2016, 1, 1, tzinfo=UTC)) is DoorState.UNKNOWN


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.timedeltas(TICK, dt.timedelta(days=400)),
    st.timedeltas(-dt.timedelta(days=400), dt.timedelta(days=400)),
)
def test_window_is_open_exactly_from_its_opening_until_before_its_closing(opens, length, offset):
    try:
        closes, at = opens + length, opens + offset
    except OverflowError:
        return
    window = Window(opens, closes)
    assert window.is_open(at) == (opens <= at < closes)
    assert window.state(opens) is DoorState.OPEN
    assert window.state(closes) is DoorState.CLOSED
    assert Window(opens, closes).state(closes - TICK) is DoorState.OPEN


@pytest.mark.parametrize(
    ("everybody", "own", "expected"),
    [(10, None, 10), (10, 12, 12), (10, 10, 10), (10, 8, 10), (None, 12, 12), (None, None, None)],
)
def test_extension_gives_the_later_of_two_closings(everybody, own, expected):
    def day(number: int | None) -> dt.datetime | None:
        return number and dt.datetime(2016, 5, number, tzinfo=UTC)

    assert Window(None, day(everybody)).extended_to(day(own)).closes_at == day(expected)


def test_ladder_of_a_summer_deadline_has_every_step_at_nine_in_london():
    window = Window(dt.datetime(2016, 6, 1, 8, tzinfo=UTC), end_of_day(dt.date(2016, 8, 1)))
    days = [28, 7, 2]
    steps = [Step("opening"), *(Step("days_before", n) for n in days), Step("last_day")]
    assert [(step.key, at.isoformat()) for step, at in ladder(window, steps)] == [
        ("opening", "2016-06-01T08:00:00+00:00"),
        ("28d", "2016-07-04T08:00:00+00:00"),
        ("7d", "2016-07-25T08:00:00+00:00"),
        ("2d", "2016-07-30T08:00:00+00:00"),
        ("last_day", "2016-08-01T08:00:00+00:00"),
    ]


def test_ladder_across_the_change_of_clocks_keeps_the_hour_on_the_wall():
    window = Window(None, end_of_day(dt.date(2016, 3, 29)))
    due = [at for _, at in ladder(window, [Step("days_before", 7), Step("days_before", 1)])]
    assert due == [
        dt.datetime(2016, 3, 22, 9, tzinfo=UTC),
        dt.datetime(2016, 3, 28, 8, tzinfo=UTC),
    ]


def test_ladder_step_at_a_time_the_clocks_skip_goes_an_hour_later_on_the_wall():
    window = Window(None, end_of_day(dt.date(2016, 3, 27)))
    due = ladder(window, [Step("last_day", time=dt.time(1, 30))])
    assert [at for _, at in due] == [dt.datetime(2016, 3, 27, 1, 30, tzinfo=UTC)]


def test_ladder_step_at_a_time_that_happens_twice_goes_the_first_time():
    window = Window(None, end_of_day(dt.date(2016, 10, 30)))
    due = ladder(window, [Step("last_day", time=dt.time(1, 30))])
    assert [at for _, at in due] == [dt.datetime(2016, 10, 30, 0, 30, tzinfo=UTC)]


def test_ladder_of_a_short_call_leaves_out_what_falls_before_its_opening():
    window = Window(dt.datetime(2016, 7, 27, 11, tzinfo=UTC), end_of_day(dt.date(2016, 8, 1)))
    steps = [Step("days_before", 28), Step("days_before", 7), Step("days_before", 2)]
    assert [step.key for step, _ in ladder(window, steps)] == ["2d"]


def test_ladder_of_an_early_exact_closing_has_no_step_at_or_after_it():
    window = Window(None, dt.datetime(2016, 8, 1, 8, tzinfo=UTC))  # 09:00 in London
    steps = [Step("days_before", 1), Step("last_day")]
    assert [step.key for step, _ in ladder(window, steps)] == ["1d"]


def test_ladder_of_an_unknown_closing_is_empty():
    assert ladder(Window(None, None), [Step("opening"), Step("last_day")]) == []
