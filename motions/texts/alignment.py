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
from functools import lru_cache

from motions.texts.blocks import Block, with_keys
from motions.texts.pieces import common_ends, is_small, is_word, pieces

THRESHOLD = 0.4
"""Likeness (0 to 1, share of words in common) from which a block is the old one reworded."""

LEAST = 0.25
"""Likeness below which it may be told as 0, and a block in an old one's place is no rewording."""

SMALL_WEIGHT = 0.3
"""What a small word ('the', 'of') weighs beside another, as texts share those by chance."""

OTHER_KIND = 0.99
"""Factor on the likeness of a paragraph that became a bullet, so that the same kind goes first."""

MAX_PAIRS = 90_000
"""Above this many pairs only unchanged blocks are aligned (300 × 300 changed in one go)."""

FEW_PAIRS = 2_500
"""Up to this many pairs the best alignment is sought even where unchanged blocks cross."""


@dataclass(frozen=True, slots=True)
class _Profile:
    """The words of a block (``pieces``, not as they are counted) without case: how often each, the
    small ones apart, and what all weigh."""

    times: Counter[str]
    small: Counter[str]
    total: float


@lru_cache(maxsize=4096)  # a hundred amendments are each compared with the same base
def _profile(text: str) -> _Profile:
    times = Counter(map(str.casefold, pieces(text).words))
    small = Counter()
    for word in [piece for piece in times if is_small(piece)]:
        number = times.pop(word)
        if is_word(word):
            small[word] = number
    return _Profile(times, small, times.total() + SMALL_WEIGHT * small.total())


def _common(one: Counter[str], other: Counter[str]) -> int:
    shared = one.keys() & other.keys()
    return sum(map(min, map(one.get, shared), map(other.get, shared)))


def forget() -> None:
    """Let go of the texts read so far, so that a measurement begins where a process begins."""
    _profile.cache_clear()


def likeness(old: Block, new: Block) -> float:
    """0 to 1: equal wording is 1; otherwise twice the common words by all words (Dice), weighed.

    Below ``LEAST`` it may be told as 0.
    """
    return _likeness(old, new, _profile(old.text), _profile(new.text))


def _likeness(old: Block, new: Block, old_words: _Profile, new_words: _Profile) -> float:
    factor = 1 if old.kind == new.kind else OTHER_KIND
    if old.text == new.text:
        return factor
    total = old_words.total + new_words.total
    if 2 * min(old_words.total, new_words.total) < LEAST * total or not total:
        return 0
    common = _common(old_words.times, new_words.times)
    small = _common(old_words.small, new_words.small)
    return factor * 2 * (common + SMALL_WEIGHT * small) / total


def wording(block: Block) -> tuple[int, str]:
    """What two blocks have in common that are the same but for their key, quick to compare: the
    members of an enumeration are one object each, and hashing them is slow."""
    return id(block.kind), block.text


def _same(old: Block, new: Block) -> bool:
    return old.text == new.text and old.kind == new.kind


def _is_mostly_same(old: Block, new: Block) -> bool:
    """Whether the two begin and end with the same words, four fifths of them: as nearly always
    when an amendment changes a paragraph. Says nothing when they do not."""
    one, other = pieces(old.text).words, pieces(new.text).words
    head, tail = common_ends(one, other)
    return head + tail >= 0.8 * max(len(one), len(other))


def _scores(old: list[Block], new: list[Block]) -> Iterator[list[float]]:
    """What each pair is worth; an unchanged one more than all merely similar ones together."""
    old_profiles = [_profile(block.text) for block in old]
    new_profiles = [_profile(block.text) for block in new]
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


def _rising(candidates: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of the candidates, whose second places rise, in which both rise."""
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


def _numbered_copies(blocks: list[Block]) -> Iterator[tuple[int, str, int]]:
    """Wording, and which copy of it, of each block."""
    seen = Counter()
    for block in blocks:
        what = wording(block)
        seen[what] += 1
        yield (*what, seen[what])


def _unchanged_in_order(old: list[Block], new: list[Block]) -> list[tuple[int, int]]:
    """Pairs of unchanged blocks, first copy with first: the longest rising run of places.

    Takes n log n steps where ``_best`` takes n², for huge rewrites.
    """
    places = {what: i for i, what in enumerate(_numbered_copies(old))}
    copies = enumerate(_numbered_copies(new))
    return _rising((places[what], j) for j, what in copies if what in places)


def _cuts(old: list[Block], new: list[Block]) -> list[tuple[int, int]]:
    """Pairs of unchanged blocks at which both lists may be cut and the parts aligned alone.

    They are those that occur once in each. Where nothing unchanged repeats or crosses, the best
    alignment has them all, so that cutting loses nothing; where something does, lists of up to
    ``FEW_PAIRS`` pairs are left whole, and longer ones cut all the same.
    """
    old_keys, new_keys = list(map(wording, old)), list(map(wording, new))
    common = set(old_keys).intersection(new_keys)
    if not common:
        return []
    in_old, in_new = Counter(old_keys), Counter(new_keys)
    once = {key for key in common if in_old[key] == in_new[key] == 1}
    places = {key: i for i, key in enumerate(old_keys) if key in once}
    pairs = [(places[key], j) for j, key in enumerate(new_keys) if key in places]
    rising = _rising(pairs)
    is_plain = len(rising) == len(common)
    return rising if is_plain or len(old) * len(new) > FEW_PAIRS else []


def _between(old: list[Block], new: list[Block]) -> Iterator[tuple[int, int]]:
    """The alignment of two lists that neither begin nor end alike."""
    a = b = 0
    for i, j in [*_cuts(old, new), (len(old), len(new))]:
        if i - a == j - b == 1:
            if _is_mostly_same(old[a], new[b]) or likeness(old[a], new[b]) >= THRESHOLD:
                yield a, b
        elif i > a and j > b:
            way = _best if (i - a) * (j - b) <= MAX_PAIRS else _unchanged_in_order
            yield from ((a + x, b + y) for x, y in way(old[a:i], new[b:j]))
        if i < len(old):
            yield i, j
        a, b = i + 1, j + 1


def align(old: list[Block], new: list[Block]) -> list[tuple[int, int]]:
    """Pairs (place in ``old``, place in ``new``), both rising; blocks in no pair came or went."""
    head = 0
    while head < min(len(old), len(new)) and _same(old[head], new[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and _same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    return (
        [(i, i) for i in range(head)]
        + [(head + i, head + j) for i, j in _between(old_middle, new_middle)]
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
