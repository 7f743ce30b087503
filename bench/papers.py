"""How long an agenda of sixty pages takes from plain data to a tagged PDF."""

from __future__ import annotations

import io
import random
import resource
import statistics
import time
from typing import Any

from pypdf import PdfReader

from bench.texts import some_text
from motions.agendas.wordings import printed_blocks
from motions.texts import lines as numbering
from motions.texts.blocks import parse
from motions.texts.comparing import compare
from motions.texts.spoken import sentences
from papers import typesetting

ROUNDS = 5
MOTIONS = 92
TEMPLATE = "motions/papers/agenda.typ"


def lines() -> list[str]:
    """The figure of the promise about agendas: motions of 200 words, every other one amended."""
    data = _agenda()
    took, spent = [], []
    for _ in range(ROUNDS):
        began, cpu = time.perf_counter(), _processor()
        made = typesetting.pdf(TEMPLATE, data)
        took.append(time.perf_counter() - began)
        spent.append(_processor() - cpu)
    pages = len(PdfReader(io.BytesIO(made)).pages)
    return [
        "",
        f"An agenda of {pages} pages with {MOTIONS} motions as PDF: {statistics.median(took):.2f} s, "
        f"of the processor {statistics.median(spent):.2f} s (promised: under 2 s).",
    ]


def _processor() -> float:
    """Seconds of the processor that the typesetter, a process of its own, has taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _agenda() -> dict[str, Any]:
    items = [_item(n, random.Random(n)) for n in range(1, MOTIONS + 1)]
    title = "Final agenda, Annual Conference"
    return {
        "title": title,
        "dates": "Friday 9 to Sunday 11 September 2016",
        "released": "Monday 1 August 2016",
        "imprint": "Promoted by A. Person on behalf of the party, both at 1 High Street, London",
        "groups": [{"name": "Motions", "items": items}],
        "slips": [],
    }


def _item(number: int, chance: random.Random) -> dict[str, Any]:
    paragraphs = some_text(chance, words=200, paragraph=40)
    blocks = parse("\n\n".join(paragraphs))
    return {
        "anchor": f"motion-{number}",
        "number": str(number),
        "title": f"Motion on subject {number}",
        "kind": "Organisational motion",
        "body": "Benchtown Party Council",
        "category": "",
        "status": "",
        "threshold": "more votes for than against",
        "language": "en",
        "blocks": printed_blocks(blocks, numbering.ALGORITHM),
        "amendments": [_amendment(number, paragraphs)] if number % 2 else [],
    }


def _amendment(number: int, paragraphs: list[str]) -> dict[str, Any]:
    first, *rest = paragraphs
    base = parse("\n\n".join(paragraphs))
    proposal = parse("\n\n".join([first.replace("the", "every"), *rest, "Conference says so."]))
    return {
        "number": f"{number}.1",
        "body": "Another Society",
        "status": "",
        "sentences": sentences(base, proposal),
        "rows": [
            {
                "state": str(row.state),
                "kind": str((row.new or row.old).kind),
                "segments": [[str(part.state), part.text] for part in row.segments],
            }
            for row in compare(base, proposal)
        ],
    }
