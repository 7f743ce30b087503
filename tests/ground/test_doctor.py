"""The doctor names what is wrong and how to mend it, and is silent about nothing."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from coopconf import diagnosis
from mailing.models import Heartbeat


@pytest.fixture
def well(db, at, settings, tmp_path, monkeypatch):
    """An installation with nothing wrong, its database's clock agreeing with this machine's."""
    monkeypatch.setattr(diagnosis.clock, "arrival", lambda: dt.datetime.now(dt.UTC))
    Heartbeat.objects.beat(name=Heartbeat.BEAT, at=at("2016-06-30 12:00"))
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path / "cache"),
        }
    }


def _faults() -> dict[str, str]:
    return {found.part: found.mend for found in diagnosis.examine() if not found.is_well}


def _told(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_doctor_with_nothing_wrong_says_so(well, monkeypatch) -> None:
    code, told = _told()
    assert (code, told.splitlines()[-1]) == (0, "Everything is well.")


def test_doctor_with_a_missing_role_group_names_it(well, monkeypatch) -> None:
    Group.objects.filter(name="finance").delete()
    assert _faults() == {"roles": "Run manage.py migrate members."}


def test_doctor_with_a_silent_beat_says_how_to_start_it(well, monkeypatch, at) -> None:
    at("2016-06-30 12:10")
    assert list(_faults()) == ["beat"]


def test_doctor_of_a_practice_copy_that_is_not_running_says_make_run(well, settings) -> None:
    settings.DEBUG = True
    Heartbeat.objects.all().delete()
    assert _faults() == {"beat": "Nothing is running here: `make run` starts everything."}


def test_doctor_with_a_cache_of_one_process_says_what_to_set(well, settings, monkeypatch) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert _faults() == {"cache": "Set REDIS_URL."}


def test_doctor_with_a_relay_that_is_gone_says_what_to_correct(well, settings, monkeypatch) -> None:
    settings.EMAIL_BACKEND = diagnosis.SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert _faults() == {"mail": "Correct EMAIL_URL, or ask the relay's operator."}


def test_doctor_with_a_missing_font_names_it(well, settings, monkeypatch) -> None:
    monkeypatch.setattr(diagnosis, "NEEDED_FONTS", ("fonts/lost.woff2",))
    assert _faults() == {"static files": "Check the code out again."}


@pytest.fixture
def clocks_apart(well, monkeypatch):
    """A database server whose clock is an hour behind."""
    behind = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    monkeypatch.setattr(diagnosis.clock, "arrival", lambda: behind)


def test_doctor_with_clocks_apart_says_so(clocks_apart) -> None:
    assert list(_faults()) == ["database"]


def test_doctor_for_programs_is_json_and_ends_with_one(clocks_apart) -> None:
    code, told = _told("--json")
    found = json.loads(told)
    assert (code, found["is_well"]) == (1, False)
    assert [f["part"] for f in found["findings"] if not f["is_well"]] == ["database"]
