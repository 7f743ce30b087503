"""How alike two wordings are: nearly the same text, and the same subject. Pure, over plain text.

*Nearly the same* compares runs of three words: what several bodies sent from one model shares most of
them, two motions on one subject in their own words next to none. *The same subject* compares the
words themselves, the rare ones counting most, so that 'the' and 'conference' say nothing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

RUN = 3
NEARLY_THE_SAME = 0.3
ON_THE_SUBJECT = 0.2
#: A run that stands in more texts than this is a formula ('conference calls on'), and would compare
#: all with all. A campaign's model motion may come from every body there is, and stays below it.
A_FORMULA = 120
_WORD = re.compile(r"[^\W_]+(?:['\u2019\u2010\u2011-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Pair(Generic[K]):
    """Two texts and how much they share, from 0 to 1."""

    one: K
    other: K
    share: float


def words(text: str) -> list[str]:
    """The words of a text, as they are compared: without case, without the sort of hyphen."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [re.sub("[\u2010\u2011]", "-", word) for word in _WORD.findall(plain)]


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of three words in a row; of a shorter text all of it."""
    found = words(text)
    if not found:
        return frozenset()
    return frozenset(tuple(found[at : at + RUN]) for at in range(max(1, len(found) - RUN + 1)))


def share(one: str, other: str) -> float:
    """The runs that stand in both, of those that stand in either: 1 for the same words, else less."""
    first, second = runs(one), runs(other)
    either = len(first | second)
    return len(first & second) / either if either else 0.0


def nearly_the_same(texts: Mapping[K, str], *, least: float = NEARLY_THE_SAME) -> list[Pair[K]]:
    """The pairs that share at least so much, the most alike first.

    Only texts that have a run in common are compared, so that hundreds of motions cost little.
    """
    made = {key: runs(text) for key, text in texts.items()}
    places: dict[tuple[str, ...], list[K]] = defaultdict(list)
    for key, found in made.items():
        for run in found:
            places[run].append(key)
    met: set[tuple[K, K]] = set()
    for keys in places.values():
        if 1 < len(keys) <= A_FORMULA:
            met.update(combinations(keys, 2))
    pairs = [Pair(one, other, _jaccard(made[one], made[other])) for one, other in met]
    found = [pair for pair in pairs if pair.share >= least]
    return sorted(found, key=lambda pair: -pair.share)


def on_the_subject(
    text: str, others: Mapping[K, str], *, least: float = ON_THE_SUBJECT, most: int = 5
) -> list[tuple[K, float]]:
    """Which of the others are about the same, the closest first: (key, likeness from 0 to 1)."""
    counted = {key: Counter(words(other)) for key, other in others.items()}
    asked = Counter(words(text))
    standing = Counter(word for one in [asked, *counted.values()] for word in one)
    weight = {word: math.log((len(counted) + 2) / (n + 0.5)) for word, n in standing.items()}
    mine = _vector(asked, weight)
    found = [(key, _cosine(mine, _vector(one, weight))) for key, one in counted.items()]
    close = [(key, likeness) for key, likeness in found if likeness >= least]
    return sorted(close, key=lambda row: -row[1])[:most]


def marked(text: str, other: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether its words stand in a run that the other text has too.

    The pieces joined are the text.
    """
    theirs = runs(other)
    places = list(_WORD.finditer(text))
    plain = [" ".join(words(place[0])) for place in places]
    is_shared = [False] * len(places)
    size = min(RUN, len(places))
    for at in range(len(places) - size + 1 if places else 0):
        if tuple(plain[at : at + size]) in theirs:
            is_shared[at : at + size] = [True] * size
    # what stands between two words goes with the first of them
    ends = [place.start() for place in places[1:]] + [len(text)]
    starts = [0, *ends[:-1]]
    rows = [
        (text[start:end], flag)
        for start, end, flag in zip(starts, ends, is_shared or [False], strict=True)
        if end > start
    ]
    return [
        ("".join(piece for piece, _ in group), flag)
        for flag, group in groupby(rows, key=lambda row: row[1])
    ]


def _jaccard(one: frozenset, other: frozenset) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def _vector(counted: Counter[str], weight: Mapping[str, float]) -> dict[str, float]:
    return {
        word: (1 + math.log(n)) * max(weight[word], 0.0)
        for word, n in counted.items()
        if len(word) > 2
    }


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    both = sum(value * other[word] for word, value in one.items() if word in other)
    length = math.hypot(*one.values()) * math.hypot(*other.values())
    return both / length if length else 0.0
