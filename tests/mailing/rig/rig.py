"""Real processes to kill: a Celery worker, two timers, a mail server.

They have a database and a broker of their own.

Nothing outside of the rig is touched: the database is created and dropped, the Redis database is
an empty one held by an advisory lock, processes run in groups of their own and are ended by id.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import redis

from tests.mailing.rig.sink import read_log

ROOT = Path(__file__).resolve().parents[3]
SLOTS = 2
_LOCK_SPACE = 711_308


@dataclass(frozen=True)
class Result:
    """What a run came to."""

    planned: int
    missing: int
    second_copies: int
    kills: int
    sink_restarts: int
    flushes: int
    states: dict[str, int]
    seconds: float

    @property
    def most_second_copies(self) -> int:
        """A copy for every slot that may have been sending, at each death on either side."""
        return (self.kills + self.sink_restarts) * SLOTS


class Rig:
    """One database, one broker, one sink; started and killed at will."""

    def __init__(self, folder: Path, database_url: str, redis_url: str) -> None:
        self.folder, self.log = folder, folder / "copies.jsonl"
        self.redis = redis.Redis.from_url(redis_url)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.smtp_port = free.getsockname()[1]
        self._database = psycopg2.connect(database_url)
        self._database.autocommit = True
        self._processes: dict[str, subprocess.Popen] = {}
        self._environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "RIG_SMTP_PORT": str(self.smtp_port),
            "RIG_LEASE": "5",
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.mailing.rig.settings",
            "PYTHONWARNINGS": "ignore",
        }

    def migrate(self) -> None:
        self._run("manage.py", "migrate", "mailing", "--verbosity=0")

    def empty(self) -> None:
        """Nothing planned, nothing queued, nothing sent."""
        self.sql("TRUNCATE mailing_mail, mailing_heartbeat RESTART IDENTITY")
        self.redis.flushdb()
        self.log.unlink(missing_ok=True)

    def fill(self, number: int, **environment: str) -> None:
        """Put `number` mails in the outbox, while everything else is running."""
        self._run("-m", "tests.mailing.rig.fill", uuid.uuid4().hex, str(number), **environment)

    def start(self, name: str, **environment: str) -> None:
        """Start `sink`, `worker`, `beat-1` or `beat-2` in a process group of its own."""
        celery = ["-m", "celery", "-A", "tests.mailing.rig.app"]
        command = {
            "sink": ["-m", "tests.mailing.rig.sink", "--port", str(self.smtp_port)]
            + ["--log", str(self.log), "--delay", "0.03", "--greylist", "5"],
            "worker": [*celery, "worker", "-c", str(SLOTS), "--without-gossip", "--without-mingle"]
            + ["--loglevel", "WARNING"],
        }.get(name) or [*celery, "beat", "-s", str(self.folder / f"{name}.db"), "--pidfile="]
        with (self.folder / f"{name}.log").open("ab") as output:
            self._processes[name] = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env={**self._environment, **environment},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """`kill -9` of the whole process group: nobody gets to tidy up."""
        process = self._processes.pop(name, None)
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def terminate(self, name: str) -> float:
        """Ask a process politely to end (as a deploy does); returns the seconds that took."""
        process, begun = self._processes.pop(name), time.monotonic()
        process.terminate()
        process.wait(timeout=60)
        return time.monotonic() - begun

    def wait_for_copies(self, number: int, longest: float = 120) -> None:
        _wait(lambda: self.has_sent(number), longest)

    def wait_until_settled(self, longest: float = 120) -> None:
        _wait(lambda: not self._unsettled(), longest)

    def states(self) -> dict[str, int]:
        """How many mails are in which state."""
        return dict(self.sql("SELECT state, count(*) FROM mailing_mail GROUP BY state"))

    def second_copies(self) -> int:
        """How many copies more than one each the sink holds."""
        copies = [copy["id"] for copy in read_log(self.log)]
        return len(copies) - len(set(copies))

    def has_sent(self, number: int) -> bool:
        """Has the sink written this many copies? Cheap: it is asked all the time."""
        return self.log.exists() and self.log.read_bytes().count(b"\n") >= number

    def run(
        self,
        *,
        mails: int,
        kills: int = 0,
        lease: str = "5",
        longest: float = 120,
        **environment: str,
    ) -> Result:
        """Send `mails` while the worker is killed `kills` times, evenly over the run.

        Every second kill takes the broker's memory with it, every fourth a timer; after every third
        the mail server dies under the worker's hands.
        """
        self._environment["RIG_LEASE"] = lease
        begun = time.monotonic()
        self.empty()
        sink_restarts = flushes = 0
        try:
            for name in ("sink", "worker", "beat-1", "beat-2"):
                self.start(name, **environment)
            self.fill(mails)
            for number in range(1, kills + 1):
                enough = mails * number // (kills + 1)
                self.wait_for_copies(enough, longest)
                self.kill("worker")
                if number % 2 == 0:
                    self.redis.flushdb()
                    flushes += 1
                if number % 4 == 0:
                    self.kill("beat-1")
                    self.start("beat-1", **environment)
                self.start("worker", **environment)
                if number % 3 == 0:
                    self.wait_for_copies(enough + 5, longest)
                    self.kill("sink")
                    self.start("sink")
                    sink_restarts += 1
            self.wait_until_settled(longest)
        finally:
            self.stop()
        return self._result(mails, kills, sink_restarts, flushes, time.monotonic() - begun)

    def stop(self) -> None:
        for name in list(self._processes):
            self.kill(name)

    def close(self) -> None:
        self.stop()
        self._database.close()
        self.redis.flushdb()
        self.redis.close()

    def sql(self, statement: str) -> list[tuple]:
        with self._database.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _unsettled(self) -> int:
        return self.sql("SELECT count(*) FROM mailing_mail WHERE settled_at IS NULL")[0][0]

    def _result(
        self, mails: int, kills: int, sink_restarts: int, flushes: int, seconds: float
    ) -> Result:
        copies = {copy["id"] for copy in read_log(self.log)}
        planned = {row[0] for row in self.sql("SELECT message_id FROM mailing_mail")}
        assert copies <= planned, "the sink holds a mail nobody planned"
        return Result(
            planned=len(planned),
            missing=len(planned - copies),
            second_copies=self.second_copies(),
            kills=kills,
            sink_restarts=sink_restarts,
            flushes=flushes,
            states=self.states(),
            seconds=round(seconds, 1),
        )

    def _run(self, *command: str, **environment: str) -> None:
        environment = {**self._environment, **environment}
        subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)


@contextlib.contextmanager
def rig(folder: Path, server_url: str, redis_url: str) -> Iterator[Rig]:
    """A rig with a new database on this server and a free number of this Redis; gone afterwards."""
    name = f"mail_rig_{uuid.uuid4().hex[:12]}"
    # The database the run is configured with need not exist; PostgreSQL's own always does.
    server = psycopg2.connect(_with_path(server_url, "/postgres"))
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            own_redis = _free_redis(cursor, redis_url)
            cursor.execute(f'CREATE DATABASE "{name}"')
        made = Rig(folder, _with_path(server_url, f"/{name}"), own_redis)
        try:
            made.migrate()
            yield made
        finally:
            made.close()
            with server.cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        server.close()


def _free_redis(cursor: psycopg2.extensions.cursor, redis_url: str) -> str:
    """A Redis database that is empty and that no other rig has locked, as an address."""
    for number in range(15, 0, -1):
        url = _with_path(redis_url, f"/{number}")
        if url == redis_url:
            continue  # the other tests' own
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_SPACE, number])
        if not cursor.fetchone()[0]:
            continue
        with redis.Redis.from_url(url) as candidate:
            if candidate.dbsize() == 0:
                return url
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_SPACE, number])
    raise RuntimeError("No Redis database is free for the rig: all of 1 to 15 are in use.")


def _with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=path))


def _wait(is_done: Callable[[], bool], longest: float) -> None:
    until = time.monotonic() + longest
    while not is_done():
        if time.monotonic() > until:
            raise TimeoutError(f"not done after {longest} s; see the logs in the rig's folder")
        time.sleep(0.05)
