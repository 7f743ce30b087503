"""`make run`: prepares the embedded database, then keeps a web server, a worker and beat running.

A small supervisor of plain Python, so that a second start costs no more than the processes it
starts. One process dead ends all, with its last lines shown; Ctrl-C or SIGTERM ends all in less
than three seconds, whole process groups, so that nothing is left behind.
"""

from __future__ import annotations

import contextlib
import ctypes
import datetime as dt
import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import NoReturn, TextIO

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
HOST = "127.0.0.1"
#: Asked to end, a child has this long before its group is killed.
PATIENCE = 1.5
SECONDS_TO_START = 60
LAST_LINES = 20
#: The demo is made again when code or data change, or the day does; pages alone do not count.
MADE_FROM = {".py", ".yaml", ".json", ".txt"}
NOT_FROM = {"tests", "bench", "docs", "views", "templates", "static", "templatetags", "var"}
#: A practice copy stands on embedded parts, whatever this shell was set up for.
NOT_OURS = {"DATABASE_URL", "REDIS_URL", "CACHE_URL", "EMAIL_URL", "SECRET_KEY"}
PR_SET_PDEATHSIG = 1


class Stop(Exception):
    """Somebody asked us to end."""


def refuse(sentence: str) -> NoReturn:
    """End with what is wrong and what to do."""
    sys.exit(f"\n{sentence}\n")


