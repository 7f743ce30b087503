"""`manage.py merge_amendments`: files in, verdict out, nothing else needed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
BASE = "Fares rise each year.\n\nBuses\nare late.\n\n- one thing\n- two things\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Writes the files, merges all but the first into the first, gives what was printed."""
    monkeypatch.chdir(tmp_path)

    def _run(files, *options, paths=None):
        for name, content in files.items():
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
        call_command("merge_amendments", *(paths or files), *options)
        return capsys.readouterr()

    return _run


@pytest.fixture
def merged(run):
    """The JSON of it."""
    return lambda files, **given: json.loads(run(files, "--format", "json", **given).out)


def test_json_of_a_clean_merge_has_the_blocks_as_they_are_written(merged):
    a = BASE.replace("late", "slow")
    b = BASE.replace("- two things\n", "- two things\n- three things\n")
    assert merged({"BASE.txt": BASE, "A.txt": a, "B.txt": b}) == {
        "merged": [
            "Fares rise each year.",
            "Buses are slow.",
            "- one thing",
            "- two things",
            "- three things",
        ],
        "collisions": [],
    }


def test_json_of_a_collision_keeps_the_base_and_names_who_takes_part(merged):
    a, b = BASE.replace("late", "slow"), BASE.replace("Buses\nare late.\n\n", "")
    assert merged({"BASE.txt": BASE, "A.txt": a, "B.txt": b}) == {
        "merged": ["Fares rise each year.", "Buses are late.", "- one thing", "- two things"],
        "collisions": [
            {
                "kind": "delete-vs-change",
                "paragraph": 2,
                "amendments": ["A.txt", "B.txt"],
                "base": "Buses are late.",
                "texts": ["Buses are slow.", ""],
            }
        ],
    }


def test_merge_without_amendments_is_the_base(merged):
    found = merged({"BASE.txt": "One.\n\nTwo."})
    assert found == {"merged": ["One.", "Two."], "collisions": []}


def test_merge_of_empty_files_is_empty(merged):
    found = merged({"BASE.txt": "", "A.txt": b"", "B.txt": "\n \n"})
    assert found == {"merged": [], "collisions": []}


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (BASE.replace("\n", "\r\n").encode(), ""),
        (BASE.replace("\n", "\r").encode(), ""),
        (b"\xef\xbb\xbf" + BASE.encode(), ""),
        (BASE.encode("utf-16"), "A.txt: read as UTF-16."),
        (BASE.replace("- ", "\u2022\t").encode(), "A.txt: 2 bullet signs read as '- '."),
        (BASE.replace("one thing", "one\n  thing").encode(), ""),
        (BASE.replace("late", "la\u200bte").encode(), "left out"),
        (BASE.replace("Fares rise", "Fares\u00a0rise").encode("cp1252"), "read as Windows-1252."),
    ],
)
def test_file_from_another_program_is_the_same_text(run, content, note):
    printed = run({"BASE.txt": BASE, "A.txt": content}, "--format", "json")
    assert json.loads(printed.out)["merged"][1:3] == ["Buses are late.", "- one thing"]
    assert json.loads(printed.out)["merged"][0] == "Fares rise each year."
    assert (note in printed.err) if note else printed.err == ""


def test_windows_quotes_are_read_as_such(merged):
    found = merged({"BASE.txt": "Yes.", "A.txt": b"\x93Yes\x94 \x96 always."})
    assert found["merged"] == ["“Yes” – always."]


def test_files_of_one_name_are_told_apart(merged):
    files = {"BASE.txt": "a b", "east/A.txt": "a c", "west/A.txt": "a d", "B.txt": "a e"}
    names = merged(files)["collisions"][0]["amendments"]
    assert names == ["B.txt", "east/A.txt", "west/A.txt"]


def test_one_file_given_twice_is_one_amendment(merged):
    files = {"BASE.txt": "a b", "A.txt": "a c"}
    paths = ["BASE.txt", "A.txt", "./A.txt"]
    assert merged(files, paths=paths) == {"merged": ["a c"], "collisions": []}
    found = merged({**files, "B.txt": "a d"}, paths=[*paths, "B.txt"])
    assert found["collisions"][0]["amendments"] == ["A.txt", "B.txt"]


def test_report_for_people_tells_each_amendment_the_text_and_the_collisions(run):
    files = {"BASE.txt": BASE, "A.txt": BASE.replace("late", "slow"), "B.txt": BASE}
    files["C.txt"] = BASE.replace("late", "dirty").replace("Fares rise", "Fares soar")
    told = run(files).out
    assert 'In paragraph 2, delete "late", insert "slow".' in told
    assert "B.txt\n    Changes nothing." in told
    assert "Fares soar each year." in told
    assert "COLLISIONS: 1" in told
    assert "Paragraph 2: overlap" in told
    assert "    C.txt: Buses are dirty." in told


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "there is no such file."),
        (b"PK\x03\x04...", "it is a document, not plain text; save it as 'plain text' (.txt)."),
        (b"a\x00b", "it is not plain text; save it as 'plain text' (.txt), in UTF-8."),
        (b"a " * 140_000, "it is longer than 256 kB (about 40,000 words); merge it in parts."),
    ],
)
def test_file_that_cannot_be_read_is_told_in_a_sentence_with_code_2(run, content, why):
    files = {"BASE.txt": BASE} | ({} if content is None else {"A.txt": content})
    with pytest.raises(CommandError) as refused:
        run(files, paths=["BASE.txt", "A.txt"])
    assert str(refused.value) == f"A.txt cannot be read: {why}"
    assert refused.value.returncode == 2


def test_command_runs_where_nothing_is_configured(tmp_path):
    (tmp_path / "BASE.txt").write_text("a “b”")
    (tmp_path / "A.txt").write_text("a “c”")
    unset = {"ENVIRONMENT", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment["VAR_DIR"] = str(tmp_path / "var")
    ran = subprocess.run(
        [sys.executable, ROOT / "manage.py", "merge_amendments", "BASE.txt", "A.txt"]
        + ["--format", "json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout) == {"merged": ["a “c”"], "collisions": []}
    assert not list((tmp_path / "var").rglob("*.sqlite3"))
