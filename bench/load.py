"""Asks a page many times at once with wrk, and reads its figures."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass

from bench.stage import HOST

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, slots=True)
class Figure:
    """Requests a second and the 99th percentile in milliseconds; `failed` counts non-2xx/3xx."""

    per_second: float
    p99: float
    failed: int


def ask(
    port: int,
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
    output = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", output).groups()
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    return Figure(per_second, float(value) * UNITS[unit], int(failed[1]) if failed else 0)
