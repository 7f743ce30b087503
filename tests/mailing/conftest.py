"""What the tests of mail share: templates of their own, one instant, and a way to put a mail in."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path

import pytest

from mailing import outbox
from mailing.models import Mail

AT = dt.datetime(2016, 6, 30, 22, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _templates(settings):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
    settings.SITE_URL = "https://conference.example"


@pytest.fixture
def at() -> dt.datetime:
    return AT


@pytest.fixture
def put(db):
    """Put a plain sample mail in the outbox; any argument of `outbox.put` may be given."""

    def _put(key: str = "receipt:booking:1", **arguments) -> Mail:
        given = {
            "to": "ann@example.org",
            "to_name": "Ann Example",
            "subject": "Your booking",
            "template": "sample",
            "context": {"body": "Thank you."},
            "kind": Mail.Kind.RECEIPT,
            "at": AT,
        }
        return outbox.put(key=key, **(given | arguments))

    return _put
