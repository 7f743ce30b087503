"""What people typed or pasted, made fit to store: cleaned with a notice, never refused.

A motion that comes at 23:58 with characters from Word, a PDF or a chat is taken; what nobody can
see is removed and the person is told. The one refusal is size, asked before anything is parsed.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from motions.texts import characters
from motions.texts.characters import visible
from motions.texts.pasting import tidy

MAX_BYTES = 256 * 1024
"""Of UTF-8: some forty thousand words, three times the longest policy paper."""

MARKS_PER_LETTER = 2
_EXTRA_MARKS = characters.mark_runs(MARKS_PER_LETTER)

_NAMES = {
    "\u00ad": "soft hyphen",
    "\u034f": "grapheme joiner",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
    "\u2800": "blank Braille pattern",
    "\ufffc": "embedded object",
}
_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_KINDS_NAMED = 5


class TextTooLong(ValueError):
    """The text has more bytes than may be parsed; the message is a sentence for the person."""


@dataclass(frozen=True)
class Cleaned:
    """A text fit to store, and what the person is to be told: sentences, none when nothing."""

    text: str
    notices: tuple[str, ...]


def _name(sign: str) -> str:
    """What to call a character that cannot be shown."""
    if sign in _NAMES:
        return _NAMES[sign]
    if sign in _DIRECTION:
        return "text-direction mark"
    category = unicodedata.category(sign)
    name = unicodedata.name(sign, "")
    if category == "Cc":
        return "control character"
    if "FILLER" in name:
        return "Hangul filler"
    if "VARIATION SELECTOR" in name:
        return "variation selector"
    if name.startswith("TAG ") or "LANGUAGE TAG" in name:
        return "tag character"
    return f"U+{ord(sign):04X} character"


def _listed(signs: list[str]) -> str:
    """'3 zero-width spaces, 1 soft hyphen', the most frequent first."""
    kinds = Counter(map(_name, signs)).most_common()
    named = [f"{times} {kind}{'s' * (times != 1)}" for kind, times in kinds[:_KINDS_NAMED]]
    if len(kinds) > _KINDS_NAMED:
        named.append(f"{sum(times for _, times in kinds[_KINDS_NAMED:])} of other kinds")
    return ", ".join(named)


def _characters(number: int) -> str:
    return f"{number} character{'s' * (number != 1)}"


def _notices(raw: str) -> Iterator[str]:
    """What will be said of ``raw`` (its line breaks already of one kind)."""
    hidden = characters.INVISIBLE.findall(raw)
    if hidden:
        yield f"Removed; they cannot be seen: {_listed(hidden)}."
    blank = characters.BLANK.findall(raw)
    if blank:
        yield f"Made into spaces, as they look like spaces: {_listed(blank)}."
    # A private character at the start of a line is Word's bullet: taken as one, nothing to tell.
    private = characters.PRIVATE.findall(characters.PRIVATE_BULLET.sub("", raw))
    if private:
        yield (
            f"{_characters(len(private))} of a private font made into spaces; "
            "other computers cannot show them."
        )


def _cap_marks(raw: str) -> tuple[str, int]:
    """``raw`` made visible with at most two marks a letter, and how many marks that took away."""
    shown = characters.INVISIBLE.sub("", raw)
    piled = sum(
        len(run.group()) - characters.MARKS_COMPOSED
        for run in characters.LONG_MARK_RUN.finditer(shown)
    )
    composed = visible(raw)
    text = _EXTRA_MARKS.sub(lambda run: run.group()[:MARKS_PER_LETTER], composed)
    return text, piled + len(composed) - len(text)


def clean(raw: str, *, max_bytes: int = MAX_BYTES) -> Cleaned:
    """``raw`` fit to store, with the notices for the person.

    Cleaning what is clean changes nothing. The count of words is the same before and after.
    Raises ``TextTooLong`` above ``max_bytes`` of UTF-8.
    """
    # A lone surrogate, which no form can send, has no UTF-8: let it through to be removed.
    if len(raw) > max_bytes or len(raw.encode("utf-8", "surrogatepass")) > max_bytes:
        raise TextTooLong(
            f"This text is too long to be read: {max_bytes // 1024} kB at most, about "
            f"{max_bytes // 6500 * 1000:,} words. Please shorten it or send it in parts."
        )
    raw = characters.LINE_BREAKS.sub("\n", raw)
    notices = list(_notices(raw))
    text, extra = _cap_marks(raw)
    if extra:
        notices.append(
            f"Removed: {_characters(extra)} piled above or below a letter; it may carry two."
        )
    return Cleaned(tidy(text), tuple(notices))
