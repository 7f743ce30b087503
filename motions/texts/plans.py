"""What an amendment does to each block of its base: the plan that all else is made from.

The body edits the full text; blocks are aligned (``alignment``), and what is left between aligned
blocks is paired in order, so that a paragraph rewritten from scratch is a paragraph replaced and
not one gone and another come. A paragraph split in two is its likest half changed and the other
inserted, and known as split; one that moves is deleted and inserted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from motions.texts.alignment import LEAST, align, likeness, wording
from motions.texts.blocks import Block, Kind
from motions.texts.pieces import is_small, pieces

BODY = (Kind.PARAGRAPH, Kind.BULLET)
"""Kinds that say something; a heading or the opening of a clause that stays keeps no text."""

PART = 0.6
"""Share of a block's words (small ones aside) from which it is a part of one that was split."""

MAX_PAIRED = 2_500
"""Above this many pairs what is left between aligned blocks is paired in order only."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Places count the base's blocks from 0; ``inserted[k]`` come before block ``k`` (the number
    of blocks: at the end). ``rewritten`` are those of the replaced that are not alike but only stand
    in the same place. ``split``: for a paragraph made several, how many of the blocks inserted
    before and after it are parts of it. ``whole``: the text that replaces all, then nothing else is set."""

    replaced: dict[int, Block]
    deleted: frozenset[int]
    inserted: dict[int, tuple[Block, ...]]
    rewritten: frozenset[int] = frozenset()
    split: dict[int, tuple[int, int]] = field(default_factory=dict)
    whole: tuple[Block, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Changes nothing."""
        return not (self.replaced or self.deleted or self.inserted) and self.whole is None

    def parts(self, place: int) -> tuple[Block, ...]:
        """What the replaced block at ``place`` becomes: one block, or those it is split into."""
        before, after = self.split.get(place, (0, 0))
        come = self.inserted.get(place, ())
        first = come[len(come) - before :]
        return (*first, self.replaced[place], *self.inserted.get(place + 1, ())[:after])

    def come(self, gap: int) -> tuple[Block, ...]:
        """What is new at ``gap``: what is inserted there less the parts of what was split."""
        some = self.inserted.get(gap, ())
        end = len(some) - self.split.get(gap, (0, 0))[0]
        return some[self.split.get(gap - 1, (0, 0))[1] : end]

    @classmethod
    def of(cls, base: Sequence[Block], proposal: Sequence[Block]) -> Plan:
        """The plan that makes ``proposal`` of ``base``; keys play no part.

        It is 'replace all' when nothing of the base is kept: no paragraph or bullet of it is
        aligned, and the two texts share less than half their words (small words aside). A base of
        one paragraph is replaced as a whole only when they share none. Leaving nothing is not
        'replace all' but the deletion of every block.
        """
        pairs = align(list(base), list(proposal))
        if _is_replaced(base, proposal, pairs):
            return cls({}, frozenset(), {}, whole=tuple(proposal))
        left = _left_pairs(base, proposal, pairs)
        made_of = {j: i for i, j in pairs} | left
        replaced = {i: proposal[j] for j, i in made_of.items() if not is_same(base[i], proposal[j])}
        inserted: dict[int, tuple[Block, ...]] = {}
        place = 0
        for j, block in enumerate(proposal):
            if j in made_of:
                place = made_of[j] + 1
            else:
                inserted[place] = (*inserted.get(place, ()), block)
        gone = set(range(len(base))) - set(made_of.values())
        split = _split(base, replaced, inserted)
        rewritten = frozenset(
            i for j, i in left.items() if likeness(base[i], proposal[j]) < LEAST and i not in split
        )
        return cls(replaced, frozenset(gone), inserted, rewritten, split)


def is_same(one: Block, other: Block) -> bool:
    """Same kind, same wording."""
    return one.text == other.text and one.kind == other.kind


def _words(blocks: Sequence[Block]) -> Counter[str]:
    """All words of the blocks, without case; signs too."""
    return Counter(word.casefold() for block in blocks for word in pieces(block.text).words)


def _content(blocks: Sequence[Block]) -> Counter[str]:
    """The words of the blocks that say something."""
    return Counter({word: n for word, n in _words(blocks).items() if not is_small(word)})


def _is_replaced(
    base: Sequence[Block], proposal: Sequence[Block], pairs: Sequence[tuple[int, int]]
) -> bool:
    """Whether the proposal is another text altogether (see ``Plan.of``)."""
    if not base or not proposal or any(base[i].kind in BODY for i, _ in pairs):
        return False
    body = [i for i, block in enumerate(base) if block.kind in BODY]
    counts = set(body) if len(body) > 1 else set(range(len(base)))
    if any(i in counts for i, _ in pairs):
        return False
    old, new = _content(base), _content(proposal)
    if not (old and new):
        old, new = _words(base), _words(proposal)
    shared = (old & new).total()
    return shared < (old.total() + new.total()) / 4 if len(counts) > 1 else not shared


def _pairs_left(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """As many pairs in order as can be; of those the likest, of equal ones the earliest."""
    if len(old) == len(new) or len(old) * len(new) > MAX_PAIRED:
        return [(k, k) for k in range(min(len(old), len(new)))]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    worth = [[1 + likeness(one, other) / (len(old) + 1) for other in new] for one in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(worth[i][j] + best[i + 1][j + 1], best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == worth[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _left_pairs(
    base: Sequence[Block], proposal: Sequence[Block], pairs: Sequence[tuple[int, int]]
) -> dict[int, int]:
    """By place in the proposal, the place in the base of blocks that are paired because nothing
    else stands there. A block that only moved is paired with nothing."""
    if len(pairs) in (len(base), len(proposal)):
        return {}
    old_left = set(range(len(base))) - {i for i, _ in pairs}
    new_left = set(range(len(proposal))) - {j for _, j in pairs}
    moved = {wording(base[i]) for i in old_left} & {wording(proposal[j]) for j in new_left}
    found = {}
    a = b = 0
    for i, j in [*pairs, (len(base), len(proposal))]:
        if i > a and j > b:
            old = [k for k in range(a, i) if wording(base[k]) not in moved]
            new = [k for k in range(b, j) if wording(proposal[k]) not in moved]
            left = _pairs_left([base[k] for k in old], [proposal[k] for k in new])
            found.update({new[y]: old[x] for x, y in left})
        a, b = i + 1, j + 1
    return found


def _split(
    base: Sequence[Block],
    replaced: Mapping[int, Block],
    inserted: Mapping[int, tuple[Block, ...]],
) -> dict[int, tuple[int, int]]:
    """Replaced blocks of which a neighbour, inserted, is a part (see ``Plan``)."""
    found: dict[int, tuple[int, int]] = {}
    for place in sorted(replaced) if inserted else ():
        if place not in inserted and place + 1 not in inserted:
            continue
        kind = replaced[place].kind
        left = _content([base[place]]) - _content([replaced[place]])
        taken = found.get(place - 1, (0, 0))[1]
        before, left = _parts(inserted.get(place, ())[taken:][::-1], kind, left)
        after, left = _parts(inserted.get(place + 1, ()), kind, left)
        if before or after:
            found[place] = (before, after)
    return found


def _parts(some: Sequence[Block], kind: Kind, left: Counter[str]) -> tuple[int, Counter[str]]:
    """How many of ``some``, nearest first, are made of the words ``left`` of a block, and what is
    left then."""
    number = 0
    for block in some:
        words = _content([block])
        shared = (words & left).total()
        if block.kind != kind or not shared or shared < PART * words.total():
            break
        left = left - words
        number += 1
    return number, left
