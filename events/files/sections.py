"""Sections of a conference file that lower apps own: passes and extras, the rules of business.

A lower app registers a section once, in its `AppConfig.ready`:

- `load(conference, node)` reads the section with the typed questions of `Node`, notes problems on
  it, makes the database equal to it and says whether anything changed. It runs in the
  transaction of the whole file, after the conference's own sections; when any problem was noted
  nothing is kept. The same section twice must change nothing.
- `dump(conference)` gives the section back as plain values (dict, list, str, int, bool, Decimal,
  date, time, aware datetime), such that loading it makes the same; None when there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from events.files.node import Node
from events.models import Conference


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of the file with its reader and its writer."""

    name: str
    load: Callable[[Conference, Node], bool]
    dump: Callable[[Conference], Any]
    position: int = 50


_sections: dict[str, Section] = {}


def register(
    name: str,
    *,
    load: Callable[[Conference, Node], bool],
    dump: Callable[[Conference], Any],
    position: int = 50,
) -> None:
    """Add a section to conference files; lower positions are loaded and written first."""
    section = Section(name, load, dump, position)
    if _sections.get(name, section) != section:
        raise ValueError(f"There is already a section called {name}.")
    _sections[name] = section


def sections() -> list[Section]:
    """The registered sections in order."""
    return sorted(_sections.values(), key=lambda section: (section.position, section.name))
