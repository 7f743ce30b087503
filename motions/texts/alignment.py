"""Which block of a new version is which block of the old one.

Blocks are aligned in order by dynamic programming: as many unchanged blocks as possible, then the
greatest likeness of the changed ones. So an unchanged block never loses its key to one merely
like it, and repeated paragraphs align first with first. A moved block counts as new.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from motions.texts.blocks import Block, Kind, with_keys
from motions.texts.words import tokens

THRESHOLD = 0.4
"""Likeness (0 to 1, share of words in common) from which a block is the old one reworded."""

OTHER_KIND = 0.99
"""Factor on the likeness of a paragraph that became a bullet, so that the same kind goes first."""

MAX_PAIRS = 90_000
"""Above this many pairs only unchanged blocks are aligned (300 × 300 changed in one go)."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """The words of a block without case, how often each, and how many in all."""

    times: Counter[str]
    total: int


def _profile(block: Block) -> _Profile:
    words = tokens(block.text.casefold())
    return _Profile(Counter(words), len(words))


def _likeness(old: Block, new: Block, old_words: _Profile, new_words: _Profile) -> float:
    """0 to 1: equal wording is 1; otherwise twice the common words by all words (Dice)."""
    factor = 1 if old.kind == new.kind else OTHER_KIND
    if old.text == new.text:
        return factor
    total = old_words.total + new_words.total
    if 2 * min(old_words.total, new_words.total) < THRESHOLD * total or not total:
        return 0
    old_times, new_times = old_words.times, new_words.times
    shared = old_times.keys() & new_times.keys()
    common = sum([min(old_times[word], new_times[word]) for word in shared])
    return factor * 2 * common / total


def _same(old: Block, new: Block) -> bool:
    return old.text == new.text and old.kind == new.kind


def _scores(old: list[Block], new: list[Block]) -> Iterator[list[float]]:
    """What each pair is worth; an unchanged one more than all merely similar ones together."""
    old_profiles, new_profiles = list(map(_profile, old)), list(map(_profile, new))
    unchanged = min(len(old), len(new)) + 1
    for one, one_words in zip(old, old_profiles, strict=True):
        row = []
        for other, other_words in zip(new, new_profiles, strict=True):
            likeness = _likeness(one, other, one_words, other_words)
            row.append(unchanged if _same(one, other) else likeness if likeness >= THRESHOLD else 0)
        yield row


def _best(old: list[Block], new: list[Block]) -> list[tuple[int, int]]:
    """Pairs of positions of the best alignment, earliest first where several are as good."""
    scores = list(_scores(old, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = scores[i][j] + best[i + 1][j + 1] if scores[i][j] else 0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    return pairs


def _numbered_copies(blocks: list[Block]) -> Iterator[tuple[Kind, str, int]]:
    """(kind, text, which copy of it) of each block."""
    seen = Counter()
    for block in blocks:
        what = (block.kind, block.text)
        seen[what] += 1
        yield (*what, seen[what])


def _unchanged_in_order(old: list[Block], new: list[Block]) -> list[tuple[int, int]]:
    """Pairs of unchanged blocks, first copy with first: the longest rising run of places.

    Takes n log n steps where ``_best`` takes n², for huge rewrites.
    """
    places = {what: i for i, what in enumerate(_numbered_copies(old))}
    candidates = [
        (places[what], j) for j, what in enumerate(_numbered_copies(new)) if what in places
    ]
    ends, chain, before = [], [], {}  # ends: smallest last place of a rising run of each length
    for i, j in candidates:
        length = bisect_left(ends, i)
        before[(i, j)] = chain[length - 1] if length else None
        ends[length : length + 1] = [i]
        chain[length : length + 1] = [(i, j)]
    pairs, pair = [], chain[-1] if chain else None
    while pair:
        pairs.append(pair)
        pair = before[pair]
    return pairs[::-1]


def align(old: list[Block], new: list[Block]) -> list[tuple[int, int]]:
    """Pairs (place in ``old``, place in ``new``), both rising; blocks in no pair came or went."""
    head = 0
    while head < min(len(old), len(new)) and _same(old[head], new[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and _same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    small = len(old_middle) * len(new_middle) <= MAX_PAIRS
    middle = (_best if small else _unchanged_in_order)(old_middle, new_middle)
    return (
        [(i, i) for i in range(head)]
        + [(head + i, head + j) for i, j in middle]
        + [(len(old) - tail + k, len(new) - tail + k) for k in range(tail)]
    )


def carry_keys(old: list[Block], new: list[Block], *, taken: Iterable[str] = ()) -> list[Block]:
    """``new`` with the keys of the ``old`` blocks they continue, and fresh keys for the rest.

    ``taken``: keys that earlier versions used and that may not mean another block now. A block
    whose wording went and comes back does not get its old key unless it is aligned with it.
    """
    keys = {j: old[i].key for i, j in align(old, new)}
    carried = [replace(block, key=keys.get(j, "")) for j, block in enumerate(new)]
    return with_keys(carried, taken={block.key for block in old} | set(taken))
