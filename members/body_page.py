"""What is due, done and missing for a body: lower apps fill the sections of the body's own page.

A lower app registers a function once, in its `AppConfig.ready`. It is given the body, the officer
who looks and the instant, and answers with one section (or None when it has nothing to say), with a
number of queries that does not grow with the rows. Only officers of the body and staff see the
page; each function still asks its own `rules.py` before it shows anything confidential.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from members.models import Organisation, User


class State(StrEnum):
    """Where one thing stands."""

    DUE = "due"
    BEGUN = "begun"
    MISSING = "missing"
    DONE = "done"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The word shown; never colour alone."""
        return {
            "due": "To do",
            "begun": "Not sent yet",
            "missing": "Missing",
            "done": "Done",
            "closed": "Closed",
        }[self]

    @property
    def tone(self) -> str:
        """The colour beside the word."""
        tones = {"due": "soon", "begun": "soon", "missing": "bad", "done": "good"}
        return tones.get(self, "quiet")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: what, for which conference, where it stands, until when, and where to act."""

    text: str
    state: State | None  # None: a matter of choice, neither due nor done
    conference: str = ""
    closes_at: dt.datetime | None = None
    note: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the page with its rows."""

    title: str
    rows: tuple[Row, ...]


Filler = Callable[[Organisation, User, dt.datetime], Section | None]

_fillers: dict[Filler, int] = {}


def register_section(fill: Filler, *, position: int = 50) -> None:
    """Put a section on every body's page; lower positions come first."""
    _fillers[fill] = position


def sections_for(organisation: Organisation, user: User, at: dt.datetime) -> list[Section]:
    """The sections with something to say, in order."""
    fillers = sorted(_fillers, key=lambda fill: _fillers[fill])
    sections = (fill(organisation, user, at) for fill in fillers)
    return [section for section in sections if section is not None and section.rows]
