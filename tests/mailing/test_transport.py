"""What our SMTP says about the fate of a mail, against a server that misbehaves on purpose."""

from __future__ import annotations

import datetime as dt
import socket
import threading

import pytest

from mailing import policy
from mailing.models import Mail
from mailing.services import delivery
from mailing.transport import SMTP_BACKEND
from tests.mailing.rig.sink import Sink

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def sink(tmp_path, settings):
    with Sink(0, tmp_path / "copies.jsonl") as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.EMAIL_BACKEND = SMTP_BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 0.5
        settings.EMAIL_HOST_USER = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "Conferences <conferences@conference.example>"
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr("mailing.transport._FINAL_DOT_TIMEOUT", 0.5)

    def _run(at):
        return dict(delivery.pump(now=lambda: at))

    return _run


def test_smtp_mail_accepted_arrives_whole(put, at, sink, run):
    mail = put(context={"body": "Dear all,\n.\n.. dots & “quotes”, ŵ\nBye"})
    assert run(at) == {"sent": 1}
    (copy,) = sink.copies()
    assert (copy["id"], copy["to"], copy["from"]) == (
        mail.message_id,
        "ann@example.org",
        "conferences@conference.example",
    )
    raw = copy["raw"].encode("latin-1").decode()
    assert "Dear all,\r\n.\r\n.. dots & “quotes”, ŵ\r\nBye" in raw
    assert 'To: "Ann Example" <ann@example.org>\r\n' in raw
    mail.refresh_from_db()
    assert (mail.state, mail.smtp_reply) == ("sent", "250 written")


def test_smtp_address_in_a_domain_of_other_letters_gets_its_mail(put, at, sink, run):
    put(to="ann@exämple.org")
    assert run(at) == {"sent": 1}
    assert [copy["to"] for copy in sink.copies()] == ["ann@xn--exmple-cua.org"]


def test_smtp_batch_uses_one_connection(put, at, sink, run):
    for number in range(5):
        put(f"receipt:{number}")
    assert run(at) == {"sent": 5}
    assert sink.connections == 1


@pytest.mark.parametrize(
    ("stage", "answer", "state", "reply"),
    [
        ("rcpt", "451 greylisted", "pending", "451 greylisted"),
        ("rcpt", "550 no such person", "failed", "550 no such person"),
        ("rcpt", "421 too busy", "pending", "421 too busy"),
        ("rcpt", "close", "pending", "Connection unexpectedly closed"),
        ("rcpt", "stall", "pending", "Connection unexpectedly closed: timed out"),
        ("data", "452 disk full", "pending", "452 disk full"),
        ("data", "554 not this", "failed", "554 not this"),
        ("data", "close", "pending", "Connection unexpectedly closed"),
        ("end", "451 try later", "pending", "451 try later"),
        ("end", "421 going down", "pending", "421 going down"),
        ("end", "554 looks like spam", "failed", "554 looks like spam"),
        ("end", "keep,close", "uncertain", "Connection unexpectedly closed"),
        ("end", "close", "uncertain", "Connection unexpectedly closed"),
        ("end", "keep,stall", "uncertain", "Connection unexpectedly closed: timed out"),
        ("end", "keep,what?", "uncertain", "The relay's answer made no sense."),
        # Before the recipient is named an answer says nothing about this mail: the route is down.
        ("connect", "554 not you", "pending", "554 not you"),
        ("connect", "close", "pending", "Connection unexpectedly closed"),
        ("mail", "530 sign in first", "pending", "530 sign in first"),
        ("mail", "421 too many", "pending", "421 too many"),
    ],
)
def test_smtp_answer_at_a_stage_decides_the_fate(put, at, sink, run, stage, answer, state, reply):
    sink.script[stage].append(answer)
    put()
    assert run(at) == {state: 1}
    mail = Mail.objects.get()
    assert (mail.state, mail.smtp_reply) == (state, reply)
    assert mail.next_try_at == (at + MINUTE if state == "pending" else at)


def test_smtp_nobody_listening_waits_and_ends_the_batch(put, at, sink, run, settings):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = unused.getsockname()[1]
        put("a")
        put("b")
        assert run(at) == {"pending": 1}
    assert list(Mail.objects.order_by("key").values_list("attempts", flat=True)) == [1, 0]


