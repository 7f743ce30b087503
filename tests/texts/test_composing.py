"""Several texts made one: nothing is lost, nothing misattributed, and each sees what became of it."""

from hypothesis import given
from hypothesis import strategies as st

from motions.texts import composing
from motions.texts.blocks import Kind, parse
from motions.texts.comparing import State
from motions.texts.composing import Clause, Outcome, Source, Standing
from tests.texts.strategies import sentence

paragraphs = st.one_of(
    sentence,
    sentence.map(lambda words: f"- {words}"),
    st.sampled_from(("Conference notes:", "Conference resolves:", "# Why")),
)
text = st.lists(paragraphs, min_size=1, max_size=6).map(lambda parts: parse("\n\n".join(parts)))
texts = st.lists(text, min_size=1, max_size=4).map(
    lambda some: dict(zip("ABCD", some, strict=False))
)


def sources(clauses):
    return sorted(source for clause in clauses for source in clause.sources)


def every_block(some):
    return sorted(Source(label, block.key) for label, blocks in some.items() for block in blocks)


@given(texts)
def test_union_has_every_block_as_the_source_of_exactly_one_clause(some):
    assert sources(composing.union(some)) == every_block(some)


@given(texts)
def test_union_says_nothing_that_none_of_its_sources_says(some):
    for clause in composing.union(some):
        assert composing.standing(clause, some) is Standing.KEPT


@given(text)
def test_union_of_one_text_is_that_text(one):
    found = composing.union({"A": one})
    assert [(clause.kind, clause.text) for clause in found] == [(b.kind, b.text) for b in one]


@given(text)
def test_union_with_itself_is_the_text_once_with_both_as_sources(one):
    found = composing.union({"A": one, "B": one})
    assert [clause.text for clause in found] == [block.text for block in one]
    assert all({source.text for source in clause.sources} == {"A", "B"} for clause in found)


@given(texts)
def test_attributed_finds_the_sources_of_words_that_somebody_left_unnamed(some):
    unnamed = [Clause(block.kind, block.text) for blocks in some.values() for block in blocks]
    for clause in composing.attributed(unnamed, some):
        assert composing.standing(clause, some) is Standing.KEPT


@given(texts)
def test_attributed_twice_is_attributed_once(some):
    once = composing.attributed(composing.union(some), some)
    assert once == composing.union(some)
    assert composing.attributed(once, some) == once


@given(texts, st.integers(0, 5))
def test_fates_tell_of_every_block_whether_it_is_in_the_draft(some, left_out):
    draft = composing.union(some)[left_out:]
    inside = set(sources(draft))
    for label, blocks in some.items():
        told = composing.fates(label, blocks, draft)
        assert [fate.block.key for fate in told] == [block.key for block in blocks]
        for fate in told:
            is_in = Source(label, fate.block.key) in inside
            assert (fate.outcome is not Outcome.DROPPED) is is_in
            assert (fate.place is not None) is is_in


@given(texts)
def test_changed_words_of_a_fate_make_the_block_and_the_clause(some):
    draft = composing.union(some)
    for label, blocks in some.items():
        for fate in composing.fates(label, blocks, draft):
            old = "".join(s.text for s in fate.segments if s.state is not State.INSERTED)
            new = "".join(s.text for s in fate.segments if s.state is not State.DELETED)
            assert (old, new) == (fate.block.text, fate.clause.text)


NOTES_A = """Conference notes:

- that community energy lowers bills;
- that the rules of the grid hold societies back.

Conference resolves:

- to ask the NEC for a plan for community energy."""
NOTES_B = """Conference notes:

- that community energy lowers our bills;
- that branches want to begin.

Conference resolves:

- to train organisers in every region."""


def test_union_brings_sections_together_and_nearly_equal_clauses_once():
    some = {"A": parse(NOTES_A), "B": parse(NOTES_B)}
    found = composing.union(some)
    assert [(clause.text, [source.text for source in clause.sources]) for clause in found] == [
        ("Conference notes:", ["A", "B"]),
        ("that community energy lowers bills;", ["A", "B"]),
        ("that the rules of the grid hold societies back.", ["A"]),
        ("that branches want to begin.", ["B"]),
        ("Conference resolves:", ["A", "B"]),
        ("to ask the NEC for a plan for community energy.", ["A"]),
        ("to train organisers in every region.", ["B"]),
    ]


def test_fates_show_the_word_that_was_changed():
    some = {"A": parse(NOTES_A), "B": parse(NOTES_B)}
    fate = composing.fates("B", some["B"], composing.union(some))[1]
    assert (fate.outcome, fate.place) == (Outcome.REWORDED, 2)
    assert [(segment.state, segment.text) for segment in fate.segments] == [
        (State.KEPT, "that community energy lowers "),
        (State.DELETED, "our "),
        (State.KEPT, "bills;"),
    ]


def test_openings_of_different_sections_are_never_one_clause():
    some = {"A": parse("Conference notes:"), "B": parse("Conference believes:")}
    assert [clause.text for clause in composing.union(some)] == [
        "Conference notes:",
        "Conference believes:",
    ]


def test_standing_of_a_clause_follows_its_sources():
    some = {"A": parse("One two three.")}
    key = some["A"][0].key
    assert composing.standing(Clause(Kind.PARAGRAPH, "Four."), some) is Standing.NEW
    reworded = Clause(Kind.PARAGRAPH, "One two four.", (Source("A", key),))
    assert composing.standing(reworded, some) is Standing.REWORDED


def test_clauses_of_a_text_that_stays_out_are_found():
    draft = [
        Clause(Kind.PARAGRAPH, "One.", (Source("A", "1"), Source("B", "1"))),
        Clause(Kind.PARAGRAPH, "Two.", (Source("B", "2"),)),
        Clause(Kind.PARAGRAPH, "Three."),
    ]
    assert composing.unbacked(draft, {"A"}) == [2]
    assert composing.unbacked(draft, {"A", "B"}) == []
