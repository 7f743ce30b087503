"""A real web server in production settings: which host a request may name, what its cookies say."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "conference.example"
# Nothing here reaches a database, a broker or a relay: the doors are in front of all of them.
INSTALLATION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "a-key-of-a-test-0123456789-abcdefghijklmnopqrstuvwxyz-ABC",
    "SITE_URL": f"https://{HOST}",
    "SECURITY_CONTACT": "mailto:security@party.example",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "submission://u:p@relay.example:587",
    "DEFAULT_FROM_EMAIL": "Conferences <conferences@party.example>",
    "WEB_CONCURRENCY": "1",
}
POISONED = [
    "evil.example",
    f"{HOST}.evil.example",
    "evil.example:443",
    f"{HOST}:8080",
    f"{HOST}.",
    f"{HOST}@evil.example",
    f"evil.example#{HOST}",
    f"{HOST}, evil.example",
    "127.0.0.1",
    "localhost",
    "",
    "[::1",
    "conf\xe9rence.example",
    "a" * 3000,
    f"{HOST} x",
    f"{HOST}/evil",
    f"{HOST}\\@evil.example",
]
PATHS = ["/healthz", "/", "/accounts/login/", "/nowhere/"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """gunicorn as production starts it; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    var = {"PORT": str(port), "VAR_DIR": str(tmp_path_factory.mktemp("var"))}
    started = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "coopconf.wsgi:application"],
        cwd=ROOT,
        env={**kept, **INSTALLATION, **var},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, started)
        yield port
    finally:
        started.terminate()
        started.wait(timeout=30)


def _wait_for(port: int, started: subprocess.Popen) -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until and started.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("gunicorn did not start")


def _status(port: int, target: str, *headers: str) -> int:
    lines = [f"GET {target} HTTP/1.1", *headers, "Connection: close", "", ""]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall("\r\n".join(lines).encode("latin-1"))
        return int(line.makefile("rb").readline().split()[1])


def test_server_asked_for_its_own_host_answers(server) -> None:
    assert _status(server, "/healthz", f"Host: {HOST}") == 200


def test_server_asked_for_a_poisoned_host_says_400_on_every_page(server) -> None:
    answers = {
        (host[:40], path): _status(server, path, f"Host: {host}", "X-Forwarded-Proto: https")
        for host in POISONED
        for path in PATHS
    }
    assert {asked: status for asked, status in answers.items() if status != 400} == {}


@pytest.mark.parametrize(
    ("target", "headers"),
    [
        ("/healthz", ()),
        ("/healthz", (f"Host: {HOST}", "Host: evil.example")),
        ("/healthz", (f"Host: {HOST}", "X-Forwarded-Host: evil.example")),
        ("/healthz", (f"Host: {HOST}", "X-Forwarded-Host: ")),
        ("http://evil.example/healthz", (f"Host: {HOST}",)),
        ("http://evil.example/healthz", ("Host: evil.example",)),
        (f"http://{HOST}@evil.example/healthz", (f"Host: {HOST}",)),
    ],
    ids=["none", "two", "forwarded", "forwarded empty", "absolute", "both", "user part"],
)
def test_server_told_two_hosts_or_none_says_400(server, target, headers) -> None:
    assert _status(server, target, *headers) == 400


def test_server_sent_two_lengths_says_400(server) -> None:
    both = ("Content-Length: 4", "Transfer-Encoding: chunked")
    assert _status(server, "/healthz", f"Host: {HOST}", *both) == 400
