"""Production refuses what is missing or unsafe, names it, and passes Django's own check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from coopconf import environment

ROOT = Path(__file__).resolve().parent.parent.parent
SOUND = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "Zq8-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "SITE_URL": "https://conference.example",
    "DATABASE_URL": "postgresql://site:secret@db.example/coopconf",
    "REDIS_URL": "redis://redis.example:6379/0",
    "EMAIL_URL": "submission://user:password@relay.example:587",
    "DEFAULT_FROM_EMAIL": "Conferences <conferences@party.example>",
    "SECURITY_CONTACT": "mailto:security@party.example",
}


@pytest.fixture
def given(monkeypatch):
    """Read the environment as production would, with values changed or (None) left out."""
    for name in (*SOUND, "DEBUG", "CACHE_URL", "HSTS_SECONDS", "TRUSTED_PROXIES", "VAR_DIR"):
        monkeypatch.delenv(name, raising=False)

    def _given(**changed: str | None) -> environment.Environment:
        for name, value in (SOUND | changed).items():
            if value is not None:
                monkeypatch.setenv(name, value)
        return environment.read(ROOT)

    return _given


def test_production_with_sound_values_starts(given) -> None:
    assert given().host == "conference.example"


@pytest.mark.parametrize("name", sorted(set(SOUND) - {"ENVIRONMENT"}))
def test_production_without_a_value_names_it(given, name) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"- {name} is missing: write"):
        given(**{name: None})


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too short"),
        ("SECRET_KEY", "ab" * 40, "SECRET_KEY is too easily guessed"),
        ("SECRET_KEY", "django-insecure-" + "abcdefghijklmnop" * 5, "of a development machine"),
        ("SECRET_KEY", environment.EMBEDDED_KEY, "of a development machine"),
        ("SITE_URL", "http://conference.example", "SITE_URL does not begin with https://"),
        ("SITE_URL", "https://localhost", "SITE_URL names no host that others can reach"),
        ("SITE_URL", "https://conference.example/path", "SITE_URL is more than a host"),
        ("DATABASE_URL", "sqlite:///site.sqlite3", "DATABASE_URL is not a PostgreSQL database"),
        ("REDIS_URL", "memory://", "REDIS_URL is not the address of a Redis server"),
        ("EMAIL_URL", "console://", "EMAIL_URL is not the address of a mail relay"),
        ("EMAIL_URL", "smtp://u:p@relay.example", "EMAIL_URL would send passwords"),
        ("DEFAULT_FROM_EMAIL", "conferences@localhost", "DEFAULT_FROM_EMAIL has no address"),
        ("SECURITY_CONTACT", "Ann", "SECURITY_CONTACT is neither mailto: nor https:"),
        ("TRUSTED_PROXIES", "some", "TRUSTED_PROXIES is not understood"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES is negative"),
        ("HSTS_PRELOAD", "perhaps", "HSTS_PRELOAD is not understood"),
        ("DEBUG", "1", "DEBUG is set"),
    ],
)
def test_production_with_an_unsafe_value_names_it(given, name, value, fault) -> None:
    with pytest.raises(ImproperlyConfigured, match=fault):
        given(**{name: value})


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SITE_URL", "nonsense", "SITE_URL is not the address of a site"),
        ("SITE_URL", "http://127.0.0.1:8000/path", "SITE_URL is more than a host"),
        ("DATABASE_URL", "bogus", "DATABASE_URL is the address of neither"),
        ("DATABASE_URL", "mysql://host/name", "DATABASE_URL is the address of neither"),
        ("REDIS_URL", "bogus", "REDIS_URL is not the address of a Redis server"),
        ("EMAIL_URL", "bogus", "EMAIL_URL is not the address of a mail relay"),
        ("DEFAULT_FROM_EMAIL", "Conferences", "DEFAULT_FROM_EMAIL has no address"),
        ("SECURITY_CONTACT", "Ann", "SECURITY_CONTACT is neither mailto: nor https:"),
    ],
)
def test_development_with_a_value_of_the_wrong_form_names_it(given, name, value, fault) -> None:
    with pytest.raises(ImproperlyConfigured, match=fault):
        given(ENVIRONMENT="development", **{name: value})


def test_development_takes_what_production_would_not(given) -> None:
    found = given(
        ENVIRONMENT="development",
        SITE_URL="http://127.0.0.1:8000",
        DATABASE_URL="sqlite:////tmp/site.sqlite3",
        EMAIL_URL="console://",
        DEFAULT_FROM_EMAIL="Conferences <conferences@localhost>",
        SECRET_KEY="short",
    )
    assert (found.netloc, found.secret_key) == ("127.0.0.1:8000", "short")


def test_production_with_many_faults_names_them_all(given) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        given(SECRET_KEY="short", SITE_URL=None, REDIS_URL=None)
    assert str(refusal.value).count("\n  - ") == 3


def test_environment_of_another_kind_is_refused(given) -> None:
    with pytest.raises(ImproperlyConfigured, match="ENVIRONMENT is 'staging'"):
        given(ENVIRONMENT="staging")


def test_environment_unsaid_is_production(given) -> None:
    assert given(ENVIRONMENT=None).kind == "production"


def _manage(*arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | SOUND | changed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_deploy_with_values_of_production_is_clean() -> None:
    done = _manage("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    ), done.stderr


def test_manage_with_an_unsafe_value_says_a_sentence_and_no_traceback() -> None:
    done = _manage("check", SECRET_KEY="short")
    assert done.returncode == 1
    assert "SECRET_KEY is too short" in done.stderr
    assert "Traceback" not in done.stderr


def test_pages_of_development_in_production_refuse_to_load() -> None:
    done = _manage("shell", "--no-imports", "-c", "import coopconf.dev")
    assert done.returncode != 0
    assert "coopconf.dev is for development only" in done.stderr
