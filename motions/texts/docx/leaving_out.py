"""What a document had that a motion cannot have, said in sentences."""

from __future__ import annotations

from collections import Counter

# kind -> (one, several, what became of it)
_SENTENCES = {
    "picture": ("picture", "pictures", "left out"),
    "text box": ("text box", "text boxes", "left out with their words: copy what belongs here"),
    "footnote": ("footnote", "footnotes", "left out"),
    "endnote": ("endnote", "endnotes", "left out"),
    "comment": ("comment", "comments", "left out"),
    "equation": ("equation", "equations", "left out"),
    "object": ("embedded object", "embedded objects", "left out"),
    "hidden": ("passage of hidden text", "passages of hidden text", "left out"),
    "deletion": ("tracked deletion", "tracked deletions", "left out, as if accepted"),
    "insertion": ("tracked insertion", "tracked insertions", "taken, as if accepted"),
    "table": ("table", "tables", "made into paragraphs, cell by cell: check their order"),
    "link": ("link", "links", "kept as words, without the address"),
    "number": (
        "number of several levels (such as 1.1)",
        "numbers of several levels (such as 1.1)",
        "made into bullets",
    ),
    "struck": (
        "passage that is struck through",
        "passages that are struck through",
        "kept: take out what is meant to be gone",
    ),
}
_PLAIN = {
    "margin": "The header or footer of the page was left out.",
    "look": "Bold, italics, underlining and colours are not kept: a motion is plain text.",
}


def sentences(counts: Counter[str]) -> tuple[str, ...]:
    """One sentence for each kind of thing, always in the same order."""
    said = []
    for kind, (one, several, fate) in _SENTENCES.items():
        number = counts[kind]
        if number == 1:
            said.append(f"1 {one} was {fate.replace('their', 'its')}.")
        elif number:
            said.append(f"{number} {several} were {fate}.")
    return (*said, *(sentence for kind, sentence in _PLAIN.items() if counts[kind]))
