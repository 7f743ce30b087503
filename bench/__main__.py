"""`make bench`: prints the figures of our promises about speed.

PostgreSQL, Redis and wrk must be there. Every figure is a ratio to the yardstick of the same run;
`--write FILE` keeps the table.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import redis

from bench import buyer, stage
from bench.load import Figure, ask

PUBLIC = {
    "home": "/",
    "conference": "/conferences/bench-annual/",
    "programme, 60 sessions": "/conferences/bench-annual/programme/",
    "key dates": "/conferences/bench-annual/key-dates/",
    "motions": "/conferences/bench-annual/motions/",
}
SIGNED_IN = {
    "home, signed in": "/",
    "conference, signed in": "/conferences/bench-annual/",
    "booking, signed in": "/conferences/bench-annual/book/",
    "my body, signed in": "/bodies/benchtown/",
}


def main() -> None:
    """Stage, measure, print, take everything down again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--recipients", type=int, default=100_000)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("The bench needs wrk: apt-get install wrk")
    lines = [
        f"Measured {dt.date.today():%A %-d %B %Y}; {os.cpu_count()} cores, {platform.machine()}."
    ]
    redis.Redis.from_url(stage.REDIS).flushdb()
    with stage.database() as url, stage.folder() as folder:
        env = stage.environment(url, folder)
        stage.manage("migrate", "--noinput", env=env)
        stage.manage("collectstatic", "--noinput", env=env)
        sessions = _fill(env)
        with stage.server(env) as port:
            lines += _pages(port, sessions)
            lines += _bookings(port)
        lines += _reminders(env, options.recipients)
    redis.Redis.from_url(stage.REDIS).flushdb()
    text = "\n".join(lines)
    print(text)
    if options.write:
        options.write.write_text(f"# Benchmarks\n\n{text}\n")


def _fill(env: dict[str, str]) -> str:
    """Rows to measure with; the key of a signed-in secretary's session."""
    script = (
        "import django; django.setup(); from bench import rows; rows.conference(); "
        "user, key = rows.person(1); rows.secretary(user); print(key)"
    )
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=stage.ROOT,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def _pages(port: int, session: str) -> list[str]:
    for path in ("/bench/yardstick/1/", *PUBLIC.values()):
        ask(port, path, seconds=1)
    first = ask(port, "/bench/yardstick/1/")
    rows = [_row(name, ask(port, path), first, 2, port, path) for name, path in PUBLIC.items()]
    cookie = {"Cookie": f"__Host-session={session}"}
    rows += [
        _row(name, ask(port, path, headers=cookie), first, 4, port, path, cookie)
        for name, path in SIGNED_IN.items()
    ]
    rows += [_conditional(name, path, first, port) for name, path in PUBLIC.items()]
    again = ask(port, "/bench/yardstick/1/")
    return [
        "",
        f"Yardstick Y: {first.per_second:.0f} requests a second, p99 {first.p99:.1f} ms "
        f"(again at the end: {again.per_second:.0f}).",
        "",
        "| page | requests/s | Y / page | promised | p99 ms | kB on the wire | failed |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ]


def _row(
    name: str,
    figure: Figure,
    yard: Figure,
    promised: int,
    port: int,
    path: str,
    headers: dict[str, str] | None = None,
) -> str:
    client = buyer.Buyer(port, 0)
    client.cookies = dict([headers["Cookie"].split("=", 1)]) if headers else {}
    size = len(gzip.compress(client.ask("GET", path)[1].encode())) / 1024
    return (
        f"| {name} | {figure.per_second:.0f} | {yard.per_second / figure.per_second:.1f} | "
        f"{promised} | {figure.p99:.1f} | {size:.1f} | {figure.failed} |"
    )


def _conditional(name: str, path: str, yard: Figure, port: int) -> str:
    """A browser that has the page already asks whether it changed."""
    client = buyer.Buyer(port, 0)
    headers = {"Host": stage.HOST, "X-Forwarded-Proto": "https"}
    client.connection.request("GET", path, headers=headers)
    answer = client.connection.getresponse()
    answer.read()
    tag = answer.getheader("ETag") or ""
    figure = ask(port, path, headers={"If-None-Match": tag})
    ratio = yard.per_second / figure.per_second
    return (
        f"| {name}, not changed | {figure.per_second:.0f} | {ratio:.1f} | – | "
        f"{figure.p99:.1f} | 0 | {figure.failed} |"
    )


def _bookings(port: int) -> list[str]:
    yard = buyer.quiet_yardstick(port)
    taken = sorted(buyer.one_booking(port, 1000 + n) for n in range(9))
    milliseconds, requests = taken[len(taken) // 2]
    crowd = ask(port, "/bench/yardstick/1/", clients=16).per_second
    rush = buyer.rush(port, 300)
    answers = ", ".join(f"{count} {what}" for what, count in sorted(rush.answers.items()))
    return [
        "",
        f"One booking: {requests} requests, {milliseconds:.0f} ms = "
        f"{milliseconds / yard:.1f} Y (promised: at most 25; Y alone {yard:.2f} ms).",
        f"Rush: 300 buyers at once for the {100 - len(taken)} places left of 100: {answers}, in "
        f"{rush.seconds:.1f} s = the time of {rush.seconds * crowd:.0f} Y requests "
        f"(promised: 2,500; {rush.requests} requests were made).",
    ]


def _reminders(env: dict[str, str], recipients: int) -> list[str]:
    output = subprocess.run(
        [sys.executable, "-m", "bench.reminding", str(recipients)],
        cwd=stage.ROOT,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    told, mails, planned, gathered, idle, grown = output.split("\t")
    return [
        "",
        f"Reminders: {told} planned in {float(planned):.1f} s, {mails} mails put in the outbox in "
        f"{float(gathered):.1f} s, {grown.strip()} MB more memory; a run with nothing to do "
        f"{float(idle) * 1000:.0f} ms.",
    ]


if __name__ == "__main__":
    main()
