"""What every request meets first: hosts, headers, signs of life, the addresses of every site."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from mailing.models import Heartbeat, Mail
from members.models import User

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


@pytest.fixture
def own_host(settings):
    """The site as production knows itself."""
    settings.ALLOWED_HOSTS = ["conference.example"]
    settings.SITE_HOSTS = {"conference.example"}
    return "conference.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "conference.example.evil.example"},
        {"HTTP_HOST": "evil.example:443"},
        {"HTTP_HOST": "conference.example:8080"},
        {"HTTP_HOST": "conference.example."},
        {"HTTP_HOST": "conference.example@evil.example"},
        {"HTTP_HOST": "evil.example#conference.example"},
        {"HTTP_HOST": "conference.example, evil.example"},
        {"HTTP_HOST": "127.0.0.1"},
        {"HTTP_HOST": ""},
        {"HTTP_HOST": "conference.example", "HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_HOST": "conference.example", "HTTP_X_FORWARDED_HOST": "conference.example:81"},
    ],
    ids=lambda headers: " + ".join(headers.values()) or "empty",
)
def test_request_with_a_poisoned_host_is_refused(client, own_host, headers) -> None:
    assert client.get("/healthz", **headers).status_code == 400


@pytest.mark.parametrize("host", ["conference.example", "CONFERENCE.example"])
def test_request_with_the_own_host_is_answered(client, own_host, host) -> None:
    answer = client.get("/healthz", HTTP_HOST=host, HTTP_X_FORWARDED_HOST=own_host)
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_every_answer_carries_the_hardening_headers(client, db) -> None:
    answer = client.get("/robots.txt")
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert {
        name: answer.headers[name]
        for name in (
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
        )
    } == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert len(answer.headers["X-Request-ID"]) == 32


def test_page_of_a_stranger_may_be_kept_and_costs_no_question_who_it_is(
    client, db, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/robots.txt")
    assert "Cache-Control" not in answer.headers


def test_page_of_somebody_signed_in_is_kept_nowhere(client, db) -> None:
    client.force_login(User.objects.create_user("ann@example.org"))
    assert client.get("/robots.txt").headers["Cache-Control"] == "no-store, private"


def test_sign_out_empties_what_the_browser_kept(client, db) -> None:
    client.force_login(User.objects.create_user("ann@example.org"))
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_sign_out_by_get_changes_nothing(client, db) -> None:
    client.force_login(User.objects.create_user("ann@example.org"))
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session


def test_security_txt_names_the_contact_and_a_day_to_come(client, settings, at) -> None:
    settings.SECURITY_CONTACT = "mailto:security@party.example"
    settings.SITE_URL = "https://conference.example"
    at("2016-06-30 12:00")
    assert client.get("/.well-known/security.txt").content.decode().splitlines() == [
        "Contact: mailto:security@party.example",
        "Expires: 2016-12-27T11:00:00Z",
        "Canonical: https://conference.example/.well-known/security.txt",
        "Preferred-Languages: en, cy",
    ]


def test_change_password_leads_to_the_form(client) -> None:
    answer = client.get("/.well-known/change-password")
    assert (answer.status_code, answer.url) == (302, reverse("account_change_password"))


def test_robots_txt_keeps_crawlers_from_what_is_personal(client) -> None:
    assert "Disallow: /accounts/" in client.get("/robots.txt").content.decode().splitlines()


def test_readyz_with_everything_well_is_ready(client, db, at) -> None:
    Heartbeat.objects.beat(name=Heartbeat.PUMP, at=at("2016-06-30 12:00"))
    answer = client.get("/readyz?strict")
    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "parts": {"database": "ok", "broker": "ok", "mail": "ok"}},
    )


def _late_mail(at: dt.datetime) -> None:
    Heartbeat.objects.beat(name=Heartbeat.PUMP, at=at)
    Mail.objects.create(
        key="receipt:1",
        message_id="<receipt-1@conference.example>",
        to_address="ann@example.org",
        subject="Late",
        text="Late",
        kind=Mail.Kind.RECEIPT,
        urgency=Mail.Urgency.NOW,
        created_at=at - dt.timedelta(minutes=30),
        not_before=at - dt.timedelta(minutes=30),
        next_try_at=at - dt.timedelta(minutes=30),
    )


def test_readyz_with_late_mail_still_serves_but_alarms_when_asked_strictly(client, db, at) -> None:
    _late_mail(at("2016-06-30 12:00"))
    assert client.get("/readyz").status_code == 200
    strict = client.get("/readyz?strict")
    assert (strict.status_code, strict.json()["parts"]["mail"]) == (503, "Behind by 30 minutes.")


def test_readyz_with_a_broker_that_is_gone_still_serves(client, db, at, settings) -> None:
    from coopconf.celery import app

    Heartbeat.objects.beat(name=Heartbeat.PUMP, at=at("2016-06-30 12:00"))
    before = app.conf.broker_write_url
    app.conf.broker_write_url = "redis://127.0.0.1:1/0"
    try:
        answer = client.get("/readyz")
    finally:
        app.conf.broker_write_url = before
    assert (answer.status_code, answer.json()["parts"]["broker"][:26]) == (
        200,
        "The broker does not answer",
    )


def test_readyz_without_the_database_is_not_ready(client, transactional_db, monkeypatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/nowhere/at/all")
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    try:
        answer = Client().get("/readyz")
    finally:
        monkeypatch.undo()
        connection.close()
    assert (answer.status_code, answer.json()) == (
        503,
        {
            "ready": False,
            "parts": {"database": "The database does not answer (OperationalError)."},
        },
    )
