"""Tests that need a browser, PostgreSQL or Redis are left out where those are absent, and named.

With CI=true nothing is left out: what is absent fails the run. Works under xdist too, where the
workers collect and the controller reports.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict

import pytest
from django.conf import settings

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def chromium() -> str | None:
    """The path of the browser, if there is one. CHROMIUM names another than Debian's."""
    return (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


#: Marker -> (is what it needs here?, how to bring it).
NEEDS = {
    "browser": (
        lambda: chromium() is not None,
        "no Chromium here; `apt-get install chromium` or CHROMIUM=/path",
    ),
    "postgres": (
        lambda: settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql",
        "this run is on SQLite; DATABASE_URL=postgresql://USER@HOST/NAME",
    ),
    "redis": (
        lambda: bool(settings.REDIS_URL),
        "this run has no Redis; REDIS_URL=redis://HOST:6379/15 (that number is emptied)",
    ),
}


class Selection:
    """Leaves out what cannot run here and tells so at the end."""

    def __init__(self) -> None:
        self.left_out: dict[str, list[str]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        absent = {marker for marker, (is_here, _) in NEEDS.items() if not is_here()}
        out = [item for item in items if any(item.get_closest_marker(name) for name in absent)]
        if not out:
            return
        by_need = defaultdict(list)
        for item in out:
            need = next(name for name in NEEDS if name in absent and item.get_closest_marker(name))
            by_need[need].append(item.nodeid)
        if IN_CI:
            wants = "; ".join(f"{len(by_need[n])} for {n} ({NEEDS[n][1]})" for n in by_need)
            raise pytest.UsageError(f"With CI=true no test is left out, but there are {wants}.")
        self.left_out = dict(by_need)
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in set(out)]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["left_out"] = self.left_out

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object, error: object) -> None:
        self.left_out |= getattr(node, "workeroutput", {}).get("left_out", {})

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for need, names in sorted(self.left_out.items()):
            terminalreporter.section(f"{len(names)} tests left out: {need}")
            terminalreporter.line(f"Why: {NEEDS[need][1]}.")
            by_file = defaultdict(list)
            for name in names:
                file, _, test = name.partition("::")
                by_file[file].append(test)
            for file, tests in sorted(by_file.items()):
                terminalreporter.line(f"{file}: {', '.join(tests)}")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Selection(), "coopconf-selection")
