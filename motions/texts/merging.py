"""Any number of amendments merged into one base: the text as far as they agree, and where not.

Each amendment is compared with the base alone, so the outcome does not depend on the order they
are given in. What collides is defined in ``collisions``; there the base's wording is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice, product

from motions.texts.alignment import wording
from motions.texts.blocks import Block, render_text, rendered, with_keys
from motions.texts.changes import Change
from motions.texts.collisions import (
    Collision,
    CollisionKind,
    Gone,
    Hint,
    Touch,
    Turned,
    clash,
    kind_of,
)
from motions.texts.hints import hints_of
from motions.texts.pieces import pieces
from motions.texts.plans import Plan, is_same
from motions.texts.touches import BREAK, Ledger
from motions.texts.weaving import weave


@dataclass(frozen=True, slots=True)
class Merged:
    """The text, with the base's wording wherever ``collisions`` says that amendments collide."""

    blocks: tuple[Block, ...]
    collisions: tuple[Collision, ...]
    hints: tuple[Hint, ...]


def merge(base: Sequence[Block], proposals: Mapping[str, Sequence[Block]]) -> Merged:
    """The ``proposals``, full texts by the name of their amendment, merged into ``base``.

    Blocks of the base keep their keys. Names come sorted, collisions in the order of the text.
    """
    plans = _plans(base, proposals)
    whole = {name: plan for name, plan in plans.items() if plan.whole is not None}
    ledger = Ledger(base, {name: plans[name] for name in plans if name not in whole})
    collisions = [*_in_blocks(ledger), *_at_gaps(ledger)]
    order = list(CollisionKind)
    collisions.sort(key=lambda one: (one.paragraph, order.index(one.kind), one.amendments))
    if not whole:
        blocks, hints = _woven(ledger)
        return Merged(blocks, tuple(collisions), tuple(hints))
    texts = {name: render_text(proposals[name]) for name in plans}
    if len(set(texts.values())) == 1:
        fresh = [replace(block, key="") for block in next(iter(whole.values())).whole]
        return Merged(tuple(with_keys(fresh, taken={b.key for b in base})), (), ())
    all_of_it = Collision(
        CollisionKind.REPLACE_ALL, 1, tuple(texts), render_text(base), tuple(texts.values())
    )
    return Merged(tuple(base), (all_of_it, *collisions), ())


def _plans(base: Sequence[Block], proposals: Mapping[str, Sequence[Block]]) -> dict[str, Plan]:
    """What each amendment that changes anything does, by name; equal texts are read once."""
    known: dict[tuple[tuple[int, str], ...], Plan] = {}
    found = {}
    for name in sorted(proposals):
        text = tuple(map(wording, proposals[name]))
        plan = known.get(text)
        if plan is None:
            plan = known[text] = Plan.of(base, proposals[name])
        if not plan.is_empty:
            found[name] = plan
    return found


def _groups(touches: Sequence[Touch], clashes: Iterable[tuple[Touch, Touch]]) -> list[list[Touch]]:
    """The touches that collide, those connected by a clash together."""
    leader = {id(touch): touch for touch in touches}

    def first(touch: Touch) -> Touch:
        while leader[id(touch)] is not touch:
            touch = leader[id(touch)]
        return touch

    hit = set()
    for one, other in clashes:
        hit |= {id(one), id(other)}
        leader[id(first(other))] = first(one)
    groups: dict[int, list[Touch]] = {}
    for touch in touches:
        if id(touch) in hit:
            groups.setdefault(id(first(touch)), []).append(touch)
    return list(groups.values())


def _clashes(ledger: Ledger, place: int) -> Iterator[tuple[Touch, Touch]]:
    """Pairs of touches of a block that collide, islands included."""
    touches = ledger.blocks[place]
    block = ledger.base[place]
    worded = [touch for touch in touches if isinstance(touch.what, Change)]
    worded.sort(key=lambda touch: touch.what.reach)
    for k, one in enumerate(worded):
        for other in islice(worded, k + 1, None):
            if other.what.reach[0] > one.what.reach[1]:
                break  # all that follow begin beyond this one's end
            if clash(block, one, other):
                yield one, other
    whole = [touch for touch in touches if not isinstance(touch.what, Change)]
    for one, other in [*combinations(whole, 2), *product(whole, worded)]:
        if clash(block, one, other):
            yield one, other
    for island in ledger.islands.get(place, ()):
        for touch in touches:
            what = touch.what
            if not isinstance(what, Change) or what.is_gap:
                continue
            inside = what.start < island.end and island.start < what.end
            inside |= what.is_insertion and island.start < what.start < island.end
            if inside and touch.owners.isdisjoint(island.owners):
                yield island.beside, touch


def _in_blocks(ledger: Ledger) -> Iterator[Collision]:
    """The collisions inside blocks. What collides is held."""
    for place in sorted(ledger.blocks):
        if len(ledger.blocks[place]) == 1:
            continue
        found = {}
        for group in _groups(ledger.blocks[place], _clashes(ledger, place)):
            names = tuple(sorted(set().union(*(touch.owners for touch in group))))
            found[kind_of(group), names] = Collision(
                kind_of(group),
                place + 1,
                names,
                rendered(ledger.base[place]),
                _versions(ledger, place, group, names),
            )
            ledger.hold(group)
        yield from found.values()


