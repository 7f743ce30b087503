"""Doors: open or not, for everybody and for a body with an extension, and what a refusal says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from events import doors
from events.models import Conference, DeadlineChange
from tests.factories import (
    AT,
    make_conference,
    make_deadline,
    make_organisation,
    make_staff,
)

pytestmark = pytest.mark.django_db
UTC = dt.UTC
TICK = dt.timedelta(microseconds=1)
CLOSES = dt.datetime(2016, 4, 4, 23, tzinfo=UTC)  # the end of 4 April in London


def refusal(deadline, at, organisation=None):
    with pytest.raises(ValidationError) as caught:
        doors.require_open(deadline, at=at, organisation=organisation)
    return caught.value.code, caught.value.message


def extend(deadline, organisation, day, minutes=0):
    return DeadlineChange.objects.create(
        deadline=deadline,
        organisation=organisation,
        closes_on=day,
        reason="The branch meets late",
        changed_by=make_staff(),
        changed_at=AT + dt.timedelta(minutes=minutes),
    )


def test_door_is_open_until_the_last_microsecond_of_its_last_day():
    deadline = make_deadline()
    assert doors.require_open(deadline, at=CLOSES - TICK).closes_at == CLOSES
    assert refusal(deadline, CLOSES) == (
        "closed",
        "Organisational motions closed at the end of Monday 4 April 2016 (UK time).",
    )


def test_door_before_its_opening_says_when_it_opens():
    deadline = make_deadline(opens_at=AT)
    assert refusal(deadline, AT - TICK) == (
        "not_yet",
        "Organisational motions opens on Monday 14 March 2016, 12:00 UK time.",
    )
    assert doors.require_open(deadline, at=AT)


def test_door_without_a_closing_is_not_open():
    deadline = make_deadline(closes_on=None)
    assert refusal(deadline, AT) == (
        "unknown",
        "The closing date for organisational motions has not been announced yet.",
    )


@pytest.mark.parametrize("status", Conference.Status.values)
def test_door_is_open_only_while_the_conference_is_announced_or_open(status):
    deadline = make_deadline(make_conference("Meeting", status=status))
    if status in {"announced", "provisional", "open"}:
        assert doors.require_open(deadline, at=AT)
    else:
        label = Conference.Status(status).label
        assert refusal(deadline, AT) == (
            "halted",
            f"Meeting is {label}: nothing can be sent in at the moment.",
        )


def test_extension_counts_for_its_body_alone():
    deadline, body, other = make_deadline(), make_organisation(), make_organisation()
    extend(deadline, body, dt.date(2016, 4, 6))
    assert doors.require_open(deadline, at=CLOSES, organisation=body)
    assert refusal(deadline, CLOSES, other)[0] == "closed"
    assert refusal(deadline, CLOSES)[0] == "closed"


def test_latest_extension_counts_even_when_it_is_shorter():
    deadline, body = make_deadline(), make_organisation()
    extend(deadline, body, dt.date(2016, 4, 9))
    extend(deadline, body, dt.date(2016, 4, 6), minutes=1)
    closes_at = doors.window_for(deadline, body).closes_at
    assert closes_at == dt.datetime(2016, 4, 6, 23, tzinfo=UTC)


def test_extension_older_than_a_later_closing_for_everybody_takes_nothing_away():
    deadline, body = make_deadline(closes_on=dt.date(2016, 5, 1)), make_organisation()
    extend(deadline, body, dt.date(2016, 4, 9))
    assert doors.window_for(deadline, body) == deadline.window


@pytest.mark.postgres
def test_lock_lets_others_refer_to_the_deadline():
    deadline = make_deadline()
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        doors.lock(deadline)
    assert "FOR NO KEY UPDATE" in queries[-1]["sql"]


def test_exact_closing_is_said_with_its_time():
    deadline = make_deadline(closes_at=dt.datetime(2016, 4, 4, 11, tzinfo=UTC))
    assert refusal(deadline, CLOSES)[1] == (
        "Organisational motions closed at Monday 4 April 2016, 12:00 UK time."
    )
