"""Where amendments ask for the same: equal edits by two bodies are one edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motions.texts.blocks import Block
from motions.texts.plans import Plan
from motions.texts.touches import Ledger


@dataclass(frozen=True, slots=True)
class Agreement:
    """Amendments that do the same at one paragraph, which is counted from 1 in the base (0: what
    they insert comes before the first)."""

    paragraph: int
    amendments: tuple[str, ...]


def agreements(base: Sequence[Block], proposals: Mapping[str, Sequence[Block]]) -> list[Agreement]:
    """What more than one amendment asks for alike, in the order of the text, each pair of place and
    amendments once."""
    plans = {name: Plan.of(base, proposals[name]) for name in sorted(proposals)}
    whole: dict[tuple[str, ...], list[str]] = {}
    for name, plan in plans.items():
        if plan.whole is not None:
            whole.setdefault(tuple(block.text for block in proposals[name]), []).append(name)
    found = {Agreement(1, tuple(names)) for names in whole.values() if len(names) > 1}
    ledger = Ledger(base, {name: plan for name, plan in plans.items() if plan.whole is None})
    for shift, some in ((1, ledger.blocks), (0, ledger.gaps)):
        for place, touches in some.items():
            for touch in touches:
                if len(touch.owners) > 1:
                    found.add(Agreement(place + shift, tuple(sorted(touch.owners))))
    return sorted(found, key=lambda one: (one.paragraph, one.amendments))
