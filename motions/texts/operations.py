"""An amendment as operations on the blocks of its base: replace, insert after, delete, replace all.

``derive`` makes them of the full text a body edited, ``apply`` makes the text of them again, exactly
as it was proposed but for keys: a replaced block keeps its key, an inserted one has the key the
operation gives it. They refer to keys of the base version, so they say nothing about another one
(``rebasing`` moves them there).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from motions.texts.blocks import Block, BlocksUnreadable, block_from, block_row, with_keys
from motions.texts.plans import Plan

FORMAT = 1
"""Version of the JSON below. A reader of a new format keeps reading the old ones."""


class OperationsUnreadable(ValueError):
    """Stored operations are not what ``to_json`` writes; the message says what is wrong."""


class OperationsDoNotFit(ValueError):
    """The operations are not about these blocks: they were made for another version."""


@dataclass(frozen=True, slots=True)
class Replace:
    """The block with this key becomes ``block`` (which has the same key)."""

    block: Block

    @property
    def key(self) -> str:
        """Of the block in the base."""
        return self.block.key


@dataclass(frozen=True, slots=True)
class InsertAfter:
    """``blocks`` come after the one with this key; without a key, at the beginning."""

    key: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Delete:
    """The block with this key goes."""

    key: str


@dataclass(frozen=True, slots=True)
class ReplaceAll:
    """The whole text becomes ``blocks``. Stands alone."""

    blocks: tuple[Block, ...]


Operation = Replace | InsertAfter | Delete | ReplaceAll


def derive(base: Sequence[Block], proposal: Sequence[Block]) -> list[Operation]:
    """What makes ``proposal`` of ``base``, in reading order; nothing when they are the same.

    Keys of the proposal are passed over. New blocks get keys that the base does not use.
    """
    plan = Plan.of(base, proposal)
    fresh = iter(_fresh(base, plan))
    if plan.whole is not None:
        return [ReplaceAll(tuple(fresh))]

    def inserted(place: int) -> list[Operation]:
        come = tuple(next(fresh) for _ in plan.inserted.get(place, ()))
        return [InsertAfter(base[place - 1].key if place else "", come)] if come else []

    found = inserted(0)
    for place, block in enumerate(base):
        if place in plan.deleted:
            found.append(Delete(block.key))
        elif place in plan.replaced:
            found.append(Replace(replace(plan.replaced[place], key=block.key)))
        found += inserted(place + 1)
    return found


def _fresh(base: Sequence[Block], plan: Plan) -> list[Block]:
    """The plan's new blocks in reading order with keys of their own."""
    new = plan.whole or [b for place in sorted(plan.inserted) for b in plan.inserted[place]]
    return with_keys([replace(block, key="") for block in new], taken={b.key for b in base})


def apply(operations: Iterable[Operation], base: Sequence[Block]) -> list[Block]:
    """The text the operations make of ``base``. Raises ``OperationsDoNotFit``."""
    some = list(operations)
    if any(isinstance(one, ReplaceAll) for one in some):
        if len(some) > 1:
            raise OperationsDoNotFit("Replacing the whole text leaves nothing else to do.")
        return list(some[0].blocks)
    after: dict[str, tuple[Block, ...]] = {}
    instead: dict[str, Block | None] = {}
    for one in some:
        done = after if isinstance(one, InsertAfter) else instead
        if one.key in done:
            raise OperationsDoNotFit(f"Two operations are about block {one.key or 'one'}.")
        if isinstance(one, InsertAfter):
            after[one.key] = one.blocks
        else:
            instead[one.key] = one.block if isinstance(one, Replace) else None
    unknown = (after.keys() | instead.keys()) - {block.key for block in base} - {""}
    if unknown or "" in instead:
        raise OperationsDoNotFit(
            "This amendment is to another version of the text: "
            f"block {min(unknown, default='')} is not in it."
        )
    result = list(after.get("", ()))
    for block in base:
        result += [kept for kept in [instead.get(block.key, block)] if kept is not None]
        result += after.get(block.key, ())
    return result


def to_json(operations: Iterable[Operation]) -> dict[str, Any]:
    """Plain data for a JSON column."""
    return {"format": FORMAT, "operations": [_row(one) for one in operations]}


def _row(one: Operation) -> dict[str, Any]:
    if isinstance(one, Replace):
        return {"do": "replace", "block": block_row(one.block)}
    if isinstance(one, Delete):
        return {"do": "delete", "key": one.key}
    rows = [block_row(block) for block in one.blocks]
    if isinstance(one, ReplaceAll):
        return {"do": "replace-all", "blocks": rows}
    return {"do": "insert-after", "key": one.key, "blocks": rows}


def _operation(row: Any) -> Operation:
    try:
        match row["do"]:
            case "replace":
                return Replace(block_from(row["block"]))
            case "delete" if isinstance(row["key"], str) and row["key"]:
                return Delete(row["key"])
            case "insert-after" if isinstance(row["key"], str) and row["blocks"]:
                return InsertAfter(row["key"], tuple(map(block_from, row["blocks"])))
            case "replace-all" if row["blocks"]:
                return ReplaceAll(tuple(map(block_from, row["blocks"])))
    except (KeyError, TypeError, BlocksUnreadable) as error:
        raise OperationsUnreadable(f"This is not an operation: {row!r:.80}.") from error
    raise OperationsUnreadable(f"This is not an operation: {row!r:.80}.")


def from_json(data: Any) -> list[Operation]:
    """The operations that ``to_json`` wrote. Raises ``OperationsUnreadable`` for anything else."""
    if not isinstance(data, dict) or not isinstance(data.get("operations"), list):
        raise OperationsUnreadable("These are not stored operations.")
    if data.get("format") != FORMAT:
        raise OperationsUnreadable(f"Operations of format {data.get('format')!r:.20} are unknown.")
    return [_operation(row) for row in data["operations"]]
