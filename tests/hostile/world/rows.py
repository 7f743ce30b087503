"""The rows a test is given, and when they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from members.models import User

AT = dt.datetime(2016, 5, 3, 11, 0, tzinfo=dt.UTC)
EVER = dt.timedelta(days=300)


@dataclass
class World:
    """The rows a route needs to be asked for, and the people who ask."""

    people: dict[str, User]
    rows: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.rows[name]
        except KeyError:
            raise AttributeError(name) from None
