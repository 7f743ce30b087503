"""What the tests themselves stand on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType

import clock
from members.models import Region
from members.roles import Role


def _rows() -> tuple[int, int, int]:
    return Group.objects.count(), Region.objects.count(), ContentType.objects.count()


@pytest.mark.django_db(transaction=True)
def test_rows_of_migrations_are_there_for_a_test_with_real_commits() -> None:
    assert _rows()[:2] == (len(Role), 12)
    Region.objects.all().delete()


def test_rows_of_migrations_are_there_for_the_test_after_it(db) -> None:
    groups, regions, kinds = _rows()
    assert (groups, regions, kinds > 20) == (len(Role), 12, True)


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2016-06-30 23:59:59", dt.datetime(2016, 6, 30, 22, 59, 59, tzinfo=dt.UTC)),
        ("2016-12-30 12:00", dt.datetime(2016, 12, 30, 12, tzinfo=dt.UTC)),
        (
            dt.datetime(2016, 6, 30, 12, tzinfo=dt.UTC),
            dt.datetime(2016, 6, 30, 12, tzinfo=dt.UTC),
        ),
    ],
)
def test_at_holds_every_clock_at_londons_wall_time(at, given, moment) -> None:
    assert at(given) == clock.now() == clock.arrival() == moment


def test_at_called_again_moves_on(at) -> None:
    at("2016-06-30 23:59:59")
    assert at("2016-07-01 00:00") == clock.now() == dt.datetime(2016, 6, 30, 23, 0, tzinfo=dt.UTC)


def test_clock_after_a_held_one_runs(at) -> None:
    assert clock.now().year >= 2026
