"""A merge told to people, as plain text: each amendment in words, the text, what collides."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from motions.texts.blocks import Block, rendered
from motions.texts.collisions import Collision, CollisionKind, Hint
from motions.texts.merging import Merged
from motions.texts.spoken import sentences

WIDTH = 88

_SAID = {
    CollisionKind.OVERLAP: "the same words are changed in different ways",
    CollisionKind.DELETE_VS_CHANGE: "deleted here, changed there",
    CollisionKind.DOUBLE_INSERT: "inserted at the same point; which comes first, or only one?",
    CollisionKind.REPLACE_ALL: "the whole text is replaced",
}


def report(base: Sequence[Block], proposals: Mapping[str, Sequence[Block]], merged: Merged) -> str:
    """The whole report, its last line without a line break."""
    parts = [
        *_amendments(base, proposals),
        "MERGED TEXT"
        + (" (the base's wording where amendments collide)" * bool(merged.collisions)),
        *(_filled(rendered(block), "  ") for block in merged.blocks),
        *([] if merged.blocks else ["  (nothing)"]),
        f"COLLISIONS: {len(merged.collisions) or 'none'}",
        *map(_collision, merged.collisions),
    ]
    if merged.hints:
        parts += ["TO READ", *map(_hint, merged.hints)]
    return "\n\n".join(parts)


def _filled(text: str, indent: str, first: str | None = None) -> str:
    hanging = indent + "  " * text.startswith("- ")
    return "\n".join(
        textwrap.fill(
            line,
            WIDTH,
            initial_indent=(indent if first is None else first) if not k else indent,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for k, line in enumerate(text.split("\n"))
    )


def _amendments(base: Sequence[Block], proposals: Mapping[str, Sequence[Block]]) -> Iterator[str]:
    yield "AMENDMENTS"
    if not proposals:
        yield "  none"
    for name, proposal in proposals.items():
        said = sentences(base, proposal) or ["Changes nothing."]
        yield "\n".join([f"  {name}", *(_filled(one, "    ") for one in said)])


def _collision(found: Collision) -> str:
    lines = [
        f"  Paragraph {found.paragraph}: {found.kind.value} ({_SAID[found.kind]})",
        _filled(found.base or "(nothing)", "      ", "    base: "),
    ]
    lines += [
        _filled(text or "(deleted)", "      ", f"    {name}: ")
        for name, text in zip(found.amendments, found.texts, strict=True)
    ]
    return "\n".join(lines)


def _hint(found: Hint) -> str:
    return "\n".join(
        [
            _filled(
                f"Paragraph {found.paragraph} ({', '.join(found.amendments)}). {found.why}", "  "
            ),
            _filled(found.text or "(nothing)", "    "),
        ]
    )
