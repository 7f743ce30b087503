"""What has changed since an agenda was printed, in the sentences of an errata slip. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motions.agendas.numbering import sort_key
from motions.texts.blocks import Block, Kind
from motions.texts.spoken import sentences

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing a reader has to know: of which kind, which motion, in words, as it now is."""

    kind: str
    key: int
    number: str
    text: str
    item: Item | None


def since(
    printed: Mapping[int, Item | None], now: Sequence[Item], states: Mapping[int, str] | None = None
) -> list[Change]:
    """What makes the motions of `now` of those that were printed, by number.

    `printed` has None for a motion that an earlier slip took off the agenda; `states` says in a word
    what became of those that are gone.
    """
    current = {one["key"]: one for one in now}
    found = []
    for key, one in current.items():
        before = printed.get(key)
        if before is None:
            text = f"{called(one)} comes in addition."
            found.append(Change("added", key, one["number"], text, one))
        elif words := reworded(before, one):
            found.append(Change("reworded", key, one["number"], words, one))
    for key, one in printed.items():
        if one is not None and key not in current:
            state = (states or {}).get(key, "")
            text = f"{called(one)} is no longer on the agenda{state and f': {state}'}."
            found.append(Change("gone", key, one["number"], text, None))
    return sorted(found, key=lambda change: sort_key(change.number))


def called(item: Item) -> str:
    """'Motion 4, “Homes”, from Leeds,', as a sentence goes on."""
    title = f", “{item['title']}”" if item["title"] else ""
    return f"{noun(item)} {item['number']}{title}, from {item['body']},"


def noun(item: Item) -> str:
    """'Motion', 'Amendment'."""
    return "Amendment" if is_amendment(item) else "Motion"


def is_amendment(item: Item) -> bool:
    """Is it to a motion?"""
    return item["kind"] == "Amendment"


def reworded(before: Item, after: Item) -> str:
    """The sentences that make the new wording of the old one; '' when they read the same."""
    said = []
    name = f"{noun(after)} {after['number']}"
    if before["title"] != after["title"]:
        said.append(f"The title of {name} is now “{after['title']}”.")
    if before["body"] != after["body"]:
        said.append(f"{name} comes from {after['body']}.")
    if (before["status"] or after["status"]) and before["status"] != after["status"]:
        said.append(f"{name}: {after['status'] or 'as printed first'}.")
    if is_amendment(after):
        if before["sentences"] != after["sentences"] or before["rows"] != after["rows"]:
            said.append(f"{name} now reads: {' '.join(after['sentences'])}")
        return " ".join(said)
    old, new = blocks(before), blocks(after)
    if wording := sentences(old, new):
        said.append(f"{name} has a new wording. {' '.join(wording)}")
    elif [(one.kind, one.text) for one in old] != [(one.kind, one.text) for one in new]:
        said.append(f"{name} has a new wording.")
    return " ".join(said)


def blocks(item: Item) -> list[Block]:
    """The wording of a printed item."""
    return [Block(row["key"], Kind(row["kind"]), row["text"]) for row in item["blocks"]]
