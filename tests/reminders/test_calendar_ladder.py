"""The ladder of reminders as a pure rule."""

from __future__ import annotations

import datetime as dt

from events.calendar import (
    DEFAULT_LADDER,
    Step,
    Window,
    closing_instant,
    ladder,
    latest_due,
    london_instant,
)

CLOSES = closing_instant(closes_on=dt.date(2016, 4, 4), closes_at=None)


def keys_and_local_times(window: Window) -> list[tuple[str, str]]:
    return [
        (step.key, due.astimezone(dt.UTC).isoformat())
        for step, due in ladder(window, DEFAULT_LADDER)
    ]


def test_ladder_across_the_change_to_summer_time_keeps_nine_o_clock_in_london():
    assert keys_and_local_times(Window(None, CLOSES)) == [
        ("28d", "2016-03-07T09:00:00+00:00"),
        ("7d", "2016-03-28T08:00:00+00:00"),
        ("2d", "2016-04-02T08:00:00+00:00"),
        ("last_day", "2016-04-04T08:00:00+00:00"),
    ]


def test_ladder_with_an_opening_at_midnight_is_announced_at_nine():
    opens = london_instant(dt.date(2016, 1, 11), dt.time(0, 0))
    assert keys_and_local_times(Window(opens, CLOSES))[0] == (
        "opening",
        "2016-01-11T09:00:00+00:00",
    )


def test_ladder_with_an_opening_in_the_afternoon_is_announced_at_that_minute():
    opens = london_instant(dt.date(2016, 1, 11), dt.time(15, 30))
    assert keys_and_local_times(Window(opens, CLOSES))[0][1] == "2016-01-11T15:30:00+00:00"


def test_ladder_of_a_short_call_leaves_out_steps_before_its_opening():
    opens = london_instant(dt.date(2016, 3, 29), dt.time(0, 0))
    assert [key for key, _ in keys_and_local_times(Window(opens, CLOSES))] == [
        "opening",
        "2d",
        "last_day",
    ]


def test_ladder_when_closing_before_nine_has_no_reminder_after_the_close():
    closes = london_instant(dt.date(2016, 4, 4), dt.time(8, 0))
    assert [key for key, _ in keys_and_local_times(Window(None, closes))] == ["28d", "7d", "2d"]


def test_ladder_of_an_unknown_closing_is_empty():
    assert ladder(Window(None, None), DEFAULT_LADDER) == []


def test_ladder_step_at_a_skipped_hour_goes_out_an_hour_later():
    closes = closing_instant(closes_on=dt.date(2027, 3, 28), closes_at=None)
    [(_, due)] = ladder(Window(None, closes), [Step("last_day", time=dt.time(1, 30))])
    assert due == dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)


def test_latest_due_after_downtime_is_the_last_rung_that_has_come():
    rungs = ladder(Window(None, CLOSES), DEFAULT_LADDER)
    step, _ = latest_due(rungs, dt.datetime(2016, 4, 3, tzinfo=dt.UTC))
    assert step.key == "2d"


def test_latest_due_before_the_first_rung_is_none():
    rungs = ladder(Window(None, CLOSES), DEFAULT_LADDER)
    assert latest_due(rungs, dt.datetime(2016, 3, 7, 8, 59, 59, tzinfo=dt.UTC)) is None
