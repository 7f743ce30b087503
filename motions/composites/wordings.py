"""The texts of a composite as the pure engine takes them: of its motions, and of its drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from motions.composites.models import ClauseSource, CompositeClause, CompositePart, CompositeVersion
from motions.models import Block
from motions.texts import blocks as parsing
from motions.texts.composing import Clause, Source


@dataclass
class Wordings:
    """The present wording of each motion of a composite, by its letter, read once."""

    parts: Sequence[CompositePart]
    texts: dict[str, list[parsing.Block]] = field(init=False)
    rows: dict[Source, Block] = field(init=False)

    def __post_init__(self) -> None:
        labels = {part.motion.current_version_id: part.label for part in self.parts}
        self.texts = {part.label: [] for part in self.parts}
        self.rows = {}
        found = Block.objects.filter(version__in=labels).order_by("version", "position")
        for row in found:
            label = labels[row.version_id]
            self.texts[label].append(as_block(row))
            self.rows[Source(label, row.key)] = row

    def codes(self) -> dict[str, Source]:
        """What the margin calls each block: 'A2' is the second of motion A."""
        return {
            f"{label}{number}": Source(label, block.key)
            for label, blocks in self.texts.items()
            for number, block in enumerate(blocks, 1)
        }

    def clauses(self, version: CompositeVersion) -> list[Clause]:
        """A draft as clauses with their sources. Two queries."""
        return [clause for _, clause in self.keyed(version)]

    def keyed(self, version: CompositeVersion) -> list[tuple[str, Clause]]:
        """The same, each with its key."""
        rows = list(version.clauses.order_by("position"))
        sources = sources_of(rows)
        return [(row.key, as_clause(row, sources[row.pk])) for row in rows]


def wordings_of(parts: Iterable[CompositePart]) -> Wordings:
    """The wordings of these parts."""
    return Wordings(list(parts))


def as_block(row: Block | CompositeClause) -> parsing.Block:
    """A stored block or clause as the engine's."""
    return parsing.Block(key=row.key, kind=parsing.Kind(row.kind), text=row.text)


def as_clause(row: CompositeClause, sources: Sequence[Source]) -> Clause:
    """A stored clause as the engine's."""
    return Clause(parsing.Kind(row.kind), row.text, tuple(sources))


def sources_of(rows: Iterable[CompositeClause]) -> dict[int, list[Source]]:
    """The sources of stored clauses, by the clause's number. One query."""
    found: dict[int, list[Source]] = defaultdict(list)
    named = ClauseSource.objects.filter(clause__in=[row.pk for row in rows]).order_by("pk")
    for clause, label, key in named.values_list("clause", "part__label", "block__key"):
        found[clause].append(Source(label, key))
    return found
