"""When two amendments to one text collide: the definition, as a careful committee member has it.

Two changes collide when carrying both could make a text that neither body meant. Equal changes by
two bodies never collide; they are one. An amendment never collides with itself.

Inside a block, words counted as ``pieces`` does:

- Both take away or replace some word, and not in the same way: **overlap**, also when both only
  delete, but more and less.
- One inserts strictly inside what the other takes away: overlap. At its edge it is clean (the word
  before was reworded, words are added after it), except when the whole sentence to which the
  insertion belongs is deleted, or the insertion repeats the words the other puts at that very
  edge: 'now' made 'today and always' here, 'and always' added to 'now' there.
- Both insert at one point, or at points that cannot be told apart because words repeat: **double
  insert**; nobody but the movers can say in which order, or whether both are wanted.
- One changes what stands between two changes of the other and was only kept by chance
  (``changes.is_island``, the narrow measure): overlap.
- Changes next to each other, deletions included, are clean: 'free tea' made 'subsidised tea' here
  and 'free coffee' there is 'subsidised coffee'. They carry a hint to read the sentence.
- A paragraph rewritten so that hardly a word stays (likeness below ``alignment.LEAST``)
  collides with every other change of that paragraph: overlap. Two kinds for one block (bullet here,
  heading there) are an overlap too; a kind and words are not.
- Only blanks changed: never a collision.

A block that one deletes and another changes: **delete-vs-change**. Moved, or joined to another, is
deleted here for this purpose, whether the other changes it or deletes it for good; two who move it
to different places overlap. Split in two it stays: where a paragraph ends is a blank.

Blocks inserted at one point by two bodies: **double insert**, unless one inserted all that the
other did, in the same order, and more. Inserted strictly inside a run of blocks that another
deletes, or into a text that another empties: delete-vs-change. At the edge of such a run, or beside
a paragraph that another deletes or rewrites, it is clean and carries a hint.

**Replace all** collides with anything but the same text and an amendment that changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from motions.texts.blocks import Block, Kind, render_text
from motions.texts.changes import Change
from motions.texts.pieces import Pieces, ends_sentence, pieces


class CollisionKind(StrEnum):
    """What it is called beside the text."""

    OVERLAP = "overlap"
    DELETE_VS_CHANGE = "delete-vs-change"
    DOUBLE_INSERT = "double-insert"
    REPLACE_ALL = "replace-all"


@dataclass(frozen=True, slots=True)
class Collision:
    """Amendments that cannot all be carried as they stand.

    ``paragraph`` counts the base's blocks from 1; for blocks inserted it is the one they follow (1
    at the beginning, also of an empty base). ``base`` is that block's wording, empty where blocks
    are only inserted, and the whole text where one replaces all. ``texts`` are, in the order of
    ``amendments``, what each makes of it: '' when it deletes it.
    """

    kind: CollisionKind
    paragraph: int
    amendments: tuple[str, ...]
    base: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """What merges cleanly and still wants reading. ``text`` is the merged block."""

    paragraph: int
    amendments: tuple[str, ...]
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The block is deleted. ``to`` says to where it moved, if it did (place, kind, text), ``into``
    to which other block its words went when the two were joined."""

    to: tuple[int, Kind, str] | None = None
    into: int | None = None

    @property
    def is_for_good(self) -> bool:
        """Its words are nowhere else."""
        return self.to is None and self.into is None


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The block is another altogether."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Turned:
    """The block is of another kind."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Come:
    """Blocks are inserted."""

    blocks: tuple[tuple[Kind, str], ...]

    @property
    def text(self) -> str:
        """As it is written in a text."""
        return render_text([Block("", kind, text) for kind, text in self.blocks])


What = Change | Gone | Rewritten | Turned | Come


@dataclass(eq=False, slots=True)
class Touch:
    """One thing done at one place by all who do the same. ``place`` is the block's, or for ``Come``
    that of the block before which it comes. Those ``held`` have it taken back for a collision."""

    place: int
    what: What
    owners: set[str]
    held: set[str] = field(default_factory=set)

    @property
    def live(self) -> set[str]:
        """Those for whom it is done."""
        return self.owners - self.held


def _opens(text: str) -> bool:
    """Whether inserted words begin a sentence of their own."""
    return text[:1].isupper() or text[:1] in "\"'(\u2018\u201c"


def _takes_sentence(base: Pieces, place: int, change: Change) -> bool:
    """Whether ``change`` takes away all of the sentence that word ``place`` is in."""
    number = base.sentences[place]
    first = last = place
    while first > 0 and base.sentences[first - 1] == number:
        first -= 1
    while last + 1 < len(base.words) and base.sentences[last + 1] == number:
        last += 1
    return change.start <= first and last < change.end


def _edge_clashes(base: Pieces, insertion: Change, other: Change) -> bool:
    """Whether an insertion at the edge of what ``other`` takes away depends on it after all."""
    place = insertion.start
    brought, size = other.words, len(insertion.words)
    if place == other.start:
        if other.text:
            return brought[:size] == insertion.words
        is_own = ends_sentence(insertion.words[-1])
        return not is_own and _takes_sentence(base, place, other)
    if other.text:
        return brought[-size:] == insertion.words
    return not _opens(insertion.text) and _takes_sentence(base, place - 1, other)


def _insertion_clashes(base: Pieces, insertion: Change, other: Change) -> bool:
    if other.start < insertion.start < other.end:
        return True
    at_edge = insertion.start in (other.start, other.end)
    return at_edge and _edge_clashes(base, insertion, other)


def words_clash(base: Pieces, one: Change, other: Change) -> bool:
    """Whether two different changes of one block's words collide."""
    if one.is_gap or other.is_gap:
        return False
    if one.is_insertion and other.is_insertion:
        return one.slide[0] <= other.slide[1] and other.slide[0] <= one.slide[1]
    if one.is_insertion:
        return _insertion_clashes(base, one, other)
    if other.is_insertion:
        return _insertion_clashes(base, other, one)
    return one.start < other.end and other.start < one.end


def clash(block: Block, one: Touch, other: Touch) -> bool:
    """Whether two different touches of ``block`` collide; never those of one amendment."""
    if not one.owners.isdisjoint(other.owners):
        return False
    both = (one.what, other.what)
    if any(isinstance(what, Gone | Rewritten) for what in both):
        return True
    if isinstance(one.what, Change) and isinstance(other.what, Change):
        return words_clash(pieces(block.text), *both)
    return isinstance(one.what, Turned) and isinstance(other.what, Turned)


def kind_of(touches: Sequence[Touch]) -> CollisionKind:
    """What a collision between touches of one block is called."""
    gone = [touch for touch in touches if isinstance(touch.what, Gone)]
    if gone and (len(gone) < len(touches) or any(touch.what.is_for_good for touch in gone)):
        return CollisionKind.DELETE_VS_CHANGE
    if all(isinstance(touch.what, Change) and touch.what.is_insertion for touch in touches):
        return CollisionKind.DOUBLE_INSERT
    return CollisionKind.OVERLAP
