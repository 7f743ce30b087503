"""The question that is put for each vote, in the words the chair says. Pure.

The order is that of a debate: amendments that the mover has not accepted, one after the other; then
the parts, where they are voted separately; then the motion, as amended if anything was carried or
accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Question:
    """One vote: what it is about ('amendment', 'part', 'motion'), its key there, the words."""

    about: str
    key: int
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What the wording of its votes needs to know of a motion.

    `amendments` are (key, number) still to be voted on in their order; `parts` (key, paragraphs).
    """

    key: int
    number: str
    amendments: Sequence[tuple[int, str]] = ()
    parts: Sequence[tuple[int, str]] = ()
    is_amended: bool = False
    falls: dict[int, str] = field(default_factory=dict)


def questions(item: Item) -> list[Question]:
    """Every vote of an item in the order in which it is taken."""
    found = [
        Question("amendment", key, f"That amendment {number} be carried", item.falls.get(key, ""))
        for key, number in item.amendments
    ]
    found += [
        Question("part", key, f"That {paragraphs} of {named(item)} be carried")
        for key, paragraphs in item.parts
    ]
    note = ""
    if item.amendments and not item.is_amended:
        note = f"If an amendment is carried: “That motion {item.number} as amended be carried”."
    left = " in its remaining parts" if item.parts else ""
    found.append(Question("motion", item.key, f"That {named(item)}{left} be carried", note))
    return found


def named(item: Item) -> str:
    """'motion 4', 'motion 4 as amended'."""
    return f"motion {item.number}{' as amended' if item.is_amended else ''}"


def paragraphs(numbers: Iterable[int]) -> str:
    """'paragraph 3', 'paragraphs 1, 3 to 5 and 8': the blocks of a text, counted from 1."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [_run(run) for some in runs for run in ([some] if len(some) > 2 else _singly(some))]
    noun = "paragraph" if words and len(runs) == 1 and len(runs[0]) == 1 else "paragraphs"
    if len(words) < 2:
        return f"{noun} {''.join(words)}"
    return f"{noun} {', '.join(words[:-1])} and {words[-1]}"


def _singly(run: list[int]) -> list[list[int]]:
    return [[number] for number in run]


def _run(run: list[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}"
