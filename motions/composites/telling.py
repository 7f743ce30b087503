"""A composite as its bodies read it: what of theirs is kept, reworded or dropped, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motions.composites.models import CompositePart, CompositeVersion
from motions.composites.wordings import Wordings, as_block
from motions.models import Motion
from motions.services.versions import as_parsed
from motions.texts import composing
from motions.texts.blocks import Block, render_text
from motions.texts.comparing import Row, compare
from motions.texts.composing import Clause, Fate, Outcome, Standing
from motions.texts.spoken import sentences


@dataclass(frozen=True, slots=True)
class Line:
    """A clause as the margin shows it: its number, whether new or reworded, and whence it comes."""

    number: int
    clause: Clause
    standing: Standing
    sources: list[str]

    @property
    def kind(self) -> str:
        """As templates of a motion's text ask for it."""
        return self.clause.kind.value

    @property
    def text(self) -> str:
        """The wording."""
        return self.clause.text

    @property
    def margin(self) -> str:
        """'from A', 'reworded from A and B', 'new'."""
        if self.standing is Standing.NEW:
            return "new"
        names = " and ".join([", ".join(self.sources[:-1]), self.sources[-1]])
        names = names if len(self.sources) > 1 else self.sources[0]
        return f"reworded from {names}" if self.standing is Standing.REWORDED else f"from {names}"


def lines(clauses: Sequence[Clause], wordings: Wordings) -> list[Line]:
    """The clauses of a draft for its margin; a motion is called by its number, else its body."""
    names = {part.label: called(part) for part in wordings.parts}
    found = []
    for number, clause in enumerate(clauses, 1):
        labels = dict.fromkeys(source.text for source in clause.sources)
        sources = [names[label] for label in labels]
        found.append(Line(number, clause, composing.standing(clause, wordings.texts), sources))
    return found


def called(part: CompositePart) -> str:
    """'motion 4 (Leeds Party Council)', or the body while it has no number."""
    motion = part.motion
    return (
        f"motion {motion.number} ({motion.organisation})"
        if motion.number
        else str(motion.organisation)
    )


def fates(part: CompositePart, version: CompositeVersion, wordings: Wordings) -> list[Fate]:
    """What became of each paragraph of one motion."""
    return composing.fates(part.label, wordings.texts[part.label], wordings.clauses(version))


def fate_in_words(fate: Fate) -> str:
    """One paragraph's fate, for a mail."""
    if fate.outcome is Outcome.KEPT:
        return f"Kept, as paragraph {fate.place}: {fate.block.text}"
    if fate.outcome is Outcome.REWORDED:
        return (
            f"Reworded, in paragraph {fate.place}. Yours: {fate.block.text}\n"
            f"  It now reads: {fate.clause.text}"
        )
    return f"Not in it: {fate.block.text}"


def blocks_of(version: CompositeVersion) -> list[Block]:
    """The text of a draft, block by block."""
    return [as_block(row) for row in version.clauses.order_by("position")]


def text_of_motion(motion: Motion) -> str:
    """A motion as other bodies read it: who moves it is named only when both agreed to that."""
    version = motion.current_version
    named = [("Moved by", version.mover), ("Seconded by", version.seconder)]
    tail = "\n".join(f"{label}: {name}" for label, name in named if name and version.names_consent)
    body = render_text(as_parsed(version))
    return f"{body}\n\n{tail}" if tail else body


def text_of(version: CompositeVersion) -> str:
    """The text of a draft, as a motion is written."""
    return render_text(blocks_of(version))


def changes(old: CompositeVersion, new: CompositeVersion) -> list[Row]:
    """What changed from one draft to another, block by block."""
    return compare(blocks_of(old), blocks_of(new))


def changes_in_words(old: CompositeVersion, new: CompositeVersion) -> list[str]:
    """The same in sentences: 'In paragraph 3, delete "x".' Title and speakers included."""
    found = sentences(blocks_of(old), blocks_of(new))
    if old.title != new.title:
        found.insert(0, f"The title becomes “{new.title}”.")
    for name, verb in (("moved_by", "moves"), ("seconded_by", "seconds")):
        part = getattr(new, name)
        if part is not None and getattr(old, f"{name}_id") != part.pk:
            found.append(f"{part.motion.organisation} {verb} it.")
    return found
