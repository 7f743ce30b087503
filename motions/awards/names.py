"""How a name is recognised when two bodies write it differently. Pure."""

from __future__ import annotations

import re
import unicodedata

_NOT_A_NAME = frozenset(
    {"cllr", "councillor", "dame", "dr", "lady", "lord", "miss", "mp", "mr", "mrs", "ms", "mx"}
    | {"prof", "professor", "rev", "reverend", "sir", "the"}
)


def key_of(name: str) -> str:
    """'Cllr. Siân O’Neill' and 'sian oneill' are 'sian oneill': letters and figures alone.

    Titles are left out unless nothing else is there.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.sub(r"[^\w\s]|_", "", re.sub(r"[-/.,]", " ", plain)).split()
    return " ".join([word for word in words if word not in _NOT_A_NAME] or words)[:150]
