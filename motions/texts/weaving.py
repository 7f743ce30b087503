"""Changes of several amendments put into one block's text."""

from __future__ import annotations

from collections.abc import Sequence

from motions.texts.changes import Change
from motions.texts.pieces import Pieces

_OPENING = "([{/\u2018\u201c\u00ab\u00a3"
_CLOSING = ".,;:!?)]}/%\u2019\u201d\u00bb\u2026"

_Chunk = tuple[str, str, str, Change | None]
"""Gap on the left, text, gap on the right, and the change it comes from (None: the base)."""


def _chunks(base: Pieces, changes: Sequence[Change]) -> list[_Chunk | Change]:
    """The base's words and the changes' words in order; a deletion stands as itself."""
    found: list[_Chunk | Change] = []
    place = 0
    for change in [*changes, None]:
        until = len(base.words) if change is None else change.start
        if until > place:
            text = base.text(place, until)
            found.append((base.gaps[place], text, base.gaps[until], None))
        if change is not None:
            written = (change.left, change.text, change.right, change)
            found.append(written if change.text else change)
            place = max(place, change.end)
    return found


def _side(before: _Chunk, after: _Chunk) -> str:
    """The gap between two chunks that no amendment has next to each other: as the sign on either
    side wants it (none before a full stop, none after a bracket), else the wider one."""
    if after[1][0] in _CLOSING:
        return after[0]
    if before[1][-1] in _OPENING:
        return before[2]
    return max(before[2], after[0], key=len)


def _gap(before: _Chunk | None, gone: Sequence[Change], after: _Chunk | None) -> str:
    """What stands between two chunks with the changes ``gone``, which bring no words, between.

    Where one change decides, it is that one's gap; where several meet, see ``_side``.
    """
    near = [chunk[3] for chunk in (before, after) if chunk is not None and chunk[3] is not None]
    deletions = [change for change in gone if not change.is_gap]
    if not near and len(deletions) == 1:
        return deletions[0].left
    if gone and not deletions and len(near) < 2:
        return min(change.left for change in gone)  # a line break, which splits, before a blank
    if len(near) == 1 and not deletions:
        return before[2] if before is not None and before[3] is not None else after[0]
    if near or deletions:
        return _side(before, after) if before and after else ""
    return after[0] if after is not None else before[2] if before is not None else ""


def weave(base: Pieces, changes: Sequence[Change]) -> str:
    """The text with all ``changes``, which must not collide.

    With all changes of one amendment it is exactly that amendment's text.
    """
    # a blank changed inside what another takes away is gone with it
    changes = [
        change
        for change in changes
        if not (change.is_gap and any(o.start < change.start < o.end for o in changes))
    ]
    ordered = sorted(changes, key=lambda change: (change.start, change.end, not change.is_gap))
    text: list[str] = []
    before: _Chunk | None = None
    gone: list[Change] = []
    for chunk in [*_chunks(base, ordered), None]:
        if isinstance(chunk, Change):
            gone.append(chunk)
            continue
        text.append(_gap(before, gone, chunk))
        if chunk is not None:
            text.append(chunk[1])
            before, gone = chunk, []
    return "".join(text)
