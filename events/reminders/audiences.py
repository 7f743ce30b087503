"""Whom does a deadline concern? Each app answers for its own kinds, in its `AppConfig.ready()`.

An audience yields those who have *not* done it: bodies that have sent no motion, drafts not
submitted, people interested but not registered. Whoever has done it is never in it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from events.models import Deadline
from members.models import Organisation


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person to tell, for one body or for themself.

    `why` is one sentence without a link ('Anytown Party Council has sent no motion yet.');
    `path` is where to do it, from the site's root.
    """

    address: str
    name: str
    why: str
    path: str
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom it is asked: everybody, one body's people (`organisation`), one person (`address`).

    An audience narrows its query by what is given, so that asking about one person before a mail
    goes stays one cheap query.
    """

    organisation: Organisation | None = None
    address: str = ""


#: What is already done at `at` counts, what is done later does not: the replay walks the past.
#: Yields lazily (a queryset's iterator), so that 100,000 recipients cost no memory.
Audience = Callable[[Deadline, Asked, dt.datetime], Iterable[Recipient]]

_audiences: dict[str, list[Audience]] = defaultdict(list)


def register(kind: str, audience: Audience) -> None:
    """Let `audience` answer for a kind of deadline. Registering twice is harmless."""
    if audience not in _audiences[Deadline.Kind(kind)]:
        _audiences[Deadline.Kind(kind)].append(audience)


def concerned(deadline: Deadline, asked: Asked, at: dt.datetime) -> Iterator[Recipient]:
    """Everybody a deadline concerns now; a kind nobody answers for concerns nobody.

    Audiences registered first speak first: where two name the same person for the same body, the
    planner keeps the first sentence.
    """
    for audience in _audiences[deadline.kind]:
        yield from audience(deadline, asked, at)
