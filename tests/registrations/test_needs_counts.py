"""Counts of needs that are passed on: no small number can be read, or worked out, from them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations import needs_counts
from registrations.models import PlaceNeeds
from registrations.needs_counts import LEAST, in_words, of_conference, released
from registrations.orders import PlaceWish
from tests.registrations import build


@given(st.dictionaries(st.text(max_size=4), st.integers(1, 30), max_size=12))
def test_no_small_number_can_be_worked_out_from_what_is_told(counts):
    told, others = released(counts)
    assert all(number >= LEAST for _, number in told)
    assert sum(number for _, number in told) + others == sum(counts.values())
    assert others == 0 or others >= LEAST or not told


@pytest.mark.parametrize(
    ("counts", "told", "others"),
    [
        ({"vegan": 7, "halal": 5}, [("vegan", 7), ("halal", 5)], 0),
        ({"vegan": 7, "halal": 3, "kosher": 2}, [("vegan", 7)], 5),
        ({"vegan": 7, "halal": 5, "kosher": 1}, [("vegan", 7)], 6),
        ({"vegan": 7, "kosher": 1}, [], 8),
        ({"kosher": 1}, [], 1),
    ],
)
def test_small_numbers_are_told_together(counts, told, others):
    assert released(counts) == (told, others)


def test_small_sum_is_told_as_small():
    assert [in_words(n) for n in (0, 1, 4, 5)] == ["0", "fewer than 5", "fewer than 5", "5"]


@pytest.mark.django_db
def test_counts_tidy_the_words_leave_out_what_is_due_and_follow_the_dinner(year):
    visitor, dinner = year.pass_types.get(code="visitor"), year.extras.get()
    for number in range(6):
        wish = PlaceWish(
            pass_type=visitor,
            name=f"V{number}",
            dietary=" Vegan." if number % 2 else "vegan",
            access="Ramp" if number == 0 else "",
            extras=(dinner,) if number else (),
        )
        quoted = "65" if number else "20"
        build.book(build.order(year, wish), at=build.EARLY, quoted=quoted)
    PlaceNeeds.objects.update(purge_on=dt.date(2016, 10, 11))
    report = of_conference(year, dt.date(2016, 10, 10))
    everybody, dining = (counts for _, counts in report.groups)
    assert (everybody.people, everybody.told, everybody.access) == (
        6,
        [("vegan", 6)],
        "fewer than 5",
    )
    assert (dining.people, dining.told, dining.others) == (5, [("vegan", 5)], "0")
    assert report.deleted_on == dt.date(2016, 10, 11)
    over = of_conference(year, dt.date(2016, 10, 11))
    assert over.groups[0][1] == needs_counts.Counts(6, "0", [], "0")
