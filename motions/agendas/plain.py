"""An agenda as plain text, for mail, for a braille display, for anybody without a PDF. Pure.

The numbers of lines are those of the printed agenda.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

Item = dict[str, Any]
WIDTH = 80
_MARGIN = 5


def agenda(content: Item, slips: Iterable[str] = ()) -> str:
    """The whole agenda; `slips` are the sentences of errata slips, printed first."""
    head = [content["title"], "=" * min(WIDTH, len(content["title"]))]
    head += [words for words in (content["dates"], content["released"]) if words]
    said = [textwrap.fill(one, WIDTH, subsequent_indent="  ") for one in slips]
    parts = ["\n".join(head)]
    if said:
        parts.append("\n".join(["ERRATA", *said]))
    for group in content["groups"]:
        parts.append(_underlined(group["name"].upper(), "-"))
        parts += [item(one) for one in group["items"]]
    parts.append(textwrap.fill(content["imprint"], WIDTH))
    return "\n\n".join(part for part in parts if part) + "\n"


def item(one: Item) -> str:
    """One motion with its numbered lines, and its amendments as the chair reads them out."""
    facts = [one["body"], one["category"], f"To be carried: {one['threshold']}"]
    head = [f"{one['number']}. {one['title']}", *facts, one["status"]]
    parts = ["\n".join(words for words in head if words), text(one["blocks"])]
    parts += [amendment(each) for each in one["amendments"]]
    return "\n\n".join(parts)


def text(blocks: Sequence[Item]) -> str:
    """The wording, line by line, each with its number; paragraphs are counted in brackets."""
    return "\n\n".join(
        "\n".join(
            f"{number:>{_MARGIN - 1}} {_mark(block, n)}{line}"
            for n, (number, line) in enumerate(block["lines"])
        )
        for block in blocks
    )


def _mark(block: Item, line: int) -> str:
    if block["kind"] == "bullet":
        return "     " if line else "   - "
    return ""


def amendment(one: Item) -> str:
    """An amendment in sentences."""
    head = [f"Amendment {one['number']}, from {one['body']}", one["status"]]
    said = [textwrap.fill(sentence, WIDTH) for sentence in one["sentences"]]
    return "\n".join([*(words for words in head if words), *said])


def _underlined(words: str, sign: str) -> str:
    return f"{words}\n{sign * min(WIDTH, len(words))}"


def slips(content: Item, rows: Sequence[Item]) -> str:
    """Errata slips alone, each with the wording as it now is."""
    parts = [_underlined(f"Errata to the {content['title']}", "=")]
    for row in rows:
        parts.append(textwrap.fill(f"Slip {row['number']}: {row['text']}", WIDTH))
        if row["item"]:
            parts.append(item(row["item"]))
    parts.append(textwrap.fill(content["imprint"], WIDTH))
    return "\n\n".join(part for part in parts if part) + "\n"


def order(sheet: Item) -> str:
    """The order paper of a session."""
    head = [sheet["title"], sheet["conference"], sheet["when"], sheet["room"], sheet["printed"]]
    parts = ["\n".join(words for words in head if words)]
    if sheet["over"]:
        parts.append(
            f"The business needs {sheet['needed']}; the session has {sheet['length']}. "
            f"It is {sheet['over']} over."
        )
    parts += [_order_item(one) for one in sheet["items"]]
    parts.append(textwrap.fill(sheet["imprint"], WIDTH))
    return "\n\n".join(part for part in parts if part) + "\n"


def _order_item(one: Item) -> str:
    number = f"{one['number']}. " if one["number"] else ""
    said = [f"{one['starts']}  {number}{one['title']}".strip(), one["minutes_words"]]
    if one["motion"] is not None:
        said += [
            one["body"],
            one["mover"] and f"Moved by {one['mover']}",
            one["seconder"] and f"Seconded by {one['seconder']}",
            f"To be carried: {one['threshold']}",
            one["falls"],
            *(amendment(each) for each in one["amendments"]),
            *(f"* {vote['words']}. {vote['note']}".strip() for vote in one["votes"]),
        ]
    said.append(one["outcome"] and f"Outcome: {one['outcome']}")
    return "\n".join(
        textwrap.fill(line, WIDTH) if "\n" not in line else line for line in said if line
    )
