"""The pump against Django's memory backend: what it claims, asks again, and records."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import connection

import clock
from mailing import hooks
from mailing.models import Heartbeat, Mail, Suppression
from mailing.services import delivery

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


def run(at):
    return dict(delivery.pump(now=lambda: at))


def test_pump_due_mail_is_sent_once(put, at):
    mail = put()
    assert run(at) == {"sent": 1}
    assert run(at) == {}
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.attempts) == ("sent", at, 1)
    assert [m.extra_headers["Message-ID"] for m in django_mail.outbox] == [mail.message_id]


def test_pump_held_back_mail_waits_for_its_instant(put, at):
    put(not_before=at + MINUTE)
    assert run(at + MINUTE - dt.timedelta(microseconds=1)) == {}
    assert run(at + MINUTE) == {"sent": 1}


def test_pump_pointless_mail_expires_at_the_very_instant(put, at):
    put("a", pointless_after=at + MINUTE)
    assert run(at + MINUTE) == {}
    assert Mail.objects.get().state == "expired"
    put("b", pointless_after=at + MINUTE)
    assert run(at + MINUTE - dt.timedelta(microseconds=1)) == {"sent": 1}


@pytest.mark.parametrize(
    ("scope", "kind", "expected"),
    [
        ("all", "receipt", "suppressed"),
        ("all", "reminder", "suppressed"),
        ("all", "security", "sent"),
        ("reminders", "reminder", "suppressed"),
        ("reminders", "receipt", "sent"),
        ("reminders", "marketing", "sent"),
        ("marketing", "marketing", "suppressed"),
        ("marketing", "reminder", "sent"),
    ],
)
def test_pump_spared_address_gets_only_other_mail(put, at, scope, kind, expected):
    put(kind=kind)
    Suppression.objects.create(
        address="ann@example.org", scope=scope, reason="by_staff", created_at=at
    )
    assert run(at) == {expected: 1}
    assert len(django_mail.outbox) == (expected == "sent")


def test_pump_mail_not_needed_any_more_is_cancelled_with_the_reason(put, at, monkeypatch):
    monkeypatch.setattr(hooks, "_rechecks", type(hooks._rechecks)(list))
    hooks.register_recheck(
        "reminder", lambda mail, at: "Already submitted." if mail.key == "r:1" else ""
    )
    put("r:1", kind="reminder")
    put("r:2", kind="reminder")
    assert run(at) == {"cancelled": 1, "sent": 1}
    assert Mail.objects.get(key="r:1").smtp_reply == "Already submitted."


def test_pump_broken_check_holds_up_only_its_own_mail(put, at, monkeypatch):
    monkeypatch.setattr(hooks, "_rechecks", type(hooks._rechecks)(list))
    hooks.register_recheck("reminder", lambda mail, at: 1 / 0)
    put("r:1", kind="reminder", urgency=0)
    put("receipt:1")
    assert run(at) == {"pending": 1, "sent": 1}
    assert Mail.objects.get(key="r:1").next_try_at == at + MINUTE


def test_pump_urgent_mail_goes_before_bulk(put, at):
    put("bulk", kind="marketing", subject="bulk")
    put("code", kind="security", subject="code")
    run(at)
    assert [m.subject for m in django_mail.outbox] == ["code", "bulk"]


def test_pump_sent_security_mail_keeps_no_text(put, at):
    mail = put(kind="security")
    run(at)
    mail.refresh_from_db()
    assert (mail.text, mail.html) == ("", "")


def test_pump_shows_it_is_alive_and_so_does_the_timer(put, at):
    delivery.pump(now=lambda: at)
    delivery.pump(now=lambda: at + MINUTE, by_timer=True)
    assert dict(Heartbeat.objects.values_list("name", "at")) == {
        "beat": at + MINUTE,
        "pump": at + MINUTE,
    }
    Heartbeat.objects.beat(name="pump", at=at)
    assert Heartbeat.objects.get(name="pump").at == at + MINUTE


def test_send_mail_queue_sends_without_celery_and_says_so(put, at, capsys):
    with clock.frozen(at):
        put()
        call_command("send_mail_queue")
        call_command("send_mail_queue")
    assert capsys.readouterr().out == "1 sent\nNothing is due.\n"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_record_after_the_database_dropped_the_line_is_tried_again(put, at):
    put()
    mail = delivery.claim_next(at=at)
    pid = connection.connection.info.backend_pid
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    accepted = delivery.Outcome(delivery.Fate.ACCEPTED, "250 ok")
    assert delivery.record(mail=mail, outcome=accepted, at=at) == "sent"
    assert connection.connection.info.backend_pid != pid
