"""Overlap is half-open and symmetric; rooms and speakers clash; order of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from events.clashes import Slot, clashes, overlap
from events.running_order import running_order

NOON = dt.datetime(2016, 9, 10, 11, tzinfo=dt.UTC)


def slot(start, end, room="", speakers=(), key=0):
    def at(minutes):
        return None if minutes is None else NOON + dt.timedelta(minutes=minutes)

    return Slot(key, f"S{key}", at(start), at(end), room, frozenset(speakers))


def test_adjacent_sessions_do_not_overlap_and_a_minute_more_does():
    assert not overlap(slot(0, 60), slot(60, 120))
    assert overlap(slot(0, 61), slot(60, 120))


def test_session_without_an_end_overlaps_what_is_going_on_when_it_begins():
    assert overlap(slot(0, 60), slot(30, None))
    assert not overlap(slot(0, 60), slot(60, None))
    assert overlap(slot(30, None), slot(30, 60))
    assert not overlap(slot(None, None), slot(30, 60))


minutes = st.integers(0, 20)
slots = st.builds(
    lambda start, length, key: slot(start, start + length, "Hall", ["Ann"], key),
    minutes,
    st.integers(1, 9),
    st.integers(0, 99),
)


@given(slots, slots)
def test_overlap_is_symmetric_and_true_exactly_when_a_minute_is_shared(one, other):
    shared = max(one.starts_at, other.starts_at) < min(one.ends_at, other.ends_at)
    assert overlap(one, other) == overlap(other, one) == shared


def test_clashes_name_the_room_and_each_speaker_once_a_pair():
    first = slot(0, 60, "Hall", ["Ann", "Bob"], 1)
    second = slot(30, 90, "Hall", ["Bob"], 2)
    third = slot(60, 90, "Annexe", ["Bob"], 3)
    found = [
        (each.first.key, each.second.key, each.what) for each in clashes([third, second, first])
    ]
    assert found == [(1, 2, "the room Hall"), (1, 2, "Bob"), (2, 3, "Bob")]


def test_sessions_without_a_room_do_not_clash_over_it():
    assert clashes([slot(0, 60, "", key=1), slot(0, 60, "", key=2)]) == []


@dataclass(frozen=True)
class Item:
    name: str
    starts_at: dt.datetime | None = None


@given(st.lists(st.one_of(st.none(), minutes), max_size=8))
def test_running_order_keeps_untimed_in_place_and_sorts_the_timed(starts):
    items = [
        Item(str(index), None if start is None else NOON + dt.timedelta(minutes=start))
        for index, start in enumerate(starts)
    ]
    order = running_order(items)
    assert sorted(item.name for item in order) == sorted(item.name for item in items)
    assert [item if item.starts_at is None else None for item in order] == [
        item if item.starts_at is None else None for item in items
    ]
    timed = [item.starts_at for item in order if item.starts_at]
    assert timed == sorted(timed)
