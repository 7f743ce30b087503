"""Which characters a text may hold, as explicit tables that ``static/js/words.js`` repeats.

The tables are ranges of code points, not Unicode properties, so that the page and the server
agree whatever edition of Unicode each of them knows. Only letters, digits (``[^\\W_]``, which is
exactly the general categories L and N) and combining marks (category M) come from the library.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Shown by no font: they only serve to hide, to steer direction, or to glue words together.
# Nonspacing or not, they are taken out and the text reads the same.
INVISIBLE_RANGES = (
    "\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f"  # controls but tab and line breaks
    "\\u00ad\\u034f\\u061c"  # soft hyphen, grapheme joiner, Arabic letter mark
    "\\u17b4\\u17b5\\u180b-\\u180f"  # Khmer inherent vowels, Mongolian selectors
    "\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f"  # zero-width, bidi, word joiner and kin
    "\\ufe00-\\ufe0f\\ufeff\\ufff0-\\ufffb"  # variation selectors, byte order mark, annotations
    "\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff"  # lone surrogates, noncharacters
    "\\U00013430-\\U0001343f\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a"  # script controls
    "\\U000e0000-\\U000e0fff"  # tags and further variation selectors
)
# Shown as nothing, but as wide as a letter: on the screen they part words, so they become spaces.
BLANK_RANGES = "\\u115f\\u1160\\u2800\\u3164\\uffa0\\ufffc\\U0001d159"
# Every other kind of space. No notice: nobody can see a difference.
SPACE_RANGES = "\\xa0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000"
# Private use: Word's Symbol and Wingdings bullets arrive here; elsewhere nobody else can read them.
PRIVATE_RANGES = "\\ue000-\\uf8ff\\U000f0000-\\U0010ffff"

INVISIBLE = re.compile(f"[{INVISIBLE_RANGES}]")
BLANK = re.compile(f"[{BLANK_RANGES}]")
SPACE = re.compile(f"[{SPACE_RANGES}]")
PRIVATE = re.compile(f"[{PRIVATE_RANGES}]")
PRIVATE_BULLET = re.compile(f"^([ \t]*)[{PRIVATE_RANGES}]", re.MULTILINE)


def _ranges(codes: Iterable[int]) -> str:
    """The inside of a regex class for a sorted run of code points."""
    spans: list[list[int]] = []
    for code in codes:
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in spans)


# All marks of Unicode lie in planes 0 and 1 and among the tags (which are invisible, above).
MARKS = _ranges(code for code in range(0x300, 0x20000) if unicodedata.category(chr(code))[0] == "M")

# Canonical ordering is quadratic in a run of marks; nobody writes more than eight on a letter.
MARKS_COMPOSED = 8


def mark_runs(longer_than: int) -> re.Pattern[str]:
    """Runs of more marks than that. No mark is below U+0300: most letters are passed over fast."""
    return re.compile(f"(?![\\0-\u02ff])[{MARKS}]{{{longer_than}}}[{MARKS}]+")


LONG_MARK_RUN = mark_runs(MARKS_COMPOSED)

HAS_SPECIAL = re.compile("[^\t\n -~]")


def visible(text: str) -> str:
    """``text`` as its reader sees it: one kind of line break, one kind of space, nothing hidden.

    Composed (NFC), so that equal-looking texts are equal. The order of the steps is part of the
    counting rule: ``words.js`` takes the same steps in the same order.
    """
    if not HAS_SPECIAL.search(text):
        return text
    text = INVISIBLE.sub("", LINE_BREAKS.sub("\n", text))
    text = SPACE.sub(" ", BLANK.sub(" ", text))
    text = PRIVATE.sub(" ", PRIVATE_BULLET.sub("\\1\u2022", text))
    text = LONG_MARK_RUN.sub(lambda run: run.group()[:MARKS_COMPOSED], text)
    return unicodedata.normalize("NFC", text)


UNICODE_VERSION = unicodedata.unidata_version
"""Letters and marks younger than this break words here, and may not in a newer browser."""
