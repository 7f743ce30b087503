"""One text made of several on one theme: what each brings, and what became of it. Pure.

``union`` puts the blocks of all texts into one list to draft from, nearly equal ones once. Every
clause of a draft names the blocks it comes from; ``attributed`` adds those whose words it has all
the same, so that nobody's wording stands under another's name. ``fates`` is the other side: of each
block of a text whether it is kept, reworded or dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from motions.texts.alignment import likeness
from motions.texts.blocks import Block, Kind
from motions.texts.comparing import Segment, segments

NEARLY_EQUAL = 0.85
"""Likeness (0 to 1) from which two blocks are offered as one clause."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A block of one of the texts: which text, by its label ('A'), and the block's key."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a draft, and the blocks it comes from; without any it is new."""

    kind: Kind
    text: str
    sources: tuple[Source, ...] = ()


class Standing(StrEnum):
    """What a clause is, seen from its sources."""

    KEPT = "kept"
    REWORDED = "reworded"
    NEW = "new"


class Outcome(StrEnum):
    """What became of a block."""

    KEPT = "kept"
    REWORDED = "reworded"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one block: in which clause it is (``place`` from 1), and the words changed."""

    outcome: Outcome
    block: Block
    place: int | None = None
    clause: Clause | None = None
    segments: tuple[Segment, ...] = ()


Texts = Mapping[str, Sequence[Block]]


def union(texts: Texts) -> list[Clause]:
    """All blocks of the texts as clauses to draft from, in the order of the texts.

    A block nearly equal to one that another text brought is a further source of that clause. What
    is new stands at the end of the section its predecessor stands in, so that what several bodies
    note, believe and ask for comes together. Every block is a source of exactly one clause.
    """
    found: list[Clause] = []
    for label, blocks in texts.items():
        place = -1  # of the clause that the block before is in
        for block in blocks:
            source = Source(label, block.key)
            same = _nearest(found, block, label, after=place)
            if same is not None:
                place = same
                clause = found[same]
                found[same] = replace(clause, sources=(*clause.sources, source))
            else:
                place = _end_of_section(found, block, place)
                found.insert(place, Clause(block.kind, block.text, (source,)))
    return found


def _nearest(found: Sequence[Clause], block: Block, label: str, *, after: int) -> int | None:
    """The place of the clause most like a block, of those its own text is no source of.

    Among equals the first that stands further on, so that repeated blocks keep their order.
    """
    best, most = None, 0.0
    for place, clause in enumerate(found):
        if any(source.text == label for source in clause.sources):
            continue
        share = _share(clause, block)
        is_better = share > most or (share == most and best is not None and best <= after < place)
        if share >= NEARLY_EQUAL and is_better:
            best, most = place, share
    return best


def _share(clause: Clause, block: Block) -> float:
    if clause.text == block.text:
        return 1.0
    if _opening(clause.kind, clause.text) or _opening(block.kind, block.text):
        # 'Conference notes' and 'Conference believes' share most words and mean different things
        return float(_opening(clause.kind, clause.text) == _opening(block.kind, block.text))
    return likeness(Block("", clause.kind, clause.text), block)


def _opening(kind: Kind, text: str) -> str:
    """What a clause that opens a section does, in its first words; '' for all else."""
    if kind not in (Kind.CLAUSE, Kind.HEADING):
        return ""
    words = re.findall(r"\w+", text.casefold())
    if kind is Kind.HEADING:
        return " ".join(words) or "#"
    return " ".join(word for word in words if word not in {"this", "annual"}) or "clause"


def _end_of_section(found: Sequence[Clause], block: Block, place: int) -> int:
    """Where a block that nobody brought yet goes: see ``union``."""
    if place < 0 or _opening(block.kind, block.text):
        return len(found)
    end = place + 1
    while end < len(found) and not _opening(found[end].kind, found[end].text):
        end += 1
    return end


def attributed(clauses: Iterable[Clause], texts: Texts) -> list[Clause]:
    """The clauses with every block as a source whose very words they have, whoever left it out.

    Unknown and repeated sources are dropped; sources stand in the order of the texts.
    """
    order = {Source(label, block.key): place for place, (label, block) in enumerate(_all(texts))}
    said: dict[str, list[Source]] = {}
    for label, block in _all(texts):
        said.setdefault(block.text, []).append(Source(label, block.key))
    found = []
    for clause in clauses:
        sources = {source for source in clause.sources if source in order}
        same = said.get(clause.text, [])
        if not sources.intersection(same):
            sources.update(_one_of_each(same))
        found.append(replace(clause, sources=tuple(sorted(sources, key=order.__getitem__))))
    return found


def _one_of_each(sources: Iterable[Source]) -> list[Source]:
    """The first of each text: a text that says a thing twice brings it once."""
    first: dict[str, Source] = {}
    for source in sources:
        first.setdefault(source.text, source)
    return list(first.values())


def _all(texts: Texts) -> Iterator[tuple[str, Block]]:
    return ((label, block) for label, blocks in texts.items() for block in blocks)


def standing(clause: Clause, texts: Texts) -> Standing:
    """Is a clause new, as one of its sources says it, or reworded from them?"""
    if not clause.sources:
        return Standing.NEW
    said = {Source(label, block.key): block.text for label, block in _all(texts)}
    words = {said.get(source) for source in clause.sources}
    return Standing.KEPT if clause.text in words else Standing.REWORDED


def fates(label: str, blocks: Sequence[Block], clauses: Sequence[Clause]) -> list[Fate]:
    """What became of each block of a text, in its order; one in two clauses is told twice."""
    found = []
    for block in blocks:
        source = Source(label, block.key)
        here = [(n, clause) for n, clause in enumerate(clauses, 1) if source in clause.sources]
        if not here:
            found.append(Fate(Outcome.DROPPED, block))
        for place, clause in here:
            outcome = Outcome.KEPT if clause.text == block.text else Outcome.REWORDED
            changed = segments(block.text, clause.text)
            found.append(Fate(outcome, block, place, clause, changed))
    return found


def unbacked(clauses: Sequence[Clause], taking_part: Iterable[str]) -> list[int]:
    """The places, from 1, of clauses whose words come only from texts that do not take part."""
    inside = set(taking_part)
    return [
        place
        for place, clause in enumerate(clauses, 1)
        if clause.sources and not inside.intersection(source.text for source in clause.sources)
    ]
