"""The two codes of a badge: a long one in its QR code and a short one that can be typed.

The long one is 128 bits drawn from the site's secret key and the credential's seed, so that a copy
of the database makes no badge; what is stored is its hash. The short one names the credential to a
signed-in steward and opens nothing by itself; its last character catches every single slip.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import uuid

from django.conf import settings
from django.utils.crypto import salted_hmac

from registrations.references import ALPHABET

HASH = re.compile(r"[0-9a-f]{64}\Z")
LONG = re.compile(r"[A-Z2-7]{26}\Z")
SHORT = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}\Z")


def hashed(code: str) -> str:
    """What is stored of a long code: 128 random bits need no salt."""
    return hashlib.sha256(code.encode()).hexdigest()


def long_code(seed: uuid.UUID, *, secret: str | None = None) -> str:
    """26 capitals and figures, which a QR code holds in its smallest alphabet."""
    salt = "registrations.credential"
    drawn = salted_hmac(salt, seed.hex, secret=secret, algorithm="sha256").digest()[:16]
    return base64.b32encode(drawn).decode().rstrip("=")


def printed_code(seed: uuid.UUID, code_hash: str) -> str | None:
    """The long code whose hash is stored, also after the site's secret key was changed.

    None when that key is gone for good: the badge printed then still works, a new print does not.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        code = long_code(seed, secret=secret)
        if hashed(code) == code_hash:
            return code
    return None


def new_short_code() -> str:
    """Seven drawn characters and the one that checks them: 'K7M4-9XQ2'."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return _dashed(drawn + check_character(drawn))


def check_character(drawn: str) -> str:
    """The Luhn check over our 28 letters: it changes whenever one character does."""
    size, total = len(ALPHABET), 0
    for place, character in enumerate(reversed(drawn)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // size + value % size
    return ALPHABET[-total % size]


def tidy(typed: str) -> str:
    """What was scanned or typed, as it is stored: capitals, and a dash in the middle of a short one."""
    kept = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    return _dashed(kept) if len(kept) == 8 else kept


def is_mistyped(code: str) -> bool:
    """Does a tidied code look like none of ours, so that looking for it is no use?"""
    if LONG.match(code):
        return False
    if not SHORT.match(code):
        return True
    bare = code.replace("-", "")
    return check_character(bare[:7]) != bare[7]


def _dashed(eight: str) -> str:
    return f"{eight[:4]}-{eight[4:]}"
