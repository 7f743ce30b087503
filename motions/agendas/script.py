"""The chair's script: what to say for each item, and what follows if a vote is carried or lost. Pure.

One page an item, read at the rostrum: sentences that can be said as they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from motions.agendas.budget import in_words

Item = dict[str, Any]


def pages(sheet: Item) -> list[Item]:
    """A page for each item of an order paper (`motions.agendas.order.sheet`)."""
    return [_page(place, item) for place, item in enumerate(sheet["items"], start=1)]


def _page(place: int, item: Item) -> Item:
    head = {
        "place": place,
        "starts": item["starts"],
        "minutes": in_words(item["minutes"]),
        "number": item["number"],
        "title": item["title"],
        "outcome": item["outcome"],
    }
    if item["motion"] is None:
        return {**head, "body": "", "steps": [_step("Say", [f"We come to: {item['title']}."])]}
    steps = [_opening(item)]
    steps += [_amendment(one, item) for one in item["amendments"]]
    steps += [_debate(item), *_parts(item), _vote(item)]
    return {**head, "body": item["body"], "steps": steps}


def _opening(item: Item) -> Item:
    said = [
        f"We come to motion {item['number']}, “{item['title']}”, from {item['body']}.",
        _call(item, "to move it", f"I call the mover, for {item['body']}."),
    ]
    if item["seconder"]:
        said.append(f"I call {item['seconder']} to second it.")
    notes = [item["falls"] and f"{item['falls']}: then do not put it."]
    if not item["seconder"]:
        notes.append("If nobody moves it, it is not moved and falls.")
    return _step("Open", said, notes)


def _amendment(one: Item, item: Item) -> Item:
    name = f"Amendment {one['called']}"
    text = [f"{name}, from {one['body']}, reads:", *one["sentences"]]
    if one["is_accepted"]:
        return _step(name, [*text, "The mover has accepted it: no vote is taken on it alone."])
    said = [
        *text,
        _call(one, f"to move amendment {one['called']}", f"I call the mover, for {one['body']}."),
        f"The question is: That amendment {one['called']} be carried. It needs {one['threshold']}.",
    ]
    return _step(
        name,
        said,
        [one["falls"] and f"{one['falls']}: then do not put it."],
        carried=[f"Motion {item['number']} is amended.", *_falling(one["makes_fall"])],
        lost=["The text stays as it is."],
        counts=True,
    )


def _debate(item: Item) -> Item:
    rows = [
        f"{what[:1].upper() + what[1:]}: {_times(times)}{each} minutes{' each' if times > 1 else ''}."
        for what, times, each, _ in item["rows"]
        if what not in ("votes",)
    ]
    return _step("Debate", [], rows)


def _times(times: int) -> str:
    return f"{times} of " if times > 1 else ""


def _parts(item: Item) -> list[Item]:
    questions = [vote["words"] for vote in item["votes"] if " of motion " in vote["words"]]
    return [
        _step(
            f"Part {place}",
            [f"The question is: {words}. It needs {item['threshold']}."],
            carried=["This part stays in the motion."],
            lost=["This part goes out of the motion."],
            counts=True,
        )
        for place, words in enumerate(questions, start=1)
    ]


def _vote(item: Item) -> Item:
    vote = item["votes"][-1]
    return _step(
        "Vote",
        [f"The question is: {vote['words']}. It needs {item['threshold']}.", vote["note"]],
        ["A tie falls. The chair has no casting vote."],
        carried=[f"I declare motion {item['number']} carried.", *_falling(item["makes_fall"])],
        lost=[f"I declare motion {item['number']} lost."],
        counts=True,
    )


def _falling(names: Sequence[str]) -> list[str]:
    return [f"{name[:1].upper() + name[1:]} falls." for name in names]


def _call(one: Item, what: str, otherwise: str) -> str:
    return f"I call {one['mover']}, for {one['body']}, {what}." if one["mover"] else otherwise


def _step(
    name: str,
    said: Sequence[str],
    notes: Sequence[str] = (),
    *,
    carried: Sequence[str] = (),
    lost: Sequence[str] = (),
    counts: bool = False,
) -> Item:
    return {
        "name": name,
        "said": [words for words in said if words],
        "notes": [words for words in notes if words],
        "carried": list(carried),
        "lost": list(lost),
        "counts": counts,
    }
