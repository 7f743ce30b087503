"""A production-like installation of its own: database, cache, static files, two gthread workers.

Everything it makes it removes: the database by name, the Redis database by number, its folder.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
HOST = "bench.example.org"
SLUG = "bench-annual"
#: Named by `bin/with-services`; the bench makes a database of its own there, and on Redis it takes
#: number 14, which it empties.
MAINTENANCE = os.environ.get("DATABASE_URL", "postgresql://root@127.0.0.1/test")
REDIS = (
    urlsplit(os.environ.get("REDIS_URL", "redis://127.0.0.1:6379"))._replace(path="/14").geturl()
)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def database() -> Iterator[str]:
    """A PostgreSQL database of this run's own; its address."""
    name = f"coopconf_bench_{secrets.token_hex(4)}"
    admin = psycopg2.connect(MAINTENANCE)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield MAINTENANCE.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with admin.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        admin.close()


def environment(database_url: str, folder: str) -> dict[str, str]:
    """What a production machine would be told."""
    return {
        **os.environ,
        "ENVIRONMENT": "production",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": database_url,
        "REDIS_URL": REDIS,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SITE_URL": f"https://{HOST}",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "DEFAULT_FROM_EMAIL": "conferences@example.org",
        "SECURITY_CONTACT": "mailto:security@example.org",
        "TRUSTED_PROXIES": "1",
        "VAR_DIR": folder,
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
    }


def manage(*arguments: str, env: dict[str, str]) -> str:
    """Run one management command in the bench's environment; what it printed."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


@dataclass(frozen=True, slots=True)
class Server:
    """A running gunicorn: the port it listens on, and its process group."""

    port: int
    group: int

    def cpu(self) -> float:
        """Seconds of processor time its processes, those that ended too, have used so far."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # a process that has just ended
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[2]) == self.group:
                    ticks += sum(int(field) for field in fields[11:15])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(env: dict[str, str]) -> Iterator[Server]:
    """gunicorn as deployed: two processes of four threads."""
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--preload", "coopconf.wsgi"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
            *("--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--keep-alive", "30"),
        ],
        cwd=ROOT,
        env=env,
        start_new_session=True,
    )
    try:
        _wait_for(port)
        yield Server(port, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(150):
        try:
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/bench/yardstick/1/",
                headers={"Host": HOST, "X-Forwarded-Proto": "https"},
            )
            urllib.request.urlopen(request, timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server of the bench did not start.")


@contextmanager
def folder() -> Iterator[str]:
    """A folder of this run's own."""
    made = tempfile.mkdtemp(prefix="coopconf-bench-")
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