def test_smtp_refusal_of_one_leaves_the_line_for_the_next(put, at, sink, run):
    sink.script["rcpt"].append("550 no such person")
    put("a")
    put("b")
    assert run(at) == {"failed": 1, "sent": 1}
    assert sink.connections == 1


@pytest.mark.parametrize("answer", ["close", "421 idle for too long"])
def test_smtp_kept_line_closed_in_between_is_opened_again(put, at, sink, run, answer):
    sink.script["mail"].extend(["250 ok", answer])
    put("a")
    put("b")
    assert run(at) == {"sent": 2}
    assert sink.connections == 2
    assert [m.attempts for m in Mail.objects.all()] == [1, 1]


def test_smtp_temporary_refusals_back_off_until_a_last_try(put, at, sink, run):
    sink.script["rcpt"].extend(["451 later"] * 9)
    mail = put(pointless_after=at + 60 * MINUTE)
    tries = []
    for minute in range(61):
        if run(at + minute * MINUTE):
            tries.append(minute)
    mail.refresh_from_db()
    assert tries == [0, 1, 6, 21, 59]
    assert mail.state == "expired"


def test_smtp_mail_without_end_is_given_up_after_four_days(put, at, sink, run):
    sink.script["rcpt"].extend(["451 later"] * 200)
    mail = put()
    moment = at
    while run(moment):
        mail.refresh_from_db()
        if mail.state == "failed":
            break
        moment = mail.next_try_at
    assert mail.state == "failed"
    assert policy.GIVE_UP <= mail.settled_at - at < policy.GIVE_UP + dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("kind", "again"),
    [
        ("reminder", 1),
        ("receipt", 1),
        ("notice", 1),
        ("security", 1),
        ("result", 0),
        ("marketing", 0),
    ],
)
def test_uncertain_mail_is_resent_or_held_by_its_kind(put, at, sink, run, kind, again):
    sink.script["end"].append("keep,close")
    put(kind=kind)
    run(at)
    assert run(at + 10 * MINUTE - dt.timedelta(microseconds=1)) == {}
    assert run(at + 10 * MINUTE) == ({"sent": 1} if again else {})
    copies = sink.copies()
    assert len(copies) == 1 + again
    assert len({copy["id"] for copy in copies}) == 1
    assert Mail.objects.held().count() == 1 - again


def test_uncertain_again_and_again_is_held_at_last(put, at, sink, run):
    sink.script["end"].extend(["keep,close"] * 20)
    mail = put(kind="reminder")
    for step in range(12):
        run(at + step * 10 * MINUTE)
    mail.refresh_from_db()
    assert (mail.state, mail.doubts, mail.is_held) == ("uncertain", policy.MOST_DOUBTS, True)
    assert len(sink.copies()) == policy.MOST_DOUBTS


def test_smtp_slow_relay_is_left_before_the_final_dot(put, at, sink, run, monkeypatch):
    monkeypatch.setattr(policy, "SEND_WITHIN", dt.timedelta())
    put()
    assert run(at) == {"pending": 1}
    assert sink.copies() == []


def test_lease_run_out_makes_uncertain_and_late_knowledge_settles_it(put, at, sink):
    put()
    claimed = delivery.claim_next(at=at)
    delivery.tidy(at=at + policy.LEASE - dt.timedelta(microseconds=1))
    assert Mail.objects.get().state == "sending"
    delivery.tidy(at=at + policy.LEASE)
    assert Mail.objects.get().state == "uncertain"
    accepted = delivery.Outcome(delivery.Fate.ACCEPTED, "250 ok")
    assert delivery.record(mail=claimed, outcome=accepted, at=at + policy.LEASE) == "sent"


def test_record_after_another_claim_changes_nothing(put, at, sink):
    put()
    first = delivery.claim_next(at=at)
    delivery.tidy(at=at + policy.LEASE)
    later = at + policy.LEASE + policy.UNCERTAIN_WAIT
    delivery.tidy(at=later)
    second = delivery.claim_next(at=later)
    assert (second.pk, second.attempts) == (first.pk, 2)
    refused = delivery.Outcome(delivery.Fate.REFUSED, "550 no")
    assert delivery.record(mail=first, outcome=refused, at=later) == ""
    assert Mail.objects.get().state == "sending"
