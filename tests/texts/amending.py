"""Texts and amendments to them as generated tests need them: many repeats, few different words."""

from __future__ import annotations

import random

from motions.texts.blocks import parse

WORDS = (
    *("the", "of", "and", "fares", "rise", "members", "own", "shops", "here", "now", "NEC", "act"),
    *(",", ".", ";", "–", "(a)", "“free”", "co-op", "party.", "Party?", "£1,000", "members’", "1."),
)
MARKS = ("", "", "", "- ", "# ")


def wording(some):
    """What two texts must have in common to be the same text."""
    return [(block.kind, block.text) for block in some]


def line(chance):
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 14)))


def text(chance):
    """A text of up to eight blocks, some of them twice."""
    blocks = [chance.choice(MARKS) + line(chance) for _ in range(chance.randint(0, 6))]
    blocks += chance.sample(blocks, min(len(blocks), chance.randint(0, 2)))
    return blocks


def _reworded(chance, block):
    words = block.split()
    for _ in range(chance.randint(1, 4)):
        place = chance.randint(0, len(words))
        act = chance.random()
        if act < 0.3:
            del words[place : place + chance.randint(1, 3)]
        elif act < 0.6:
            words[place:place] = line(chance).split()[: chance.randint(1, 3)]
        else:
            words[place : place + 1] = [chance.choice(WORDS)]
    return " ".join(words)


def amended(chance, blocks):
    """The text as one body would have it: reworded, added, deleted, moved, split, joined."""
    blocks = list(blocks)
    for _ in range(chance.randint(0, 4)):
        act = chance.randrange(8)
        place = chance.randint(0, len(blocks))
        if act == 0:
            blocks.insert(place, line(chance))
        if place == len(blocks):
            continue
        if act == 1:
            del blocks[place]
        elif act == 2:
            blocks.insert(chance.randrange(len(blocks)), blocks.pop(place))
        elif act == 3:
            words = blocks[place].split()
            cut = chance.randint(0, len(words))
            blocks[place : place + 1] = [" ".join(words[:cut]), " ".join(words[cut:])]
        elif act == 4:
            blocks[place : place + 2] = [" ".join(blocks[place : place + 2])]
        elif act > 4:
            blocks[place] = _reworded(chance, blocks[place])
    return blocks


def scene(seed):
    """A base and up to five amendments, sometimes a wholly different text among them."""
    chance = random.Random(seed)
    base = text(chance)
    proposals = {name: amended(chance, base) for name in "ABCDE"[: chance.randint(1, 5)]}
    if chance.random() < 0.05:
        proposals["Z"] = text(chance)
    parsed = {name: parse("\n\n".join(blocks)) for name, blocks in proposals.items()}
    return parse("\n\n".join(base)), parsed
