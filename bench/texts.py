"""How long merging takes: many amendments to one motion, and some to a policy paper."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Mapping, Sequence

from motions.texts.alignment import forget as forget_alignments
from motions.texts.blocks import Block, count, parse
from motions.texts.merging import merge
from motions.texts.pieces import pieces

ROUNDS = 9
COMMON = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "for",
    "on",
    "is",
    "with",
    "as",
    "by",
    "we",
    "our",
    "be",
    "this",
    "from",
]
RARE = [
    f"{a}{b}{c}" for a in "bcdfgl" for b in ("ar", "en", "ol", "is") for c in ("ton", "ing", "ed")
]


def lines() -> list[str]:
    """The figures of the promises about merging, texts read afresh each time."""
    motion = some_text(random.Random(300), words=300, paragraph=30)
    paper = some_text(random.Random(10_000), words=10_000, paragraph=70)
    return [
        "",
        _line(motion, _amendments(motion, 100, changes=2), promised="20 ms"),
        _line(paper, _amendments(paper, 30, changes=12), promised="1 s"),
    ]


def _line(base: Sequence[str], proposals: Mapping[str, Sequence[Block]], promised: str) -> str:
    blocks = parse("\n\n".join(base))
    took, spent = [], []
    for _ in range(ROUNDS):
        pieces.cache_clear()
        forget_alignments()
        began, cpu = time.perf_counter(), time.process_time()
        merged = merge(blocks, proposals)
        took.append((time.perf_counter() - began) * 1000)
        spent.append((time.process_time() - cpu) * 1000)
    return (
        f"Merging {len(proposals)} amendments into {count(blocks):,} words: "
        f"{statistics.median(took):.1f} ms, of the processor {statistics.median(spent):.1f} ms "
        f"(promised: under {promised}); {len(merged.collisions)} collisions."
    )


def _sentence(chance: random.Random, words: int) -> str:
    some = [chance.choice(COMMON if chance.random() < 0.45 else RARE) for _ in range(words)]
    return f"{' '.join(some).capitalize()}."


def some_text(chance: random.Random, *, words: int, paragraph: int) -> list[str]:
    """Paragraphs of made-up sentences with so many words in all."""
    paragraphs = []
    for _ in range(words // paragraph):
        cuts = [paragraph // 2, paragraph - paragraph // 2]
        paragraphs.append(" ".join(_sentence(chance, cut) for cut in cuts))
    return paragraphs


def _amendments(base: Sequence[str], many: int, *, changes: int) -> dict[str, list[Block]]:
    """Each rewords, adds and deletes at as many places; one in ten adds or deletes a paragraph."""
    found = {}
    for number in range(many):
        chance = random.Random(number)
        text = [paragraph.split() for paragraph in base]
        for _ in range(changes):
            words = text[chance.randrange(len(text))]
            place = chance.randrange(len(words))
            new = [chance.choice(RARE) for _ in range(chance.randint(0, 3))]
            words[place : place + chance.randint(0, 3)] = new
        if number % 10 == 0:
            text.insert(chance.randrange(len(text)), _sentence(chance, 20).split())
        if number % 10 == 5:
            del text[chance.randrange(len(text))]
        found[f"Amendment {number}"] = parse("\n\n".join(map(" ".join, text)))
    return found
