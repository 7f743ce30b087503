"""Insertions at one point put in the order that people decided.

Nobody but people can say which of two insertions comes first (``collisions``). Once they have, each
amendment is taken to insert all of them in that order: then they do the same, and no longer collide.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from motions.texts.blocks import Block
from motions.texts.changes import Change, changes
from motions.texts.collisions import CollisionKind
from motions.texts.merging import Merged, merge
from motions.texts.operations import InsertAfter, Operation, apply, derive
from motions.texts.pieces import pieces

Order = tuple[str, str]
"""The first and the second of two amendments, by name."""


def merge_in_order(
    base: Sequence[Block],
    proposals: Mapping[str, Sequence[Block]],
    orders: Collection[Order] = (),
) -> Merged:
    """``merge``, with insertions at one point in the decided order where all of them have one."""
    merged = merge(base, proposals)
    joined = dict(proposals)
    for collision in merged.collisions if orders else ():
        row = in_row(collision.amendments, orders)
        if collision.kind is not CollisionKind.DOUBLE_INSERT or row is None:
            continue
        if collision.base:
            _join_words(base, joined, collision.paragraph - 1, row)
        else:
            _join_blocks(base, joined, row)
    return merge(base, joined) if joined != dict(proposals) else merged


def in_row(names: Sequence[str], orders: Collection[Order]) -> list[str] | None:
    """The names in the decided order; None unless every two of them have one and it is no circle."""
    before = {name: {first for first, second in orders if second == name} for name in names}
    for one, other in combinations(names, 2):
        if (one in before[other]) == (other in before[one]):
            return None
    row = sorted(names, key=lambda name: len(before[name] & set(names)))
    places = [len(before[name] & set(names)) for name in row]
    return row if places == list(range(len(row))) else None


def _join_blocks(
    base: Sequence[Block], joined: dict[str, Sequence[Block]], row: Sequence[str]
) -> None:
    """Paragraphs inserted after the same one: each amendment inserts all of them."""
    asked = {name: derive(base, joined[name]) for name in row}
    inserted = {name: _insertions(asked[name]) for name in row}
    shared = set.intersection(*(set(found) for found in inserted.values()))
    for key in shared:
        every = tuple(
            replace(block, key="") for name in row for block in inserted[name][key].blocks
        )
        for name in row:
            asked[name] = [
                InsertAfter(key, every) if one is inserted[name][key] else one
                for one in asked[name]
            ]
    for name in row:
        joined[name] = apply(asked[name], base)


def _insertions(asked: Sequence[Operation]) -> dict[str, InsertAfter]:
    return {one.key: one for one in asked if isinstance(one, InsertAfter)}


def _join_words(
    base: Sequence[Block],
    joined: dict[str, Sequence[Block]],
    place: int,
    row: Sequence[str],
) -> None:
    """Words inserted at the same point of a paragraph that every one of them keeps."""
    key, before = base[place].key, pieces(base[place].text)
    versions = {}
    for name in row:
        made = apply(derive(base, joined[name]), base)
        versions[name] = next((block for block in made if block.key == key), None)
    if None in versions.values():
        return
    inserted = {
        name: {one.start: one for one in changes(before, pieces(block.text)) if one.is_insertion}
        for name, block in versions.items()
    }
    for start in set.intersection(*(set(found) for found in inserted.values())):
        words = " ".join(inserted[name][start].text for name in row)
        for name in row:
            block = versions[name]
            versions[name] = replace(block, text=_with(block.text, inserted[name][start], words))
    for name in row:
        made = apply(derive(base, joined[name]), base)
        joined[name] = [versions[name] if block.key == key else block for block in made]


def _with(text: str, change: Change, words: str) -> str:
    """The text with other words where this insertion stands in it."""
    found = pieces(text)
    head = "".join(
        gap + word for gap, word in zip(found.gaps, found.words[: change.at], strict=False)
    )
    until = change.at + len(change.words)
    tail = "".join(
        word + gap for word, gap in zip(found.words[until:], found.gaps[until + 1 :], strict=True)
    )
    return f"{head}{found.gaps[change.at]}{words}{found.gaps[until]}{tail}"
