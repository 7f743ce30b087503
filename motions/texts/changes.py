"""The word-level changes that make one block's text into another's.

``changes`` finds them as fine as they are, which is what merging needs: each is a run of words of
the base and the words in its place. ``islands`` says which kept words between two changes are kept
by chance only. Whole words are changed, never parts; a pure insertion or deletion stands where a
person would put it (a whole sentence rather than from the middle of one to the middle of the next).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from motions.texts.alignment import SMALL_WEIGHT
from motions.texts.pieces import Pieces, common_ends, ends_sentence, is_small, is_word

MAX_PAIRS = 400_000
"""Above this many pairs of words a stretch is first cut at words that occur once in both."""

MERGED_ISLAND = 0.2
"""For merging: kept words weighing at most this share of the smaller neighbour are its part."""

SHOWN_ISLAND = 0.5
"""The same for showing and reading out, where fewer and longer changes are easier to follow."""

Run = tuple[int, int, int, int]
"""From and to in the old, from and to in the new."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words ``start`` to ``end`` of the base become ``text``, words ``at`` and on of the new.

    ``start == end`` is an insertion before that word, ``text == ''`` a deletion; both at once is a
    change of the gap alone. ``left`` and ``right`` are the gaps round the new words; a deletion's
    ``left`` is the one gap that remains. ``slide``: the first and last place of the base where the
    same insertion or deletion could as well stand, because words repeat.
    """

    start: int
    end: int
    at: int
    words: tuple[str, ...]
    text: str
    left: str
    right: str
    slide: tuple[int, int]

    @property
    def is_insertion(self) -> bool:
        """Takes no word away."""
        return self.start == self.end and self.text != ""

    @property
    def is_gap(self) -> bool:
        """Changes nothing but a blank."""
        return self.start == self.end and self.text == ""

    @property
    def reach(self) -> tuple[int, int]:
        """The first and last place of the base that it touches or could."""
        return min(self.start, self.slide[0]), max(self.end, self.slide[1])

    @property
    def size(self) -> int:
        """Words it takes or brings, whichever is more; punctuation is none."""
        return max(self.end - self.start, sum(map(is_word, self.words)))


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Words that occur once in each, in the longest rising run."""
    in_old, in_new = Counter(old), Counter(new)
    places = {word: j for j, word in enumerate(new) if in_new[word] == 1}
    pairs = [(i, places[w]) for i, w in enumerate(old) if in_old[w] == 1 and w in places]
    ends: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(chain[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        chain[length : length + 1] = [number]
    rising, number = [], chain[-1] if chain else -1
    while number >= 0:
        rising.append(pairs[number])
        number = before[number]
    return rising[::-1]


def _matches(old: Sequence[str], new: Sequence[str], i: int, j: int) -> Iterator[Run]:
    """The kept ``Run``s of two stretches that stand at ``i`` and ``j``."""
    if len(old) * len(new) <= MAX_PAIRS:
        if not set(old).isdisjoint(new):
            for match in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()[:-1]:
                yield i + match.a, i + match.a + match.size, j + match.b, j + match.b + match.size
        return
    cuts = _anchors(old, new)
    if not cuts:
        return  # a stretch of thousands of words with nothing to hold on to: changed as a whole
    a = b = 0
    for x, y in [*cuts, (len(old), len(new))]:
        if x > a and y > b:
            yield from _matches(old[a:x], new[b:y], i + a, j + b)
        if x < len(old):
            yield i + x, i + x + 1, j + y, j + y + 1
        a, b = x + 1, y + 1


def _kept(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """All kept runs, those that touch made one, ending with an empty one at both ends."""
    head, tail = common_ends(old, new)
    runs = [(0, head, 0, head)] if head else []
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if all(middle):
        runs += _matches(*middle, head, head)
    runs.append((len(old) - tail, len(old), len(new) - tail, len(new)))
    joined = [runs[0]]
    for run in runs[1:]:
        last = joined[-1]
        if run[0] == last[1] and run[2] == last[3]:
            joined[-1] = (last[0], run[1], last[2], run[3])
        else:
            joined.append(run)
    return joined


def _merit(words: Sequence[str], start: int, end: int) -> int:
    """How natural it is that ``words[start:end]`` came in, or went, as one."""
    before = words[start - 1] if start else "."
    first, last = words[start], words[end - 1]
    merit = 8 * (ends_sentence(before) and ends_sentence(last))
    merit += 4 * (ends_sentence(before) and first[0].isupper())
    merit += 2 * (first in (",", ";", "and", "or", "nor", "but", "\u2013", "(")) - (last == "(")
    return merit + (before in (",", ";", ":") and last in (",", ";"))


def _slid(words: Sequence[str], start: int, end: int, low: int, high: int) -> tuple[int, int, int]:
    """How far a run may move left and right between ``low`` and ``high``, and how far it should."""
    left = 0
    while start - left > low and words[start - left - 1] == words[end - left - 1]:
        left += 1
    right = 0
    while end + right < high and words[start + right] == words[end + right]:
        right += 1
    best = max(
        range(-left, right + 1),
        key=lambda step: (_merit(words, start + step, end + step), -step),
    )
    return -left, right, best


def _ranges(old: Pieces, new: Pieces) -> Iterator[tuple[Run, tuple[int, int]]]:
    """What lies between kept runs, slid to its best place, with the places it could slide to."""
    kept = [(0, 0, 0, 0), *_kept(old.words, new.words)]
    moved = 0  # how far the change before went into the run between
    for last, run in zip(kept, kept[1:], strict=False):
        i0, i1, j0, j1 = last[1], run[0], last[3], run[2]
        if i0 == i1 and j0 == j1:
            continue
        if i0 != i1 and j0 != j1:
            moved = 0
            yield (i0, i1, j0, j1), (i0, i0)
            continue
        words, start, end = (old.words, i0, i1) if i0 != i1 else (new.words, j0, j1)
        # a kept word stays between two changes
        back = last[1] - last[0] - moved - (last[0] > 0 or last[2] > 0)
        ahead = run[1] - run[0] - (run[1] < len(old.words) or run[3] < len(new.words))
        low, high, best = _slid(words, start, end, start - max(back, 0), end + max(ahead, 0))
        moved = max(best, 0)
        yield (i0 + best, i1 + best, j0 + best, j1 + best), (i0 + low, i0 + high)


def _gap_change(place: int, new: Pieces, at: int) -> Change:
    return Change(place, place, at, (), "", new.gaps[at], "", (place, place))


def _gap_changes(old: Pieces, new: Pieces, i: int, j: int, length: int) -> Iterator[Change]:
    """Blanks that came or went inside a kept run of that length."""
    if old.gaps[i + 1 : i + length] == new.gaps[j + 1 : j + length]:
        return
    for k in range(1, length):
        if old.gaps[i + k] != new.gaps[j + k]:
            yield _gap_change(i + k, new, j + k)


def changes(old: Pieces, new: Pieces) -> list[Change]:
    """The changes from ``old`` to ``new``, in order, at least one kept word between two."""
    found: list[Change] = []
    i = j = 0
    for (i0, i1, j0, j1), slide in _ranges(old, new):
        found += _gap_changes(old, new, i, j, i0 - i)
        words, text = new.words[j0:j1], new.text(j0, j1)
        found.append(Change(i0, i1, j0, words, text, new.gaps[j0], new.gaps[j1], slide))
        i, j = i1, j1
    found += _gap_changes(old, new, i, j, len(old.words) - i)
    # the blanks at both ends, which a stored block has not
    if old.gaps[0] != new.gaps[0] and not (found and found[0].start == 0):
        found.insert(0, _gap_change(0, new, 0))
    end = len(old.words)
    if old.gaps[end] != new.gaps[-1] and not (found and found[-1].end == end):
        found.append(_gap_change(end, new, len(new.words)))
    return found


def _weight(words: Sequence[str]) -> float:
    return sum(SMALL_WEIGHT if is_small(w) else 1 for w in words if is_word(w))


def is_island(old: Pieces, left: Change, right: Change, share: float) -> bool:
    """Whether what is kept between two changes is kept by chance only.

    Punctuation always is; words when they weigh at most ``share`` of the smaller change.
    """
    if left.is_gap or right.is_gap:
        return False
    size = min(left.size, right.size)
    return _weight(old.words[left.end : right.start]) <= share * size
