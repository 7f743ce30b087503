"""`make bench`: prints the figures of our promises about speed.

PostgreSQL, Redis and wrk must be there. Every figure is a ratio to the yardstick of the same run;
`--write FILE` keeps the table.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import os
import platform
import shutil
from pathlib import Path

import redis

from bench import buyer, stage
from bench.load import Figure, ask

CONFERENCE = f"/conferences/{stage.SLUG}/"
PUBLIC = {
    "home": "/",
    "conference": CONFERENCE,
    "programme, 60 sessions": f"{CONFERENCE}programme/",
    "key dates": f"{CONFERENCE}key-dates/",
    "motions": f"{CONFERENCE}motions/",
    "a motion": f"{CONFERENCE}motions/{{published}}/",
}
SIGNED_IN = {
    "home, signed in": "/",
    "conference, signed in": CONFERENCE,
    "prices, signed in": f"{CONFERENCE}book/",
    "booking for oneself, signed in": f"{CONFERENCE}book/me/",
    "a draft motion, signed in": f"{CONFERENCE}motions/{{draft}}/",
    "writing it, signed in": f"{CONFERENCE}motions/{{draft}}/edit/",
    "my body, signed in": "/bodies/benchtown/",
}


def main() -> None:
    """Stage, measure, print, take everything down again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--recipients", type=int, default=100_000)
    parser.add_argument("--note", default="", help="what else ran meanwhile, for the table's head")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("The bench needs wrk: apt-get install wrk")
    lines = [
        f"Measured {dt.date.today():%A %-d %B %Y}; {os.cpu_count()} cores, {platform.machine()}.",
        *([options.note] if options.note else []),
    ]
    redis.Redis.from_url(stage.REDIS).flushdb()
    with stage.database() as url, stage.folder() as folder:
        env = stage.environment(url, folder)
        stage.manage("migrate", "--noinput", env=env)
        stage.manage("collectstatic", "--noinput", env=env)
        filled = json.loads(stage.manage("fill_bench", env=env))
        with stage.server(env) as port:
            lines += _pages(port, filled)
            lines += _bookings(port)
        lines += _reminders(env, options.recipients)
    redis.Redis.from_url(stage.REDIS).flushdb()
    text = "\n".join(lines)
    print(text)
    if options.write:
        options.write.write_text(f"# Benchmarks\n\n{text}\n")


def _pages(port: int, filled: dict[str, str | int]) -> list[str]:
    public = {name: path.format(**filled) for name, path in PUBLIC.items()}
    signed_in = {name: path.format(**filled) for name, path in SIGNED_IN.items()}
    for path in ("/bench/yardstick/1/", *public.values()):
        ask(port, path, seconds=1)
    first = ask(port, "/bench/yardstick/1/")
    rows = [_row(name, ask(port, path), first, 2, port, path) for name, path in public.items()]
    cookie = {"Cookie": f"__Host-session={filled['session']}"}
    rows += [
        _row(name, ask(port, path, headers=cookie), first, 4, port, path, cookie)
        for name, path in signed_in.items()
    ]
    rows += [_conditional(name, path, first, port) for name, path in public.items()]
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
    took = json.loads(stage.manage("measure_reminders", str(recipients), env=env))
    return [
        "",
        f"Reminders: {took['told']} planned in {took['planned']:.1f} s, {took['mails']} mails put "
        f"in the outbox in {took['gathered']:.1f} s, {took['grown']} MB more memory; a run with "
        f"nothing to do {took['idle'] * 1000:.0f} ms.",
    ]


if __name__ == "__main__":
    main()
