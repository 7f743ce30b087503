"""Nothing escapes the hostile tests: each route leads to real rows of their world."""

from __future__ import annotations

import pytest

import clock
from tests.hostile.routes import given_for, routes
from tests.hostile.world import AT, make_world


@pytest.mark.django_db
def test_every_route_is_given_what_it_asks_for() -> None:
    with clock.frozen(AT):
        world = make_world()
        missing = []
        for route in routes():
            try:
                given_for(route, world)
            except (LookupError, AssertionError) as error:
                missing.append(str(error))
    assert missing == []
