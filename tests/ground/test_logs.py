"""A log line tells the route and how it ended, and never who, which link, or what was typed."""

from __future__ import annotations

import json
import logging

import pytest
import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from coopconf import logs
from coopconf.urls import urlpatterns as of_the_site

CANARY = "canary.person@example.org"


def broken(request: HttpRequest, token: str) -> HttpResponse:
    secret = f"{CANARY} with {token}"
    raise ValueError(secret)


def missing(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404(token)


broken.login_required = missing.login_required = False
urlpatterns = [
    *of_the_site,
    path("broken/<str:token>/", broken, name="broken"),
    path("missing/<str:token>/", missing, name="missing"),
]


@pytest.fixture
def lines():
    """Every line the site writes during the test, as production formats it."""
    formatter_setting = dict(logs.configuration(as_json=True, level="INFO")["formatters"]["lines"])
    formatter = formatter_setting.pop("()")(**formatter_setting)
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(formatter.format(record))

    keep = Keep()
    logging.getLogger().addHandler(keep)
    yield written
    logging.getLogger().removeHandler(keep)


def _events(lines: list[str]) -> list[dict]:
    return [json.loads(line) for line in lines]


def test_request_is_told_by_its_route_status_and_time(client, lines, db) -> None:
    answer = client.get(f"/robots.txt?name={CANARY}", HTTP_USER_AGENT=CANARY)
    [event] = _events(lines)
    assert {k: v for k, v in event.items() if k not in {"ms", "timestamp"}} == {
        "event": "request",
        "level": "info",
        "logger": "coopconf.request",
        "method": "GET",
        "request_id": answer.headers["X-Request-ID"],
        "route": "robots-txt",
        "status": 200,
    }


def test_request_that_breaks_tells_places_but_no_words(client, lines, db, settings) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    assert client.get("/broken/topsecrettoken/").status_code == 500
    events = _events(lines)
    assert [(e["logger"], e["level"]) for e in events] == [
        ("django.request", "error"),
        ("coopconf.request", "error"),
    ]
    assert events[0]["places"][-1] == "ValueError"
    assert any("in broken" in place for place in events[0]["places"])
    assert CANARY not in "".join(lines)
    assert "topsecrettoken" not in "".join(lines)


def test_request_for_nothing_tells_no_path(client, lines, db, settings) -> None:
    settings.ROOT_URLCONF = __name__
    assert client.get("/missing/topsecrettoken/").status_code == 404
    assert client.get("/nowhere/topsecrettoken/").status_code == 404
    assert [event["route"] for event in _events(lines)] == ["missing", "-"]
    assert "topsecrettoken" not in "".join(lines)


def test_line_with_an_address_in_it_is_covered_up(lines) -> None:
    structlog.get_logger("somewhere").warning("sent", to=CANARY, text=f"hello <{CANARY}>, bye")
    [event] = _events(lines)
    assert (event["to"], event["text"]) == ("[address]", "hello <[address]>, bye")


def test_line_of_a_library_with_an_exception_keeps_only_its_places(lines) -> None:
    try:
        raise KeyError(CANARY)
    except KeyError:
        logging.getLogger("library").exception("it broke")
    [event] = _events(lines)
    assert event["event"] == "it broke"
    assert event["places"][-1] == "KeyError"
    assert "exception" not in event
