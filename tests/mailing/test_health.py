"""What staff are told about the health of mail."""

from __future__ import annotations

import datetime as dt

import pytest

from mailing import health
from mailing.models import Heartbeat, Mail
from mailing.services import delivery

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


def verdict(at):
    state = health.state(at)
    return state.status.value, state.minutes_behind, state.silent


def test_health_never_pumped_is_an_alarm(at):
    assert verdict(at) == ("alarm", 0, ("pump",))


def test_health_after_a_pump_is_healthy_until_ten_minutes_of_silence(at):
    delivery.pump(now=lambda: at, by_timer=True)
    assert verdict(at + 10 * MINUTE - dt.timedelta(microseconds=1)) == ("healthy", 0, ())
    assert verdict(at + 10 * MINUTE) == ("alarm", 0, ("beat", "pump"))


def test_health_due_mail_nobody_sends_is_behind_by_its_age(put, at):
    Heartbeat.objects.beat(name="pump", at=at)
    put()
    assert verdict(at + 2 * MINUTE) == ("healthy", 0, ())
    assert verdict(at + 9 * MINUTE) == ("behind", 9, ())


def test_health_mail_put_off_while_nothing_goes_is_behind(put, at):
    put()
    Mail.objects.update(attempts=3, next_try_at=at + 60 * MINUTE)
    Heartbeat.objects.beat(name="pump", at=at + 20 * MINUTE)
    assert verdict(at + 15 * MINUTE) == ("healthy", 0, ())
    assert verdict(at + 20 * MINUTE) == ("behind", 20, ())


def test_health_mail_put_off_while_others_go_is_healthy(put, at):
    put("put-off")
    Mail.objects.update(attempts=3, next_try_at=at + 60 * MINUTE)
    put("goes")
    delivery.pump(now=lambda: at + 20 * MINUTE)
    assert verdict(at + 20 * MINUTE) == ("healthy", 0, ())


def test_health_counts_states_and_what_is_held_in_a_few_queries(put, at, django_assert_num_queries):
    put("a")
    put("b", kind="result")
    delivery.pump(now=lambda: at)
    Mail.objects.filter(key="b").update(
        state="uncertain", sent_at=None, settled_at=None, uncertain_since=at
    )
    with django_assert_num_queries(6):  # five of its own, one for the audiences of reminders
        state = health.state(at)
    assert (state.counts["sent"], state.counts["uncertain"], state.held) == (1, 1, 1)
    assert state.sentence == "Mail goes out. Waiting for your decision: 1."
