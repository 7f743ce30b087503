"""The order of a day's sessions, free of Django.

Staff give sessions an order; many have no time yet. Sessions with a time stand among each other in
the order of their times; a session without one keeps the place that staff gave it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol, TypeVar


class Timed(Protocol):
    """Anything that may have a start."""

    starts_at: dt.datetime | None


T = TypeVar("T", bound=Timed)


def running_order(items: Sequence[T]) -> list[T]:
    """The items, given in staff's order, as they are shown.

    The places held by timed items are filled with the timed ones by start; equal starts keep
    staff's order.
    """
    timed = iter(
        sorted((item for item in items if item.starts_at is not None), key=lambda i: i.starts_at)
    )
    return [item if item.starts_at is None else next(timed) for item in items]
