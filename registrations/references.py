"""Short references people can read aloud and type: 'K7M4-9XQ2'."""

from __future__ import annotations

import itertools
import re
import secrets

# No vowels (no words by accident), nothing that looks like something else (0 O, 1 I L).
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
PATTERN = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}\Z")


def new() -> str:
    """A fresh reference. Not a secret: it opens nothing."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def tidy(typed: str) -> str:
    """What somebody typed, as it is stored: capitals, one dash, no spaces."""
    kept = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    return f"{kept[:4]}-{kept[4:]}" if len(kept) == 8 else kept


def found_in(typed: str) -> str:
    """The reference in what a payer typed on a bank transfer; '' when there is none.

    Its two halves may stand apart, in small letters or run together: 'coop party K7m4 9xq2'.
    """
    words = re.findall(r"[0-9A-Z]+", typed.upper())
    for first, second in itertools.zip_longest(words, words[1:], fillvalue=""):
        for joined in (first, first + second):
            if len(joined) == 8 and PATTERN.match(drawn := f"{joined[:4]}-{joined[4:]}"):
                return drawn
    return ""
