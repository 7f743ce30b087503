"""What is kept when somebody cancels, at the edges of the bands and at every instant."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.keeping import RefundBand, kept, percent_kept
from tests.registrations.build import CLOSES, EARLY_ENDS, TICK

BANDS = [RefundBand(Decimal(0), EARLY_ENDS), RefundBand(Decimal(50), CLOSES)]


@pytest.mark.parametrize(
    ("at", "percent"),
    [
        (EARLY_ENDS - TICK, 0),
        (EARLY_ENDS, 50),
        (CLOSES - TICK, 50),
        (CLOSES, 100),
        (CLOSES + dt.timedelta(days=400), 100),
    ],
)
def test_request_at_the_edge_of_a_band_falls_on_its_own_side(at, percent):
    assert percent_kept(BANDS, at) == percent


def test_conference_without_bands_keeps_nothing():
    assert percent_kept([], CLOSES) == 0


def test_band_without_an_announced_end_lasts():
    bands = [RefundBand(Decimal(10), None), RefundBand(Decimal(90), CLOSES)]
    assert percent_kept(bands, CLOSES + TICK) == 10


@given(
    st.decimals(min_value=0, max_value=10000, places=2),
    st.decimals(min_value=0, max_value=100, places=2),
)
def test_kept_of_any_amount_lies_between_nothing_and_all_of_it(amount, percent):
    assert 0 <= kept(amount, percent) <= amount
    assert kept(amount, percent) == kept(amount, percent).quantize(Decimal("0.01"))
