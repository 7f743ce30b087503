"""What production's cookies and answers say to browsers, on every page there is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import clock
from coopconf.headers import PERMISSIONS_POLICY
from tests.factories import PASSWORD, make_user, sign_in
from tests.hostile.routes import addresses
from tests.hostile.test_production_doors import INSTALLATION, ROOT
from tests.hostile.walking import shared_between_databases
from tests.hostile.world import AT, World, make_world

TOLD = [
    *(f"{cookie}_COOKIE_{what}" for cookie in ("SESSION", "CSRF") for what in ("NAME", "SECURE")),
    *(
        f"{cookie}_COOKIE_{what}"
        for cookie in ("SESSION", "CSRF")
        for what in ("HTTPONLY", "SAMESITE")
    ),
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_SSL_REDIRECT",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_REFERRER_POLICY",
    "SECURE_CROSS_ORIGIN_OPENER_POLICY",
    "SESSION_COOKIE_AGE",
    "IDLE_MINUTES",
    "X_FRAME_OPTIONS",
]
YEAR = 31_536_000


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The settings as a process in production has them."""
    code = (
        "import json; from coopconf import settings as s;"
        f"print(json.dumps({{name: getattr(s, name) for name in {TOLD!r}}}))"
    )
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {**kept, **INSTALLATION, "VAR_DIR": str(tmp_path_factory.mktemp("var"))}
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return json.loads(said.stdout)


@pytest.fixture
def as_production(settings, production):
    """This process with those settings."""
    for name, value in production.items():
        setattr(settings, name, value)
    return settings


def test_production_keeps_cookies_to_this_host_https_and_the_server(production) -> None:
    assert {name: value for name, value in production.items() if "COOKIE" in name} == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 12 * 3600,
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
    }
    assert production["IDLE_MINUTES"] == 30
    assert production["SECURE_HSTS_SECONDS"] >= YEAR


@pytest.mark.django_db
def test_cookies_of_a_sign_in_are_as_browsers_demand_of_host_cookies(as_production) -> None:
    client = Client()
    person = make_user(password=PASSWORD)
    client.get(reverse("account_login"), secure=True)
    client.post(
        reverse("account_login"), {"login": person.email, "password": PASSWORD}, secure=True
    )
    assert "_auth_user_id" in client.session
    flags = {
        name: {flag: cookie[flag] for flag in ("secure", "httponly", "samesite", "path", "domain")}
        for name, cookie in client.cookies.items()
        if name != "messages"
    }
    strict = {"secure": True, "httponly": True, "samesite": "Lax", "path": "/", "domain": ""}
    assert flags == {"__Host-session": strict, "__Host-csrf": strict}


@pytest.mark.django_db
def test_waiting_message_travels_in_a_cookie_of_the_same_kind(as_production) -> None:
    """Django's messages take their flags from the session's cookie."""
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": "a@example.org"}, secure=True)
    cookie = client.cookies.get("messages")
    assert cookie is None or (cookie["secure"], cookie["httponly"]) == (True, True)


@pytest.mark.django_db
def test_plain_http_is_led_to_https_and_https_is_kept_to(as_production) -> None:
    plain = Client().get("/privacy/")
    assert (plain.status_code, plain.url) == (301, "https://testserver/privacy/")
    kept = Client().get("/privacy/", secure=True).headers["Strict-Transport-Security"]
    assert kept == f"max-age={as_production.SECURE_HSTS_SECONDS}; includeSubDomains"


HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


#: Pages with a policy of their own. A token stands in the address of some: nobody is told of it.
STRICTER = {
    "mailing:unsubscribe": {"Referrer-Policy": "no-referrer"},
    "events:publication-link": {"Referrer-Policy": "no-referrer"},
    "ideas:confirm": {"Referrer-Policy": "no-referrer"},
    "ideas:confirm-support": {"Referrer-Policy": "no-referrer"},
    # a steward's phone reads badges here, and nowhere else
    "registrations:door": {
        "Permissions-Policy": PERMISSIONS_POLICY.replace("camera=()", "camera=(self)")
    },
}


@pytest.fixture
def world() -> Iterator[World]:
    with clock.frozen(AT):
        yield make_world()


def wrong(client: Client, world: World, wanted: dict[str, str]) -> dict[str, dict[str, str]]:
    """Every address whose answer lacks one of these headers, refusals and redirects too."""
    found = {}
    asked = shared_between_databases(list(addresses(world)))
    for route, path in [*asked, ("nowhere", "/nowhere/at/all/")]:
        if route in ("account_logout", "admin:logout"):
            continue
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end, a file is closed
        expected = wanted | STRICTER.get(route, {}) if answer.status_code == 200 else wanted
        lacking = {n: answer.headers.get(n, "") for n in expected}
        lacking = {n: value for n, value in lacking.items() if value != expected[n]}
        if lacking:
            found[f"{route} {answer.status_code}"] = lacking
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["stranger", "member", "everything"])
def test_answer_of_every_address_bears_the_headers(world, who) -> None:
    client = Client()
    if who != "stranger":
        sign_in(client, world.people[who])
    private = {} if who == "stranger" else {"Cache-Control": "no-store, private"}
    assert wrong(client, world, HEADERS | private) == {}