def _versions(
    ledger: Ledger, place: int, group: Sequence[Touch], names: Sequence[str]
) -> tuple[str, ...]:
    """The block as each has it, '' where it is deleted; where all take it away, but some only to
    put it elsewhere, the wording they put there."""
    all_gone = all(isinstance(touch.what, Gone) for touch in group)
    found = []
    for name in names:
        parts = ledger.version(name, place)
        what = next(touch.what for touch in ledger.blocks[place] if name in touch.owners)
        if all_gone and what.to is not None:
            parts = [Block("", *what.to[1:])]
        elif all_gone and what.into is not None:
            parts = ledger.version(name, what.into)
        found.append(render_text(parts))
    return tuple(found)


def _at_gaps(ledger: Ledger) -> Iterator[Collision]:
    """The collisions of blocks inserted: with each other, and with a deletion all round."""
    for gap, touches in sorted(ledger.gaps.items()):
        if not _is_one_row(touches):
            texts = {name: touch.what.text for touch in touches for name in touch.owners}
            names = tuple(sorted(texts))
            yield Collision(
                CollisionKind.DOUBLE_INSERT,
                max(gap, 1),
                names,
                "",
                tuple(texts[name] for name in names),
            )
            ledger.hold(touches)
        for touch in touches:
            runs = _deleted_round(ledger, gap, touch.owners)
            if runs:
                yield _swallowed(ledger, touch, runs)


def _is_one_row(touches: Sequence[Touch]) -> bool:
    """Whether the longest insertion at a place has all the others in it, in order."""
    longest = max((touch.what.blocks for touch in touches), key=len)

    def is_in(some: Sequence[object]) -> bool:
        rest = iter(longest)
        return all(one in rest for one in some)

    return all(is_in(touch.what.blocks) for touch in touches)


def _deleted_round(ledger: Ledger, gap: int, owners: set[str]) -> dict[str, set[int]]:
    """By amendment not of ``owners``, the run of blocks it deletes on both sides of ``gap``."""
    runs = {}
    for name, plan in ledger.plans.items():
        is_emptied = len(plan.deleted) == len(ledger.base) and not plan.inserted
        if name in owners or not (is_emptied or {gap - 1, gap} <= plan.deleted):
            continue
        low = high = gap
        while low - 1 in plan.deleted:
            low -= 1
        while high in plan.deleted:
            high += 1
        runs[name] = set(range(low, high))
    return runs


def _swallowed(ledger: Ledger, touch: Touch, runs: Mapping[str, set[int]]) -> Collision:
    """An insertion that stands in what others delete. Both are held."""
    for name, run in runs.items():
        for place in run:
            gone = [one for one in ledger.blocks[place] if name in one.owners]
            ledger.hold(gone, [name])
    ledger.hold([touch])
    texts = dict.fromkeys(touch.owners, touch.what.text) | dict.fromkeys(runs, "")
    names = tuple(sorted(texts))
    return Collision(
        CollisionKind.DELETE_VS_CHANGE,
        max(touch.place, 1),
        names,
        rendered(ledger.base[max(touch.place - 1, 0)]),
        tuple(texts[name] for name in names),
    )


def _woven(ledger: Ledger) -> tuple[tuple[Block, ...], list[Hint]]:
    """The merged text of what is not held, and what of it wants reading."""
    blocks: list[Block] = []
    merged_at: dict[int, Sequence[Block]] = {}
    for place in range(len(ledger.base) + 1):
        come = [touch for touch in ledger.gaps.get(place, ()) if touch.live]
        if come:
            longest = max((touch.what.blocks for touch in come), key=len)
            blocks += [Block("", kind, text) for kind, text in longest]
        if place < len(ledger.base):
            merged_at[place] = _with_key(ledger.base[place].key, _merged_block(ledger, place))
            blocks += merged_at[place]
    keyed = with_keys(blocks, taken={block.key for block in ledger.base})
    return tuple(keyed), hints_of(ledger, merged_at)


def _with_key(key: str, parts: Sequence[Block]) -> list[Block]:
    """The parts, the longest of them with the key of the block that they were."""
    longest = max(parts, key=lambda part: len(part.text), default=None)
    return [replace(part, key=key if part is longest else "") for part in parts]


def _merged_block(ledger: Ledger, place: int) -> Sequence[Block]:
    """What becomes of the block when all that is live is done to it: nothing, itself, or parts."""
    block = ledger.base[place]
    live = [touch for touch in ledger.blocks.get(place, ()) if touch.live]
    if not live:
        return [block]
    for touch in live:
        if isinstance(touch.what, Gone):
            return []
    parts = _one_version(ledger, place, live)
    if parts is not None:
        return parts
    kinds = [touch.what.kind for touch in live if isinstance(touch.what, Turned)]
    words = [touch.what for touch in live if isinstance(touch.what, Change)]
    text = weave(pieces(block.text), words)
    kind = kinds[0] if kinds else block.kind
    return [
        replace(block, kind=kind, text=line) for line in map(str.strip, text.split(BREAK)) if line
    ]


def _one_version(ledger: Ledger, place: int, live: Sequence[Touch]) -> Sequence[Block] | None:
    """The block as one amendment has it, when all that is live is all of that amendment's."""
    for name in sorted(set.intersection(*(touch.live for touch in live))):
        if not any(name in touch.held for touch in ledger.blocks[place]):
            return ledger.version(name, place)
    return None


def is_stale(written_against: Sequence[Block], current: Sequence[Block]) -> bool:
    """Whether the text that an amendment names as its base is no longer the current one."""
    same = len(written_against) == len(current)
    return not (same and all(map(is_same, written_against, current)))
