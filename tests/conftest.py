"""Shared by every test: the frozen clock, the outbox, the browser, and what may be left out."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.core.cache import caches

import clock
from mailing.models import Mail

pytest_plugins = [
    "tests.plugins.selection",
    "tests.plugins.database",
    "tests.plugins.browser",
    "tests.plugins.generated",
]


@pytest.fixture(autouse=True)
def _own_files_and_limits(settings, tmp_path: Path) -> None:
    """Each test begins with no files, no mail and no used-up limits."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    for name in settings.CACHES:
        caches[name].clear()


def instant(given: str | dt.datetime) -> dt.datetime:
    """'2016-06-30 23:59:59' is London's wall clock, in UTC; an instant with a zone stays itself."""
    moment = dt.datetime.fromisoformat(given) if isinstance(given, str) else given
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=clock.LONDON)
    return moment.astimezone(dt.UTC)


@pytest.fixture
def at() -> Iterator[Callable[[str | dt.datetime], dt.datetime]]:
    """`at("2016-06-30 23:59:59")` holds every clock of the project there and returns the instant.

    May be called again to move on; the clock runs again after the test.
    """
    with ExitStack() as held:

        def _hold(given: str | dt.datetime) -> dt.datetime:
            held.close()
            moment = instant(given)
            held.enter_context(clock.frozen(moment))
            return moment

        yield _hold


class Mailbox:
    """The outbox as a test reads it: what was put there, oldest first."""

    def __iter__(self) -> Iterator[Mail]:
        return iter(Mail.objects.order_by("pk"))

    def __len__(self) -> int:
        return Mail.objects.count()

    def __getitem__(self, index: int) -> Mail:
        return list(self)[index]

    def to(self, address: str) -> list[Mail]:
        """The mails to one address."""
        return [mail for mail in self if mail.to_address == address]

    @property
    def subjects(self) -> list[str]:
        """What the mails say they are, oldest first."""
        return [mail.subject for mail in self]


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    """The mails that services put in the outbox during the test."""
    return Mailbox()


@pytest.fixture(scope="session")
def is_drill() -> bool:
    """Whether the long form of a race, fault, fuzz or payload test is asked for (`make drill`)."""
    return os.environ.get("DRILL") == "1"
