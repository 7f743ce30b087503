"""The one rule by which words are counted; ``static/js/words.js`` is its twin, clause by clause.

Numbers are words; a heading, a bullet or a paragraph are counted alike; the title is counted by
nobody (the caller leaves it out). Both counters pass ``tests/texts/golden_words.json``.

1.  The text is first made visible (``characters.visible``): invisible characters are passed over,
    blanks, exotic spaces and private characters count as spaces, and letters are composed (NFC).
    So the count of what was typed is the count of what will be stored.
2.  The text falls into lines. At the start of a line, bullet signs, ``#`` and then one number or
    letter of a list ('1.', '(2)', 'a)', 'iv.') are no words when something follows on the line.
3.  A line falls into chunks at spaces and tabs.
4.  A chunk that, less the punctuation around it, is a web address (``http://``, ``https://``,
    ``www.``, or a small-letter domain in one of ``DOMAINS``) or an e-mail address is one word.
5.  In any other chunk, a *run* is a letter or digit and the letters, digits and marks after it.
    Letters are the general category L, digits N, marks M. Everything else parts runs, unless
    all that stands between two runs is
    a. one apostrophe, one hyphen (-, U+2010, U+2011), or one of each: 'members'-only' is one;
    b. a full stop, comma, colon or slash with a decimal digit on either side: '1,000', '3.5',
       '10:30' and '30/06/2016' are one each;
    c. a full stop or ampersand between two single letters: 'e.g.', 'U.K.' and 'R&D' are one.
6.  A run, with the runs so joined to it, is one word. Dashes (U+2012 to U+2015, a hyphen with
    spaces, two hyphens), slashes, underscores, dots and all other signs therefore part words, and
    stand for none when alone: 'and/or' is two, 'Wales – England' is two, '50%' and '£1.5m' one.

A letter added to Unicode after ``characters.UNICODE_VERSION`` parts words here; a newer browser
may count fewer. The server's count is the one that decides.
"""

from __future__ import annotations

import re
from collections import Counter

from motions.texts.characters import MARKS, visible

LONG_WORD = 45
"""Letters and digits above which a 'word' is shown to the CAC."""

DOMAINS = "coop|uk|org|com|net|eu|wales|cymru|scot|london"

LIST_NUMBER = r"(?:\(?(?:[0-9]{1,2}|[a-z]|[ivx]{2,5})[.)]|\(?[A-Z]\))[ \t]+(?=[^ \t])"
"""Clause 2: what numbers an item of a list. Capitals need a bracket: 'J. Smith' is a person."""

LIST_SIGN = (
    r"(?:[\u2022\u25cf\u25cb\u25e6\u25aa\u25ab\u25a0\u25a1\u2023\u2043\u2219][ \t]*"
    r"|[-\u2013\u2014*\u00b7\u27a2\u27a4\u2756\u2713\u2714\u2192#][ \t]+(?=[^ \t])"
    r"|[o\u00a7](?:\t| [ \t])[ \t]*(?=[^ \t]))"
)
"""Clause 2: bullets. Word's 'o' and '§' need a tab or two spaces: 'o Gymru' is Welsh."""

_MARKER = re.compile(rf"[ \t]*{LIST_SIGN}*(?:{LIST_NUMBER})?")
_CHUNK = re.compile(r"[^ \t]+")
_RUN = re.compile(rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*")
_JOINT = re.compile("[-\u2010\u2011]['\u2018\u2019\uff07]?|['\u2018\u2019\uff07][-\u2010\u2011]?")
_AROUND = ".,;:!?()[]'\"\u2018\u2019\u201c\u201d"
_SINGLE = re.compile(rf"[^\W\d_][{MARKS}]*")
_URL = "[A-Za-z0-9._~:/?#@!$&'()*+,;=%\\[\\]-]"
_ADDRESS = re.compile(
    rf"[hH][tT][tT][pP][sS]?://{_URL}+|[wW][wW][wW]\.{_URL}+"
    r"|(?:mailto:)?[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    rf"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:{DOMAINS})(?:/{_URL}*)?"
)


def _joins(gap: str, before: str, after: str) -> bool:
    """Whether what stands between two runs keeps them one word (clause 5)."""
    if _JOINT.fullmatch(gap):
        return True
    if len(gap) != 1:
        return False
    if gap in ".,:/" and before[-1].isdecimal() and after[0].isdecimal():
        return True
    return gap in ".&" and bool(_SINGLE.fullmatch(before) and _SINGLE.fullmatch(after))


def _in_chunk(chunk: str) -> list[str]:
    """The words of one chunk (clauses 4 to 6)."""
    bare = chunk.strip(_AROUND)
    if bare.isalpha() and bare.isascii():  # nine chunks of ten: no need to look closer
        return [bare]
    runs = list(_RUN.finditer(chunk))
    if len(runs) < 2:
        return [run.group() for run in runs]
    inside = chunk[runs[0].start() : runs[-1].end()]
    if ("." in inside or ":" in inside) and _ADDRESS.fullmatch(inside):
        return [inside]
    words, start = [], runs[0].start()
    for run, following in zip(runs, runs[1:], strict=False):
        gap = chunk[run.end() : following.start()]
        if not _joins(gap, run.group(), following.group()):
            words.append(chunk[start : run.end()])
            start = following.start()
    words.append(chunk[start : runs[-1].end()])
    return words


def _chunks(text: str) -> list[str]:
    """The chunks of every line, its list marker left out (clauses 1 to 3)."""
    lines = visible(text).split("\n")
    return [chunk for line in lines for chunk in _CHUNK.findall(line, _MARKER.match(line).end())]


def tokens(text: str) -> list[str]:
    """The words of ``text``, in order, as they are counted."""
    return [word for chunk in _chunks(text) for word in _in_chunk(chunk)]


def count(text: str) -> int:
    """How many words ``text`` has by the rule above."""
    # Prose repeats itself: each different chunk is looked at once.
    return sum(times * len(_in_chunk(chunk)) for chunk, times in Counter(_chunks(text)).items())


def long_words(text: str) -> list[str]:
    """The words with more than ``LONG_WORD`` letters and digits, each once, for the CAC to see.

    Nothing is refused for them: a place name may be long, and words glued together to slip under
    a limit are for people to judge.
    """
    return [
        word
        for word in dict.fromkeys(tokens(text))
        if len(word) > LONG_WORD and sum(sign.isalnum() for sign in word) > LONG_WORD
    ]
