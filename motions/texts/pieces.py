"""A block's text as words, signs and the gaps between them: what a word-level change refers to.

A piece is a word, a number ('£1,000', '25%'), an address, or a sign of punctuation; blanks are no
pieces but the gaps round them, so that no change is about a blank unless only blanks change.
Pieces and gaps together are the text, character for character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import ne

from motions.texts.characters import MARKS

_WORD = rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*"
_PIECE = (
    r"[^\W\d_]+(?=\s)"  # most words: no need to look closer
    r"|(?:https?://|www\.)\S*[\w/]"  # an address, less the full stop after it
    r"|[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+"
    r"|[£$€]?\d+(?:[.,:/]\d+)*(?:[^\W\d_]+|%)?"
    r"|(?:[^\W\d_]\.){2,}"  # e.g.
    rf"|{_WORD}(?:[-\u2010\u2011'\u2019]{_WORD})*(?:(?<=s)['\u2019](?!\w))?"
    r"|--+|\.\.+|\S"
)
_SPLIT = re.compile(rf"(\s*)({_PIECE})")
_CLOSING = frozenset("\"')]}\u2019\u201d\u00bb")

SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "was",
        "we",
        "were",
        "which",
        "who",
        "will",
        "with",
        "y",
        "yr",
        "yn",
        "i",
        "o",
        "a'r",
        "i'r",
        "o'r",
    ]
)
"""Words so common (English, Welsh) that two texts share them by chance."""


@dataclass(frozen=True)
class Pieces:
    """``gaps[k]`` stands before ``words[k]``; the last gap ends the text."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """The number, from 0, of the sentence that each word is in."""
        return _sentences(self.words, self.gaps)

    def text(self, start: int, end: int) -> str:
        """What stands from word ``start`` up to word ``end``, without the gaps round it."""
        if start >= end:
            return ""
        parts = [self.words[start]]
        for k in range(start + 1, end):
            parts += (self.gaps[k], self.words[k])
        return "".join(parts)


def is_word(piece: str) -> bool:
    """Whether a piece is more than punctuation."""
    return piece[0].isalnum() or (len(piece) > 1 and any(map(str.isalnum, piece)))


def is_small(piece: str) -> bool:
    """Whether a piece says nothing by itself: punctuation, or one of the ``SMALL`` words."""
    return piece.lower() in SMALL or not is_word(piece)


def ends_sentence(piece: str) -> bool:
    """Whether a piece is (or ends in) what ends a sentence."""
    return piece[-1] in "!?\u2026" or piece == "." or piece.startswith("..")


def common_ends(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """How many words two texts both begin with, and how many of the rest both end with."""
    head = _common_head(one, other)
    tail = _common_head(one[::-1], other[::-1])
    return head, min(tail, min(len(one), len(other)) - head)


def _common_head(one: Sequence[str], other: Sequence[str]) -> int:
    differs = list(map(ne, one, other))  # a loop in Python takes five times as long
    return differs.index(True) if True in differs else len(differs)


def _sentences(words: Sequence[str], gaps: Sequence[str]) -> tuple[int, ...]:
    """A sentence ends at a stop, with the quotes and brackets that close after it, when a blank
    follows and the next word begins with anything but a small letter."""
    numbers, number, is_over = [], 0, False
    for word, gap in zip(words, gaps, strict=False):
        if is_over and gap and not word[0].islower():
            number, is_over = number + 1, False
        elif is_over and not (not gap and word in _CLOSING):
            is_over = False
        numbers.append(number)
        is_over = is_over or ends_sentence(word)
    return tuple(numbers)


@lru_cache(maxsize=4096)
def pieces(text: str) -> Pieces:
    """The ``Pieces`` of one line of text."""
    found = _SPLIT.findall(text)
    if not found:
        return Pieces((), (text,))
    gaps, words = zip(*found, strict=True)
    rest = text[sum(map(len, words)) + sum(map(len, gaps)) :]
    return Pieces(words, (*gaps, rest))