def port_asked_for() -> int:
    """PORT, or 8000. Ends with a sentence when it is not a port or is taken."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        refuse(f"PORT={given} is not a port. Choose a number, for example: make run PORT=8001")
    port = int(given)
    fault = _bind(port)
    if fault is None:
        return port
    if isinstance(fault, PermissionError):
        refuse(f"Port {port} is for root alone. Choose a higher one: make run PORT=8000")
    other = next((n for n in range(port + 1, port + 100) if n < 65536 and _bind(n) is None), 0)
    refuse(
        f"Port {port} is taken{holder_of(port)}. Stop that, or choose another port:\n"
        f"    make run PORT={other or 18000}"
    )


def _bind(port: int) -> OSError | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return error
    return None


def holder_of(port: int) -> str:
    """' by NAME (process N)' where Linux lets us see it, else nothing."""
    try:
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    except OSError:
        return ""
    inodes = {
        f"socket:[{row[9]}]"
        for row in rows
        if row[3] == "0A" and int(row[1].rpartition(":")[2], 16) == port
    }
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if os.readlink(link) in inodes:
                process = link.parent.parent
                return f" by {(process / 'comm').read_text().strip()} (process {process.name})"
        except OSError:
            continue
    return ""


def only_one() -> TextIO:
    """Holds the lock of this folder: two runs would delete each other's broker."""
    VAR.mkdir(parents=True, exist_ok=True)
    lock = (VAR / "run.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        holder = (VAR / "run.lock").read_text().strip()
        refuse(f"`make run` is already running in this folder ({holder}).")
    lock.truncate(0)
    return lock


def state() -> str:
    """Changes when the demo has to be made again: its sources, the packages, or the day."""
    digest = hashlib.sha256(dt.datetime.now().astimezone().date().isoformat().encode())
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(f for f in folders if f not in NOT_FROM and not f.startswith("."))
        for path in sorted(Path(folder, file) for file in files):
            if path.suffix in MADE_FROM:
                digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()


def prepare(environment: dict[str, str]) -> None:
    """Migrate and load the conferences and the demo, unless nothing changed since the last time."""
    prepared, now = VAR / "prepared", state()
    if prepared.exists() and prepared.read_text() == now and (VAR / "coopconf.sqlite3").exists():
        return
    say("Preparing the database and the demo …")
    prepared.unlink(missing_ok=True)
    made = subprocess.run(
        [sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=False
    )
    if made.returncode:
        refuse(
            "The demo could not be prepared; the reason stands above. `make clean` removes what "
            "this machine has stored, then `make run` begins afresh."
        )
    prepared.write_text(now)


def commands(port: int) -> dict[str, list[str]]:
    """What runs, by name."""
    bin_dir = Path(sys.executable).parent
    reload = ["--reload"] if os.environ.get("RELOAD") == "1" else ["--preload"]
    return {
        "web": [str(bin_dir / "gunicorn"), "--bind", f"{HOST}:{port}", "--graceful-timeout", "1"]
        + ["--workers", "2", "--threads", "4", *reload, "coopconf.wsgi"],
        "worker": [str(bin_dir / "celery"), "--app", "coopconf", "worker", "--beat"]
        + ["--pool", "threads", "--concurrency", "2", "--loglevel", "INFO"]
        + ["--without-gossip", "--without-mingle", "--without-heartbeat"],
    }


class Supervisor:
    """Starts the processes, watches them, and ends them together."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        (VAR / "log").mkdir(parents=True, exist_ok=True)

    def start(self, name: str, command: list[str]) -> None:
        """Start one process in a group of its own, writing to var/log/NAME.log."""
        with log_of(name).open("wb") as log:
            self.children[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    def check(self) -> None:
        """End with the last lines of a process that died."""
        for name, child in self.children.items():
            if (code := child.poll()) is not None:
                lines = log_of(name).read_text(errors="replace").splitlines()[-LAST_LINES:]
                self.end()
                refuse(
                    "\n".join(lines)
                    + f"\n\nThe {name} process ended (code {code}), so everything was stopped. "
                    f"Its last lines stand above; all of them: {log_of(name)}"
                )

    def wait_until_it_answers(self, url: str) -> None:
        """Until the site answers; a process that dies meanwhile ends everything."""
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            self.check()
            try:
                with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.end()
        refuse(f"The site did not answer within {SECONDS_TO_START} s. See {log_of('web')}")

    def end(self) -> None:
        """End every group: asked first, killed after PATIENCE seconds."""
        self._signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and any(c.poll() is None for c in self.children.values()):
            time.sleep(0.05)
        self._signal(signal.SIGKILL)
        for child in self.children.values():
            child.wait()

    def _signal(self, number: int) -> None:
        for child in self.children.values():
            try:
                os.killpg(child.pid, number)
            except ProcessLookupError:
                continue


def log_of(name: str) -> Path:
    """Where one process writes."""
    return VAR / "log" / f"{name}.log"


def _end_with_parent() -> None:
    """Linux: the child is asked to end even when the supervisor was killed without a word."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def say(line: str) -> None:
    """To the terminal at once; one that was closed meanwhile must not keep us from ending."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _announce(url: str, seconds: float) -> None:
    say(
        f"\n  Co-operative Party Conferences, a practice copy. Ready in {seconds:.1f} s.\n\n"
        f"    The site      {url}/\n"
        f"    Demo people   {url}/dev/people/   one click signs in as each\n"
        f"    Mail caught   {url}/dev/mail/     no mail leaves this machine\n\n"
        f"  Logs: {VAR / 'log'}   Ctrl-C ends everything.\n"
    )


def main() -> None:
    """Run until somebody or something ends it."""
    began = time.monotonic()
    port = port_asked_for()
    lock = only_one()
    url = f"http://{HOST}:{port}"
    lock.write(f"process {os.getpid()}, {url}")
    lock.flush()
    environment = {
        **{name: value for name, value in os.environ.items() if name not in NOT_OURS},
        "ENVIRONMENT": "development",
        "DJANGO_SETTINGS_MODULE": "coopconf.settings",
        "SITE_URL": os.environ.get("SITE_URL", url),
        "PYTHONUNBUFFERED": "1",
        # Celery warns against root because of pickled tasks; ours are JSON and this is practice.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    supervisor = Supervisor(environment)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        prepare(environment)
        for rest in [*VAR.glob("broker.sqlite3*"), *VAR.glob("beat-schedule*")]:
            rest.unlink()  # the truth is in the database; old wake-ups only delay the new ones
        for name, command in commands(port).items():
            supervisor.start(name, command)
        supervisor.wait_until_it_answers(url)
        _announce(url, time.monotonic() - began)
        while True:
            supervisor.check()
            time.sleep(0.2)
    except Stop:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        say("\nEnding …")
        supervisor.end()
        say("Everything has ended.")


if __name__ == "__main__":
    main()
