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
from dataclasses import dataclass
from pathlib import Path

import redis

from bench import buyer, papers, stage, texts
from bench.load import Figure, ask

YARDSTICK = "/bench/yardstick/1/"
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
        with stage.server(env) as server:
            lines += _pages(server, filled)
            lines += _bookings(server)
        lines += _reminders(env, options.recipients)
    lines += texts.lines()
    lines += papers.lines()
    redis.Redis.from_url(stage.REDIS).flushdb()
    text = "\n".join(lines)
    print(text)
    if options.write:
        options.write.write_text(f"# Benchmarks\n\n{text}\n")


def _pages(server: stage.Server, filled: dict[str, str | int]) -> list[str]:
    public = {name: path.format(**filled) for name, path in PUBLIC.items()}
    signed_in = {name: path.format(**filled) for name, path in SIGNED_IN.items()}
    for path in (YARDSTICK, *public.values()):
        ask(server, path, seconds=1)
    cookie = {"Cookie": f"__Host-session={filled['session']}"}
    rows = [_row(server, name, path, 2) for name, path in public.items()]
    rows += [_row(server, name, path, 4, cookie) for name, path in signed_in.items()]
    for name, path in public.items():
        rows.append(_row(server, f"{name}, not changed", path, None, _tagged(server, path)))
    yard = ask(server, YARDSTICK)
    missed = [f"{row.name} ({row.ratio:.1f})" for row in rows if row.is_missed]
    return [
        "",
        f"Yardstick Y: {yard.per_second:.0f} requests a second, p99 {yard.p99:.1f} ms, "
        f"{yard.cpu:.2f} ms of the processor. It is asked again before and after each page, so "
        "that each ratio stands by itself. The promises are about requests a second; the ratio of "
        "processor time leaves out PostgreSQL, Redis and whatever else the machine does.",
        "",
        "| page | requests/s | Y / page | promised | processor, page / Y | p99 ms, Y's | "
        "kB on the wire | failed |",
        "|---|---|---|---|---|---|---|---|",
        *(str(row) for row in rows),
        "",
        f"Missed: {', '.join(missed)}." if missed else "Every page keeps its promise.",
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """A page between two askings of the yardstick."""

    name: str
    page: Figure
    ratio: float
    promised: int | None
    cpu: float
    p99: float
    size: float

    @property
    def is_missed(self) -> bool:
        """Slower than promised."""
        return self.promised is not None and round(self.ratio, 1) > self.promised

    def __str__(self) -> str:
        return (
            f"| {self.name} | {self.page.per_second:.0f} | {self.ratio:.1f} | "
            f"{self.promised or '–'} | {self.cpu:.1f} | {self.page.p99:.0f}, {self.p99:.0f} | "
            f"{self.size:.1f} | {self.page.failed} |"
        )


def _row(
    server: stage.Server,
    name: str,
    path: str,
    promised: int | None,
    headers: dict[str, str] | None = None,
) -> Row:
    before = ask(server, YARDSTICK, seconds=2)
    page = ask(server, path, headers=headers)
    after = ask(server, YARDSTICK, seconds=2)
    return Row(
        name=name,
        page=page,
        ratio=(before.per_second + after.per_second) / 2 / page.per_second,
        promised=promised,
        cpu=page.cpu / ((before.cpu + after.cpu) / 2),
        p99=max(before.p99, after.p99),
        size=_size(server, path, headers),
    )


def _size(server: stage.Server, path: str, headers: dict[str, str] | None) -> float:
    client = buyer.Buyer(server.port, 0)
    given = {"Host": stage.HOST, "X-Forwarded-Proto": "https", **(headers or {})}
    client.connection.request("GET", path, headers=given)
    return len(gzip.compress(client.connection.getresponse().read())) / 1024


def _tagged(server: stage.Server, path: str) -> dict[str, str]:
    """What a browser sends that has the page already and asks whether it changed."""
    client = buyer.Buyer(server.port, 0)
    headers = {"Host": stage.HOST, "X-Forwarded-Proto": "https"}
    client.connection.request("GET", path, headers=headers)
    answer = client.connection.getresponse()
    answer.read()
    return {"If-None-Match": answer.getheader("ETag") or ""}


def _bookings(server: stage.Server) -> list[str]:
    yard = buyer.quiet_yardstick(server.port)
    began = server.cpu()
    taken = sorted(buyer.one_booking(server.port, 1000 + n) for n in range(9))
    spent = (server.cpu() - began) * 1000 / len(taken)
    milliseconds, requests = taken[len(taken) // 2]
    yard = (yard + buyer.quiet_yardstick(server.port)) / 2
    crowd = ask(server, YARDSTICK)
    rush = buyer.rush(server.port, 300)
    answers = ", ".join(f"{count} {what}" for what, count in sorted(rush.answers.items()))
    return [
        "",
        f"One booking: {requests} requests, {milliseconds:.0f} ms = "
        f"{milliseconds / yard:.1f} Y (promised: at most 25; Y alone {yard:.2f} ms); of the "
        f"processor {spent / crowd.cpu:.1f} Y.",
        f"Rush: 300 buyers at once for the {100 - len(taken)} places left of 100: {answers}, in "
        f"{rush.seconds:.1f} s = the time of {rush.seconds * crowd.per_second:.0f} Y requests "
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
