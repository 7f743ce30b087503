"""The nominee's personal link: 192 bits, stored hashed, theirs alone, at an end with the conference."""

from __future__ import annotations

import hashlib
import secrets


def fresh() -> str:
    """A new token, told once, in a mail."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """What is stored of it."""
    return hashlib.sha256(token.encode()).hexdigest()
