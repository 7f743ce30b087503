"""Lines as people paste them, made into paragraphs, bullets and headings.

The result has one form: blocks parted by an empty line, bullets on lines of their own that begin
with '- ', headings with '# '. Pure functions on text that ``characters.visible`` has been through.
"""

from __future__ import annotations

import re

from motions.texts.words import LIST_NUMBER, LIST_SIGN

NUMBERED = re.compile(LIST_NUMBER)
_SIGNS = re.compile(rf"[ \t]*({LIST_SIGN}*)")
_SENTENCE_END = tuple(".:;!?")
_WRAP_WIDTHS = range(50, 101)
"""Lengths of the longest line at which a mail program breaks prose, in characters."""

_VERBS = (
    "notes|notices|believes|resolves|calls|recogni[sz]es|welcomes|regrets|condemns|congratulates"
    "|instructs|urges|affirms|reaffirms|agrees|asks|requests|supports|opposes|acknowledges"
    "|thanks|considers|commits|demands|encourages|mandates|recalls|deplores|applauds|celebrates"
)
_CLAUSE = re.compile(
    rf"(?:This )?(?:Annual )?(?-i:C)onference,? (?:[a-z]+,? ){{0,2}}(?:{_VERBS})\b"
    r"|Mae['\u2019]r [Gg]ynhadledd\b",
    re.IGNORECASE,
)
_CLAUSE_WORDS = 30
_BARE_CLAUSE_WORDS = 5


def is_clause(text: str) -> bool:
    """Whether a line opens a clause ('Conference notes', 'This Conference calls on the NEC to:').

    It does when it begins with Conference and what Conference does, and either ends in a colon
    or is no more than that. 'Conference notes that fares have risen.' is a paragraph.
    """
    if not _CLAUSE.match(text):
        return False
    length = len(text.split())
    if text.endswith(":"):
        return length <= _CLAUSE_WORDS
    return length <= _BARE_CLAUSE_WORDS and text[-1] not in ".;,!?"


def _canonical(line: str) -> str:
    """A line less its surrounding spaces, its bullet sign made '- ' and its heading sign '# '."""
    lead = _SIGNS.match(line)
    rest = " ".join(line[lead.end() :].split())
    if not lead.group(1):
        return "" if rest == "-" else rest  # a bullet nobody wrote anything to
    if not rest:
        return ""
    if "#" in lead.group(1):
        return f"# {rest}"
    return rest if NUMBERED.match(rest) else f"- {rest}"  # a number is sign enough


def _starts_block(line: str) -> bool:
    """Whether a line (in its one form) begins a block whatever stands above it."""
    return line.startswith(("- ", "# ")) or bool(NUMBERED.match(line)) or is_clause(line)


def _ends_block(line: str) -> bool:
    return line.startswith("# ") or is_clause(line)


def _continues(line: str, following: str, width: int) -> bool:
    """Whether ``following`` is the rest of a paragraph that a mail program or a PDF broke.

    It is when ``line`` is no finished sentence, and the next begins small or its first word
    would not have fitted. A wrong guess shows in the preview and changes no word.
    """
    if _starts_block(following) or _ends_block(line) or line.endswith(_SENTENCE_END):
        return False
    if following[0].islower():
        return True
    return width in _WRAP_WIDTHS and len(line) + 1 + len(following.split()[0]) > width


def _makes_sign(line: str, following: str) -> bool:
    """Whether the two joined would read as a list sign or number that ``line`` alone was not."""
    joined = f"{line} {following}"
    if NUMBERED.match(joined):
        return not NUMBERED.match(line)
    return _canonical(joined) != joined


def _paragraphs(lines: list[str]) -> list[str]:
    """The blocks of one run of lines between empty lines."""
    width = max(map(len, lines))
    blocks, last = [], None
    for line in lines:
        if last is not None and _continues(last, line, width) and not _makes_sign(last, line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
        last = line
    return [" ".join(block) for block in blocks]


def tidy(text: str) -> str:
    """``text`` in the one form. Words, and their number, stay what they were."""
    runs, run = [], []
    for raw in [*text.split("\n"), ""]:
        line = _canonical(raw)
        if line:
            run.append(line)
        elif run:
            runs.append(run)
            run = []
    return join([block for run in runs for block in _paragraphs(run)])


def join(blocks: list[str]) -> str:
    """Blocks in their one form as one text: an empty line between them, none between bullets."""
    parts = []
    for block, before in zip(blocks, ["", *blocks], strict=False):
        if parts:
            together = block.startswith("- ") and before.startswith("- ")
            parts.append("\n" if together else "\n\n")
        parts.append(block)
    return "".join(parts)
