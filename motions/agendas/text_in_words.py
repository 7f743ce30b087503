"""Which text the chair has in hand, in a sentence: what is in it, what is not, what is still to come."""

from __future__ import annotations

from collections.abc import Iterable

from motions.agendas.order import is_accepted
from motions.agendas.services.substantive import Standing
from motions.models import Outcome


def in_words(found: Standing) -> list[str]:
    """'With amendment 4.1, carried. Not in it: 4.2, lost. Still to be voted on: 4.3.'"""
    inside = [_amendment(found, one) for one in found.going_in]
    outside = [
        _amendment(found, one)
        for one in found.amendments
        if one.pk in found.outcomes and found.outcomes[one.pk].result != Outcome.Result.CARRIED
    ]
    parts = [
        f"{part.words}, {found.part_outcomes[part.pk].get_result_display()}"
        for part in found.parts
        if found.lost_keys & set(part.keys) and part.pk in found.part_outcomes
    ]
    outside += parts
    to_come = [one.number for one in found.undecided]
    to_come += [part.words for part in found.parts if part.pk not in found.part_outcomes]
    said = [f"With {_listed(inside)}" if inside else "No amendment is in it"]
    if outside:
        said.append(f"Not in it: {_listed(outside)}")
    if to_come:
        said.append(f"Still to be voted on: {_listed(to_come)}")
    return [f"{one}." for one in said]


def _amendment(found: Standing, one: object) -> str:
    if one.pk not in found.outcomes and is_accepted(one):
        return f"amendment {one.number}, accepted by the mover"
    return f"amendment {one.number}, {found.outcomes[one.pk].get_result_display()}"


def _listed(names: Iterable[str]) -> str:
    """Parted by semicolons where a name holds a comma."""
    some = list(names)
    return "; ".join(some) if any("," in one for one in some) else ", ".join(some)
