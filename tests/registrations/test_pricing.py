"""The price is a pure function of the instant, without gap or overlap."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.calendar import DoorState, Window, end_of_day
from registrations.pricing import Band, late_price, price

TICK = dt.timedelta(microseconds=1)
EARLY_ENDS, DOOR_CLOSES = end_of_day(dt.date(2016, 6, 30)), end_of_day(dt.date(2016, 8, 22))
BANDS_2016 = (
    Band("early", Decimal(90), EARLY_ENDS),
    Band("standard", Decimal(110), DOOR_CLOSES),
)
DOOR_2016 = Window(None, DOOR_CLOSES)

instants = st.datetimes(
    dt.datetime(2014, 1, 1),  # noqa: DTZ001 (hypothesis wants naive bounds)
    dt.datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(dt.UTC),
)
bands = st.builds(
    Band,
    name=st.text(min_size=1, max_size=5),
    amount=st.decimals(0, 500, places=2),
    closes_at=st.none() | instants,
)


@pytest.mark.parametrize(
    ("at", "amount"),
    [
        (dt.datetime(2016, 6, 30, 22, 59, 59, 999999, tzinfo=dt.UTC), 90),
        (dt.datetime(2016, 6, 30, 23, 0, tzinfo=dt.UTC), 110),
        (dt.datetime(2016, 8, 22, 22, 59, 59, 999999, tzinfo=dt.UTC), 110),
        (dt.datetime(2016, 8, 22, 23, 0, tzinfo=dt.UTC), None),
    ],
)
def test_price_either_side_of_each_midnight_of_2016_is_that_bands(at, amount):
    assert price(bands=BANDS_2016, window=DOOR_2016, at=at).amount == amount


def test_price_after_the_door_closed_says_closed():
    assert price(bands=BANDS_2016, window=DOOR_2016, at=DOOR_CLOSES).state is DoorState.CLOSED


def test_price_says_until_when_it_holds_and_what_follows():
    early = price(bands=BANDS_2016, window=DOOR_2016, at=EARLY_ENDS - TICK)
    late = price(bands=BANDS_2016, window=DOOR_2016, at=EARLY_ENDS)
    assert (early.until, early.following) == (EARLY_ENDS, BANDS_2016[1])
    assert (late.until, late.following) == (DOOR_CLOSES, None)


def test_price_for_a_body_with_an_extension_stays_early():
    extended = (Band("early", Decimal(90), EARLY_ENDS + dt.timedelta(days=3)), BANDS_2016[1])
    at = EARLY_ENDS + dt.timedelta(days=2)
    assert price(bands=extended, window=DOOR_2016, at=at).amount == 90
    assert price(bands=BANDS_2016, window=DOOR_2016, at=at).amount == 110


def test_price_when_only_the_door_was_extended_is_the_last_bands():
    door = Window(None, DOOR_CLOSES + dt.timedelta(days=2))
    answer = price(bands=BANDS_2016, window=door, at=DOOR_CLOSES)
    assert (answer.amount, answer.until) == (110, door.closes_at)


def test_price_without_bands_is_not_announced():
    assert price(bands=(), window=DOOR_2016, at=EARLY_ENDS).state is DoorState.UNKNOWN


def test_late_price_is_the_last_band():
    assert late_price(BANDS_2016) == BANDS_2016[1]
    assert late_price(()) is None


@given(st.lists(bands, min_size=1, max_size=5), st.none() | instants, instants, instants)
def test_price_at_any_instant_is_one_band_exactly_when_the_door_is_open(rows, opens, closes, at):
    window = Window(opens, closes)
    answer = price(bands=rows, window=window, at=at)
    assert answer.state is window.state(at)
    assert (answer.band in rows) is (window.state(at) is DoorState.OPEN)


@given(st.lists(bands, min_size=1, max_size=5), instants, instants)
def test_price_stays_the_same_until_the_instant_it_names(rows, closes, at):
    window = Window(None, closes)
    now = price(bands=rows, window=window, at=at)
    if now.state is DoorState.OPEN:
        assert now.until is not None
        assert now.until > at
        assert price(bands=rows, window=window, at=now.until - TICK).band == now.band


@given(st.lists(instants, min_size=1, max_size=5, unique=True), instants)
def test_price_of_bands_in_order_is_the_first_that_has_not_ended(ends, at):
    ends = sorted(ends)
    rows = [Band(str(n), Decimal(n), end) for n, end in enumerate(ends)]
    answer = price(bands=rows, window=Window(None, ends[-1]), at=at)
    running = [band for band in rows if at < band.closes_at]
    assert answer.band == (running[0] if running else None)
