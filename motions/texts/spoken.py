"""An amendment in the sentences a chair reads out: 'In paragraph 3, delete "x", insert "y".'

Paragraphs are the base's blocks counted from 1, bullets and headings too. Whoever hears a sentence
must find the one place it means: words that stand more than once in the paragraph are told apart
('the second "fares"'), capitals or not, as they sound the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from motions.texts.alignment import LEAST, likeness
from motions.texts.blocks import Block, Kind
from motions.texts.comparing import Passage, passages
from motions.texts.pieces import Pieces, is_word, pieces
from motions.texts.plans import Plan, is_same

MANY_PASSAGES = 6
"""From so many changes on a paragraph is easier read out as a whole,"""

MOST_CHANGED = 0.7
"""or when more than this share of its words changes."""

LONG = 16
"""Words from which a deletion is named by where it begins and ends."""

_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
_NOUNS = {
    Kind.PARAGRAPH: "paragraph",
    Kind.BULLET: "bullet point",
    Kind.HEADING: "heading",
    Kind.CLAUSE: "paragraph",
}
_CONTEXT = 6


def sentences(base: Sequence[Block], proposal: Sequence[Block]) -> list[str]:
    """What makes ``proposal`` of ``base``, in reading order; nothing when they are the same."""
    plan = Plan.of(base, proposal)
    if plan.whole is not None:
        texts = " ".join(_quoted(block.text) for block in plan.whole)
        return [_ended(f"Replace the whole text with: {texts}")]
    moved = _moved(base, plan)
    plan, split = _split(base, plan)
    found = list(_inserted(plan, 0, moved))
    run: list[int] = []
    for place, block in enumerate(base):
        if place in plan.deleted and place not in moved.values():
            run.append(place + 1)
        elif run:
            found, run = [*found, _deleted(run)], []
        if place in split:
            found.append(split[place])
        elif place in plan.replaced:
            found.append(_changed(place + 1, block, plan.replaced[place]))
        come = list(_inserted(plan, place + 1, moved))
        if come and run:
            found, run = [*found, _deleted(run)], []
        found += come
    return [*found, _deleted(run)] if run else found


def _moved(base: Sequence[Block], plan: Plan) -> dict[int, int]:
    """Gaps whose only new block is one deleted elsewhere, and from where it moves."""
    left = sorted(plan.deleted)
    found = {}
    for gap, come in sorted(plan.inserted.items()):
        source = next((place for place in left if is_same(base[place], come[0])), None)
        if len(come) == 1 and source is not None:
            found[gap] = source
            left.remove(source)
    return found


def _split(base: Sequence[Block], plan: Plan) -> tuple[Plan, dict[int, str]]:
    """The sentences for paragraphs that are split where they can be said so, and the plan without
    the parts those sentences already speak of."""
    said, inserted = {}, dict(plan.inserted)
    for place in plan.split:
        old, parts = base[place], plan.parts(place)
        a, b = pieces(old.text), pieces("\n".join(part.text for part in parts))
        some = passages(a, b)
        breaks = [passage for passage in some if b.gaps[passage.at] == "\n"]
        if len(breaks) != len(parts) - 1 or old.kind != parts[0].kind or len(some) > MANY_PASSAGES:
            continue
        phrases = []
        for passage in some:
            if passage in breaks:
                where = _where(a, passage.start)
                phrases.append(f"begin a new {_NOUNS[old.kind]} {where}")
            if not (passage in breaks and passage.is_blank):
                phrases.append(_phrase(a, b, *_widened(a, b, [passage])))
        if any("\n" in phrase for phrase in phrases):
            continue
        said[place] = _ended(f"In paragraph {place + 1}, {'; '.join(phrases)}")
        before, after = plan.split[place]
        come = inserted.get(place, ())
        inserted[place] = come[: len(come) - before]
        inserted[place + 1] = inserted.get(place + 1, ())[after:]
    left = {gap: come for gap, come in inserted.items() if come}
    return replace(plan, inserted=left), said


def _quoted(text: str) -> str:
    return f'"{text}"'


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(('."', '!"', '?"')) else f"{sentence}."


def _inserted(plan: Plan, gap: int, moved: dict[int, int]) -> Iterator[str]:
    if gap in moved:
        where = f"to follow paragraph {gap}" if gap else "to the beginning"
        yield f"Move paragraph {moved[gap] + 1} {where}."
    elif gap in plan.inserted:
        come = "; ".join(
            f"a new {_NOUNS[block.kind]}: {_quoted(block.text)}" for block in plan.inserted[gap]
        )
        where = f"After paragraph {gap}" if gap else "At the beginning"
        yield _ended(f"{where}, insert {come}")


def _deleted(run: Sequence[int]) -> str:
    if len(run) == 1:
        return f"Delete paragraph {run[0]}."
    return f"Delete paragraphs {run[0]} {'and' if len(run) == 2 else 'to'} {run[-1]}."


def _changed(number: int, old: Block, new: Block) -> str:
    """The sentence about one paragraph that stays."""
    a, b = pieces(old.text), pieces(new.text)
    some = _widened(a, b, passages(a, b))
    changed = sum(passage.end - passage.start for passage in some)
    noun = _NOUNS[new.kind]
    is_turned = noun != _NOUNS[old.kind] and not new.marker
    if old.text == new.text:
        return f"Make paragraph {number} a {noun}."
    is_rewritten = likeness(old, new) < LEAST or changed > MOST_CHANGED * len(a.words) > 2
    if is_rewritten or len(some) >= MANY_PASSAGES:
        instead = f"a {noun}: " if is_turned else "" if noun == "paragraph" else ": "
        with_what = f"with {instead}" if is_turned else "with: "
        return _ended(f"Replace paragraph {number} {with_what}{_quoted(new.text)}")
    phrases = [_phrase(a, b, passage) for passage in some]
    if is_turned:
        phrases.insert(0, f"make it a {noun}")
    return _ended(f"In paragraph {number}, {'; '.join(phrases)}")


def _widened(a: Pieces, b: Pieces, some: Sequence[Passage]) -> list[Passage]:
    """The passages, those about signs or blanks alone with the word beside them, so that there is
    something to read out."""
    found: list[Passage] = []
    for passage in some:
        start, end, at, until = passage.start, passage.end, passage.at, passage.until
        said = [*a.words[start:end], *b.words[at:until]]
        while not any(map(is_word, said)) and start > 0 and at > 0:
            start, at = start - 1, at - 1
            said.append(a.words[start])
        if not any(map(is_word, said)) and end < len(a.words) and until < len(b.words):
            end, until = end + 1, until + 1
        if found and start <= found[-1].end:
            found[-1] = Passage(found[-1].start, end, found[-1].at, until)
        else:
            found.append(Passage(start, end, at, until))
    return found


def _phrase(a: Pieces, b: Pieces, passage: Passage) -> str:
    come = _quoted(b.text(passage.at, passage.until))
    if passage.start == passage.end:
        return f"{_where(a, passage.start)}, insert {come}"
    gone = _gone(a, passage.start, passage.end)
    return f"delete {gone}" if passage.at == passage.until else f"delete {gone}, insert {come}"


def _places(a: Pieces, start: int, end: int) -> list[int]:
    """Where the words ``start`` to ``end`` stand in the paragraph, as one hears them."""
    words = [word.casefold() for word in a.words]
    sought = words[start:end]
    return [k for k in range(len(words)) if words[k : k + len(sought)] == sought]


def _named(a: Pieces, start: int, end: int) -> str:
    """Words of the paragraph so that they are found: '"x"', or 'the second "x"'."""
    places = _places(a, start, end)
    said = _quoted(a.text(start, end))
    if len(places) == 1:
        return said
    number = places.index(start)
    if number < len(_ORDINALS):
        return f"the {_ORDINALS[number]} {said}"
    return f"{said} (number {number + 1} in the paragraph)"


def _where(a: Pieces, place: int) -> str:
    """The place of an insertion, by the words before it."""
    if place == 0:
        return "at the beginning"
    if place == len(a.words):
        return "at the end"
    first = place - 1
    while first > 0 and not is_word(a.words[first]):
        first -= 1
    for start in range(first, max(first - _CONTEXT, -1), -1):
        if is_word(a.words[start]) and len(_places(a, start, place)) == 1:
            return f"after {_quoted(a.text(start, place))}"
    return f"after {_named(a, first, place)}"


def _gone(a: Pieces, start: int, end: int) -> str:
    """Words to delete; many are named by the first and the last of them."""
    if end - start < LONG:
        return _named(a, start, end)
    first = next((k for k in range(4, 9) if len(_places(a, start, start + k)) == 1), 8)
    last = next((k for k in range(4, 9) if len(_places(a, end - k, end)) == 1), 8)
    to = f"to {_named(a, end - last, end)}" if end < len(a.words) else "to the end"
    return f"from {_named(a, start, start + first)} {to}"
