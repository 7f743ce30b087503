"""gunicorn with workers to kill, people who post one form and try again, and whoever cuts lines."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "t" * 32
LONGEST = 120


@dataclass
class Server:
    """A running gunicorn of four processes, and what was done to it."""

    port: int
    master: int
    killed: int = 0
    cut: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def kill_a_worker(self) -> None:
        """`kill -9` of one of its processes; the master starts another."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        if children:
            with suppress(ProcessLookupError):
                os.kill(int(random.choice(children)), signal.SIGKILL)
                self.killed += 1

    def cut_a_line(self) -> None:
        """End one of its connections to the database in the middle of whatever it does.

        Waits a moment for one that does something.
        """
        with connection.cursor() as cursor:
            for _ in range(100):
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE "
                    "datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' "
                    "ORDER BY random() LIMIT 1) AS one"
                )
                if cursor.fetchall():
                    self.cut += 1
                    return
                time.sleep(0.01)


@contextmanager
def server(**environment: str) -> Iterator[Server]:
    """gunicorn on the test's own database; ended by its own number."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "gunicorn", "tests.registrations.rig.wsgi", "--preload", "--workers", "4"]
    command += ["--worker-class", "gthread", "--threads", "6", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [sys.executable, *command, "--log-level", "critical", "--backlog", "512"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": _address(),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    made = Server(port, process.pid)
    try:
        _wait(made)
        yield made
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=20)


def _address() -> str:
    """The database of this test, where `DATABASE_URL` names the one it was made from."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def _wait(made: Server) -> None:
    for _ in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", made.port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the server of the rig did not start")


def post(made: Server, path: str, session: str, form: dict[str, str]) -> tuple[int, str, str]:
    """Post a form until it is answered, as a person does who presses the button again.

    A line that broke and a 503, which asks for exactly that, are counted and tried again. Returns
    status, address of a redirect, and page.
    """
    body = urlencode({**form, "csrfmiddlewaretoken": TOKEN})
    heads = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "Host": "localhost",
    }
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        line = http.client.HTTPConnection("127.0.0.1", made.port, timeout=LONGEST)
        try:
            with closing(line):
                line.request("POST", path, body, heads)
                answer = line.getresponse()
                page = answer.read().decode()
        except (OSError, http.client.HTTPException):
            made.seen["line broke"] += 1
        else:
            made.seen[str(answer.status)] += 1
            if answer.status != 503:
                return answer.status, answer.headers.get("Location", ""), page
        time.sleep(random.uniform(0.05, 0.3))
    return 0, "", "nobody answered"


def everybody(number: int, act: Callable[[int], str]) -> Counter[str]:
    """All at once, each with a thread and a line of their own."""
    start = threading.Barrier(number)

    def one(n: int) -> str:
        start.wait(timeout=60)
        return act(n)

    with ThreadPoolExecutor(number) as pool:
        return Counter(pool.map(one, range(number)))


@contextmanager
def harm(made: Server, *, times: int, every: float) -> Iterator[None]:
    """While it lasts, kill a worker and cut a line in turn, so many times at most."""
    over = threading.Event()

    def _harm() -> None:
        for turn in range(1, times + 1):
            if over.wait(every):
                break
            made.kill_a_worker() if turn % 2 else made.cut_a_line()
        connection.close()

    thread = threading.Thread(target=_harm)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
