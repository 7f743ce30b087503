"""What every amendment does to a base, gathered by place, and which of it is taken back.

Equal changes of several bodies are one ``Touch``. When a touch collides it is held for all whose
it is; with it goes what would make no sense alone: the rest of that amendment's changes in the same
sentence, and where it takes words away at one place to put them at another (a paragraph moved,
split or joined), the other end of that, so that no wording is ever there twice or not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from motions.texts.alignment import likeness, wording
from motions.texts.blocks import Block
from motions.texts.changes import MERGED_ISLAND, Change, changes, is_island
from motions.texts.collisions import Come, Gone, Rewritten, Touch, Turned, What
from motions.texts.pieces import Pieces, ends_sentence, is_small, pieces
from motions.texts.plans import Plan

MOVED = 0.7
"""Likeness from which a block that came is the one that went, moved."""

MOST_COMPARED = 10_000
"""Above so many pairs of what went and what came, only equal blocks are taken for moved."""

CARRIED_WORDS = 3
CARRIED_SHARE = 0.6
"""So many words, small ones aside, and this share of the shorter end, are words carried over."""


BREAK = "\n"
"""Parts a block that an amendment splits: a kind of blank, as no block has a line break."""

Parts = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Island:
    """Words of a block that an amendment keeps by chance between two changes of its own."""

    start: int
    end: int
    owners: frozenset[str]
    beside: Touch


def _gone(base: Sequence[Block], plan: Plan, place: int) -> Gone:
    """The deletion at ``place``, with what became of the block's words: the same or the likest
    block that came elsewhere, or a block that took up most of them."""
    block = base[place]
    come = [(gap, new) for gap in plan.inserted for new in plan.come(gap)]
    at = next((k for k, (_, new) in enumerate(come) if new.text == block.text), None)
    if at is None and come and len(plan.deleted) * len(come) <= MOST_COMPARED:
        scores = [likeness(block, new) for _, new in come]
        best = max(scores)
        at = scores.index(best) if best >= MOVED else None
    if at is not None:
        gap, new = come[at]
        return Gone((gap, new.kind, new.text))
    words = _content(block.text)
    compared = words and len(plan.deleted) * len(plan.replaced) <= MOST_COMPARED
    for other in sorted(plan.replaced) if compared else ():
        new = sum((_content(part.text) for part in plan.parts(other)), Counter())
        gained = new - _content(base[other].text)
        if (words & gained).total() >= MOVED * words.total():
            return Gone(into=other)
    return Gone()


class Ledger:
    """All touches of one base. ``blocks[i]`` and ``gaps[g]`` list those of each place."""

    def __init__(self, base: Sequence[Block], plans: Mapping[str, Plan]) -> None:
        self.base = base
        self.plans = plans
        self.blocks: dict[int, list[Touch]] = {}
        self.gaps: dict[int, list[Touch]] = {}
        self.islands: dict[int, list[Island]] = {}
        self._of: dict[str, list[Touch]] = {}
        self._known: dict[tuple[int, object], Touch] = {}
        self._gather()

    def _gather(self) -> None:
        versions: dict[tuple[int, tuple[tuple[int, str], ...]], tuple[Parts, set[str]]] = {}
        rewritten = set()
        for name, plan in self.plans.items():
            for place in sorted(plan.deleted):
                self._add(self.blocks, place, _gone(self.base, plan, place), {name})
            for gap in plan.inserted:
                come = tuple((block.kind, block.text) for block in plan.come(gap))
                if come:
                    self._add(self.gaps, gap, Come(come), {name})
            for place in plan.replaced:
                parts = plan.parts(place)
                key = (place, tuple(map(wording, parts)))
                versions.setdefault(key, (parts, set()))[1].add(name)
                if place in plan.rewritten:
                    rewritten.add(key)
        for key, (parts, owners) in versions.items():
            if key in rewritten:
                what = Rewritten(parts[0].kind, parts[0].text)
                self._add(self.blocks, key[0], what, owners)
            else:
                self._add_version(key[0], parts, owners)

    def _add(
        self, where: dict[int, list[Touch]], place: int, what: What, owners: set[str]
    ) -> Touch:
        """The touch at that place that does just this, with these owners among its own."""
        key = (place, _sameness(what))
        touch = self._known.get(key)
        if touch is None:
            touch = self._known[key] = Touch(place, what, set())
            where.setdefault(place, []).append(touch)
        touch.owners |= owners
        for name in owners:
            self._of.setdefault(name, []).append(touch)
        return touch

    def _add_version(self, place: int, parts: Parts, owners: set[str]) -> None:
        old = self.base[place]
        if old.kind != parts[0].kind:
            self._add(self.blocks, place, Turned(parts[0].kind), owners)
        before = pieces(old.text)
        last = None
        for change in changes(before, pieces(BREAK.join(part.text for part in parts))):
            touch = self._add(self.blocks, place, change, owners)
            if last is not None and is_island(before, last.what, change, MERGED_ISLAND):
                island = Island(last.what.end, change.start, frozenset(owners), touch)
                self.islands.setdefault(place, []).append(island)
            last = touch

    def version(self, name: str, place: int) -> Parts:
        """The block as one amendment has it: none when it deletes it, several when it splits it."""
        plan = self.plans[name]
        if place in plan.deleted:
            return ()
        return plan.parts(place) if place in plan.replaced else (self.base[place],)

    def hold(self, touches: Iterable[Touch], names: Iterable[str] | None = None) -> None:
        """Take these back, with what hangs on them, for all whose they are or for ``names``."""
        waiting = [(touch, name) for touch in touches for name in names or touch.owners]
        while waiting:
            touch, name = waiting.pop()
            if name not in touch.held:
                touch.held.add(name)
                waiting += [(other, name) for other in self._hanging(touch, name)]

    def _hanging(self, touch: Touch, name: str) -> Iterator[Touch]:
        """What one amendment cannot do without ``touch``."""
        for other in self._of[name]:
            if other is touch or name in other.held:
                continue
            if (
                self._is_beside(touch, other)
                or self._is_carried(touch, other)
                or self._is_carried(other, touch)
            ):
                yield other

    def _is_beside(self, one: Touch, other: Touch) -> bool:
        """Whether two touches of one block are of one sentence; its kind goes with any of them."""
        if one.place != other.place or not isinstance(one.what, Change):
            return False
        if not isinstance(other.what, Change):
            return isinstance(other.what, Turned)
        text = pieces(self.base[one.place].text)
        return not sentences(text, one.what).isdisjoint(sentences(text, other.what))

    def _is_carried(self, gone: Touch, come: Touch) -> bool:
        """Whether the words that one takes away are those that the other brings."""
        if isinstance(gone.what, Gone) and gone.what.to and isinstance(come.what, Come):
            return gone.what.to[0] == come.place
        if _size(gone) < CARRIED_WORDS or _size(come) < CARRIED_WORDS:
            return False
        old, new = self._taken(gone), _brought(come)
        shared = (old & new).total()
        least = min(old.total(), new.total())
        return shared >= CARRIED_WORDS and shared >= CARRIED_SHARE * least

    def _taken(self, touch: Touch) -> Counter[str]:
        if isinstance(touch.what, Gone | Rewritten):
            return _content(self.base[touch.place].text)
        if isinstance(touch.what, Change):
            text = pieces(self.base[touch.place].text)
            return _content(text.text(touch.what.start, touch.what.end))
        return Counter()


def _sameness(what: What) -> object:
    """What is equal for two who do the same: words put at one place, whatever the blanks round
    them."""
    if not isinstance(what, Change):
        return what
    return (what.start, what.end, what.text, what.left if what.is_gap else None)


def _size(touch: Touch) -> int:
    """At least as many words as it takes or brings."""
    return touch.what.size if isinstance(touch.what, Change) else CARRIED_WORDS


@lru_cache(maxsize=1024)
def _content(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in pieces(text).words if not is_small(word))


def _brought(touch: Touch) -> Counter[str]:
    match touch.what:
        case Come(blocks):
            return sum((_content(text) for _, text in blocks), Counter())
        case Rewritten(_, text):
            return _content(text)
        case Change():
            return _content(touch.what.text)
    return Counter()


def sentences(base: Pieces, change: Change) -> set[int]:
    """The sentences of a block that a change is about. An insertion of a sentence of its own,
    between two or at either end, is about none."""
    start, end = change.start, change.end
    if start < end:
        return set(base.sentences[start:end])
    beside = set(base.sentences[max(start - 1, 0) : start + 1])
    is_between = start == 0 or len(beside) > 1 or ends_sentence(base.words[start - 1])
    is_own = is_between and change.words and ends_sentence(change.words[-1])
    return set() if is_own else beside
