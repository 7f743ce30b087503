"""An amendment moved to a newer text: when the text it amends moves on, it need not be lost.

The newer text and the amendment are both changes of the text it was written against, so moving it
is merging the two. Where they do not collide, the amendment now means the merged text, against the
newer one; where they do, its proposers are shown the places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motions.texts.alignment import carry_keys
from motions.texts.blocks import Block
from motions.texts.collisions import Collision, CollisionKind
from motions.texts.merging import merge
from motions.texts.operations import Operation, derive
from motions.texts.plans import Plan
from motions.texts.touches import Ledger

_TEXT, _AMENDMENT = "1 text", "2 amendment"

UNTOUCHED = "The text changed elsewhere; the amendment stands as it was."
TOUCHED = "The text changed in the same sentence; please read the amended wording."
CONTAINED = "The newer text already says what the amendment asks for; nothing is left of it."
PARTLY_CONTAINED = "The newer text already says part of what the amendment asks for."
COLLIDES = "The text changed where the amendment does; it needs new wording."


@dataclass(frozen=True, slots=True)
class Place:
    """Where new wording is needed. ``paragraph`` counts the newer text's blocks from 1 (the one it
    would follow, 0 for the beginning, when the newer text no longer has it)."""

    kind: CollisionKind
    paragraph: int
    was: str
    is_now: str
    asked: str


@dataclass(frozen=True, slots=True)
class Rebased:
    """Either ``operations`` against the newer text and ``proposal``, the full text they make; or
    ``places`` for the proposers. ``note`` says in one sentence what became of the amendment."""

    note: str
    operations: tuple[Operation, ...] = ()
    proposal: tuple[Block, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Nobody needs to word anything anew."""
        return not self.places


def rebase(old: Sequence[Block], new: Sequence[Block], proposal: Sequence[Block]) -> Rebased:
    """The amendment ``old`` → ``proposal`` as an amendment to ``new``, by the rules of merging.

    ``new`` keeps, by its keys, what it has of ``old``; those keys the operations refer to.
    """
    merged = merge(old, {_TEXT: new, _AMENDMENT: proposal})
    moved = Plan.of(old, new)
    if merged.collisions:
        places = tuple(_place(moved, collision) for collision in merged.collisions)
        return Rebased(COLLIDES, places=places)
    result = carry_keys(list(new), list(merged.blocks))
    operations = tuple(derive(new, result))
    if not operations:
        note = CONTAINED
    elif _is_partly_in(old, moved, Plan.of(old, proposal)):
        note = PARTLY_CONTAINED
    else:
        note = TOUCHED if merged.hints else UNTOUCHED
    return Rebased(note, operations, tuple(result))


def _is_partly_in(old: Sequence[Block], moved: Plan, asked: Plan) -> bool:
    """Whether both texts do some of the same things."""
    ledger = Ledger(old, {_TEXT: moved, _AMENDMENT: asked})
    touches = [*ledger.blocks.values(), *ledger.gaps.values()]
    return any(len(touch.owners) > 1 for some in touches for touch in some)


def _place(moved: Plan, collision: Collision) -> Place:
    is_now, asked = collision.texts
    paragraph = 1
    if moved.whole is None:
        paragraph = sum(
            len(come) for gap, come in moved.inserted.items() if gap < collision.paragraph
        )
        paragraph += sum(place not in moved.deleted for place in range(collision.paragraph))
    return Place(collision.kind, paragraph, collision.base, is_now, asked)
