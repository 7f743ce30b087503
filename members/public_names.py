"""Names of regions and bodies stand on public pages: whoever keeps copies of those hears of a change.

Registered once, in an `AppConfig.ready`. Called inside the transaction of the change, last.
"""

from __future__ import annotations

from collections.abc import Callable

Hearer = Callable[[], None]

_hearers: list[Hearer] = []


def when_changed(hear: Hearer) -> None:
    """Have `hear()` called after each change of a name that public pages show."""
    if hear not in _hearers:
        _hearers.append(hear)


def changed() -> None:
    """A region or a body is called something else, has come or is gone."""
    for hear in _hearers:
        hear()
