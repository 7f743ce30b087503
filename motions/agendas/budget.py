"""How long the business of a session takes, against how long the session is. Pure, in minutes.

Each motion is moved, seconded and debated by so many speakers, replied to and voted on; each
amendment that is not accepted is moved, debated and voted on before it. The minutes are settings of
a conference: the party's own standing orders are not known, other bodies give a mover five minutes
and others three.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Minutes:
    """The settings of a conference: whole minutes for one speech, and how many speak."""

    mover: int = 5
    seconder: int = 3
    speaker: int = 3
    speakers: int = 4
    reply: int = 3
    amendment_mover: int = 3
    amendment_speakers: int = 2
    vote: int = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of speech in an item: what, how many of them, how long each."""

    what: str
    times: int
    each: int

    @property
    def total(self) -> int:
        """Minutes of all of them."""
        return self.times * self.each


@dataclass(frozen=True, slots=True)
class Slot:
    """When an item is reached and how long it takes; `is_over` when it ends after the session."""

    starts_at: dt.datetime | None
    minutes: int
    is_over: bool


def of_motion(
    minutes: Minutes, *, amendments: int = 0, votes: int = 1, has_seconder: bool = True
) -> list[Row]:
    """What the debate of one motion is made of. `votes` counts all of it, amendments' included."""
    rows = [
        Row("mover", 1, minutes.mover),
        Row("seconder", int(has_seconder), minutes.seconder),
        Row("movers of amendments", amendments, minutes.amendment_mover),
        Row(
            "speakers",
            minutes.speakers + amendments * minutes.amendment_speakers,
            minutes.speaker,
        ),
        Row("right of reply", 1, minutes.reply),
        Row("votes", votes, minutes.vote),
    ]
    return [row for row in rows if row.total]


def total(rows: Iterable[Row]) -> int:
    """Minutes of an item."""
    return sum(row.total for row in rows)


def laid_out(
    lengths: Sequence[int], *, starts_at: dt.datetime | None, ends_at: dt.datetime | None
) -> list[Slot]:
    """One item after the other from the session's start. Without an end nothing is over."""
    found, at = [], starts_at
    for length in lengths:
        ends = at + dt.timedelta(minutes=length) if at is not None else None
        is_over = ends is not None and ends_at is not None and ends > ends_at
        found.append(Slot(at, length, is_over))
        at = ends
    return found


def in_words(minutes: int) -> str:
    """'1 hour 5 minutes'."""
    hours, left = divmod(minutes, 60)
    parts = [_counted(hours, "hour")] if hours else []
    parts += [_counted(left, "minute")] if left or not hours else []
    return " ".join(parts)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
