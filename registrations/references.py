"""Short references people can read aloud and type: 'K7M4-9XQ2'."""

from __future__ import annotations

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
