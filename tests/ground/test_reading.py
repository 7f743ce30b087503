"""Kept rows and questions asked once: never across a change, never outside of a reading."""

from __future__ import annotations

import pytest
from django.db import transaction

from events.services.public_pages import current_state, kept, mark_changed, one_request
from members.reading import once, one_reading
from tests.factories import AT

pytestmark = pytest.mark.django_db


def read(name="rows"):
    made = []
    for _ in range(2):
        kept(name, AT, lambda: made.append(1) or [len(made)])
    return len(made)


def test_kept_rows_are_read_once_under_one_version_and_again_after_a_change():
    mark_changed()
    with one_request():
        assert read() == 1
    with one_request():
        assert read() == 0
    mark_changed()
    with one_request():
        assert read() == 1


def test_kept_rows_given_to_one_are_not_those_given_to_another():
    mark_changed()
    with one_request():
        kept("list", AT, list).append("private")
        kept("list", AT, list).append("private")
        assert kept("list", AT, list) == []


def test_nothing_is_kept_outside_of_a_request_nor_before_the_first_change():
    assert read() == 2
    with one_request():
        assert read() == 2
    mark_changed()
    assert read() == 2


def test_request_that_made_a_change_keeps_nothing_it_may_take_back():
    mark_changed()
    with one_request():
        before = current_state(AT).version
        with transaction.atomic():
            mark_changed()
            assert current_state(AT).version == before + 1
            assert read() == 2
            transaction.set_rollback(True)
        assert read() == 2


def test_question_is_asked_once_in_a_reading_and_each_time_outside():
    asked = []
    for _ in range(2):
        once("who", lambda: asked.append(1))
    assert len(asked) == 2
    for _ in range(2):
        with one_reading():
            for _ in range(2):
                once("who", lambda: asked.append(1))
    assert len(asked) == 4
