"""The settings the tests run with: the real ones, told that this is a test."""

import os
from pathlib import Path

os.environ["ENVIRONMENT"] = "test"
os.environ.setdefault("VAR_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))

from coopconf.settings import *  # noqa: E402, F403
from coopconf.settings import CACHES, DATABASES, REDIS_URL, VAR_DIR  # noqa: E402

# A commit in a test wakes nothing outside of it; the fault rigs bring a broker of their own.
CELERY_BROKER_URL = "memory://"

# A test that moves the clock means the rule it tests; tests/members/test_idle.py switches this on.
IDLE_MINUTES = 0

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the live server's threads then have connections of their own, as in life.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
elif "TEST_DATABASE_NAME" in os.environ:
    DATABASES["default"]["TEST"] = {"NAME": os.environ["TEST_DATABASE_NAME"]}

if REDIS_URL:
    # Each worker of xdist empties a number of its own.
    _server, _, _number = REDIS_URL.rpartition("/")
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    REDIS_URL = f"{_server}/{int(_number) + _worker}"
    for _cache in CACHES.values():
        _cache["LOCATION"] = REDIS_URL
