"""What tests stand on unless they say otherwise: 2016, a body's booking, one of the staff."""

from __future__ import annotations

import pytest

from registrations.orders import PlaceWish
from tests.registrations import build


@pytest.fixture
def year(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = build.year_2016()
    build.visitor_pass(made)
    return made


@pytest.fixture
def booking(year):
    """Two delegates of a body at the early price."""
    delegate = year.pass_types.get(code="delegate")
    wishes = [PlaceWish(pass_type=delegate, name="Dai"), PlaceWish(pass_type=delegate)]
    order = build.order(year, *wishes, organisation=build.body(), payment_method="cheque")
    return build.book(order, at=build.EARLY, quoted="180")


@pytest.fixture
def staff():
    return build.user("staff@party.example", is_staff=True)
