"""`make run`: what is in the way is said in a sentence, and what was started ends together."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from coopconf import devserver

#: What a loaded machine may add to the second and a half that children are given to end.
SLACK = 20
STUBBORN = "trap '' TERM; echo started; sleep 60 & sleep 60"


@pytest.fixture
def own_var(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr(devserver, "VAR", tmp_path)
    return tmp_path


@pytest.fixture
def taken():
    """A port that this very process listens on."""
    with socket.socket() as listener:
        listener.bind((devserver.HOST, 0))
        listener.listen()
        yield listener.getsockname()[1]


def _group_is_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    states = [
        stat.read_text().rpartition(")")[2].split()
        for stat in Path("/proc").glob("[0-9]*/stat")
        if stat.exists()
    ]
    return all(s[0] == "Z" for s in states if int(s[2]) == group)


def test_port_taken_says_by_whom_and_which_to_choose(taken, monkeypatch) -> None:
    monkeypatch.setenv("PORT", str(taken))
    with pytest.raises(SystemExit) as refusal:
        devserver.port_asked_for()
    told = str(refusal.value)
    assert f"Port {taken} is taken by" in told
    assert f"(process {os.getpid()})" in told
    assert "make run PORT=" in told


@pytest.mark.parametrize("given", ["eighty", "0", "65536", "-1"])
def test_port_that_is_none_says_what_to_write(given, monkeypatch) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(SystemExit, match=f"PORT={given} is not a port"):
        devserver.port_asked_for()


def test_second_run_in_the_same_folder_is_refused_with_the_first_ones_address(own_var) -> None:
    first = devserver.only_one()
    first.write("process 12, http://127.0.0.1:8000")
    first.flush()
    with pytest.raises(SystemExit, match="already running in this folder .process 12, http"):
        devserver.only_one()
    first.close()
    devserver.only_one().close()


def test_child_that_dies_ends_the_others_and_shows_its_last_lines(own_var) -> None:
    supervisor = devserver.Supervisor(dict(os.environ))
    supervisor.start("worker", ["sh", "-c", "for i in $(seq 30); do echo line $i; done; exit 3"])
    supervisor.start("web", ["sleep", "60"])
    supervisor.children["worker"].wait()
    with pytest.raises(SystemExit) as refusal:
        supervisor.check()
    told = str(refusal.value)
    assert "line 30\n" in told
    assert "line 10\n" not in told
    assert "The worker process ended (code 3)" in told
    assert supervisor.children["web"].returncode == -signal.SIGTERM


def test_children_that_will_not_end_are_killed_in_good_time_with_all_their_own(own_var) -> None:
    supervisor = devserver.Supervisor(dict(os.environ))
    for name in ("web", "worker"):
        supervisor.start(name, ["sh", "-c", STUBBORN])
    while not all(devserver.log_of(name).read_text() for name in ("web", "worker")):
        time.sleep(0.05)
    began = time.monotonic()
    supervisor.end()
    groups = [child.pid for child in supervisor.children.values()]
    while not all(_group_is_gone(group) for group in groups) and time.monotonic() - began < SLACK:
        time.sleep(0.02)  # grandchildren are killed at once, but fall when they next run
    assert all(_group_is_gone(group) for group in groups)
    assert devserver.PATIENCE < 2, "it promises three seconds for everything"


def test_state_of_the_demo_changes_with_the_code_and_not_with_a_page(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(devserver, "ROOT", tmp_path)
    (tmp_path / "templates").mkdir()
    before = devserver.state()
    (tmp_path / "templates" / "page.txt").write_text("new")
    assert devserver.state() == before
    (tmp_path / "rules.py").write_text("new")
    assert devserver.state() != before


@pytest.mark.drill
def test_run_serves_sends_and_ends_when_asked(is_drill, tmp_path, migrated) -> None:
    """The real thing once, on a folder of its own: web, worker and beat, then SIGTERM.

    Where the tests keep a migrated file, this is a second start; otherwise a first one.
    """
    kept = migrated.kept.with_suffix(".sqlite3")
    if kept.exists():
        (tmp_path / "var").mkdir()
        shutil.copyfile(kept, tmp_path / "var" / "coopconf.sqlite3")
        (tmp_path / "var" / "prepared").write_text(devserver.state())
    with socket.socket() as probe:
        probe.bind((devserver.HOST, 0))
        port = probe.getsockname()[1]
    run = subprocess.Popen(
        [sys.executable, "-P", "coopconf/devserver.py"],
        cwd=devserver.ROOT,
        env=os.environ | {"PORT": str(port), "VAR_DIR": str(tmp_path / "var"), "LOG_LEVEL": "INFO"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with run:
        try:
            _serves_and_sends(run, port, tmp_path / "var" / "log" / "worker.log")
            began = time.monotonic()
        finally:
            run.send_signal(signal.SIGTERM)
        rest = run.communicate(timeout=SLACK)[0]
    assert (run.returncode, rest.splitlines()[-1]) == (0, "Everything has ended.")
    assert not is_drill or time.monotonic() - began < 3


def _serves_and_sends(run: subprocess.Popen[str], port: int, log: Path) -> None:
    said = []
    assert run.stdout is not None
    for line in run.stdout:
        said.append(line)
        if "Ctrl-C" in line:
            break
    assert f"http://127.0.0.1:{port}/dev/mail/" in "".join(said)
    for path in ("/dev/mail/", "/static/brand.css"):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as page:
            assert page.status == 200
    until = time.monotonic() + 60
    while "succeeded" not in log.read_text() and time.monotonic() < until:
        time.sleep(0.2)
    assert "succeeded" in log.read_text()


def test_say_to_a_terminal_that_was_closed_goes_on(monkeypatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", buffering=1) as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        devserver.say("Ending")
        monkeypatch.undo()
        with pytest.raises(BrokenPipeError):
            closed.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), writing)  # so that closing it succeeds
