"""Asks a page many times at once with wrk, and reads its figures."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass

from bench.stage import HOST, Server

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, slots=True)
class Figure:
    """Requests a second and the 99th percentile in milliseconds; `failed` counts non-2xx/3xx.

    `cpu` is what one request cost the web workers, in milliseconds of their processors' time: it
    hardly changes when the machine has other work, as requests a second do.
    """

    per_second: float
    p99: float
    failed: int
    cpu: float


def ask(
    server: Server,
    path: str,
    *,
    headers: dict[str, str] | None = None,
    clients: int = 16,
    seconds: int = 4,
) -> Figure:
    """Ask one page with `clients` open connections for some seconds."""
    given = {"Host": HOST, "X-Forwarded-Proto": "https", **(headers or {})}
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency"]
    for name, value in given.items():
        command += ["-H", f"{name}: {value}"]
    before = server.cpu()
    output = subprocess.run(
        [*command, f"http://127.0.0.1:{server.port}{path}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    spent = server.cpu() - before
    requests = int(re.search(r"(\d+) requests in", output)[1])
    per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", output).groups()
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    return Figure(
        per_second,
        p99=float(value) * UNITS[unit],
        failed=int(failed[1]) if failed else 0,
        cpu=spent * 1000 / max(requests, 1),
    )
