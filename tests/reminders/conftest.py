"""Reminders with an audience of the tests' own: bodies that have not 'done it'."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

import pytest

from events.models import Deadline
from events.reminders import audiences
from events.reminders.officers import officers_of
from members.models import Organisation
from members.rules import Deed


class Bodies:
    """A made-up kind of business: a body concerned until its name is in `done`."""

    def __init__(self) -> None:
        self.done: set[int] = set()
        self.broken: set[int] = set()  # deadlines whose audience raises

    def __call__(
        self, deadline: Deadline, asked: audiences.Asked, at: dt.datetime
    ) -> Iterator[audiences.Recipient]:
        yield from officers_of(
            Organisation.objects.senders().exclude(pk__in=self.done),
            deed=Deed.SUBMIT,
            asked=asked,
            at=at,
            why="{body} has sent nothing yet.",
            path="/bodies/{slug}/",
        )
        if deadline.pk in self.broken:
            raise LookupError("ann@example.org is in no table")


@pytest.fixture
def bodies(monkeypatch: pytest.MonkeyPatch) -> Bodies:
    """The only audience there is, for deadlines of kind OTHER."""
    made = Bodies()
    only = defaultdict(list, {Deadline.Kind.OTHER: [made]})
    monkeypatch.setattr(audiences, "_audiences", only)
    return made
