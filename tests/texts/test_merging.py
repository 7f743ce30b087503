"""What holds of every merge, by generated texts; and what the corpus does not say by example."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motions.texts import alignment, changes, operations, plans, touches
from motions.texts.blocks import parse
from motions.texts.comparing import State, compare
from motions.texts.merging import is_stale, merge
from motions.texts.pieces import pieces
from motions.texts.plans import Plan
from motions.texts.spoken import sentences
from tests.texts.amending import scene, wording

pytestmark = pytest.mark.drill

SEEDS = 400
SEEDS_DRILLED = 10_000


@pytest.fixture(scope="module")
def scenes(is_drill):
    return [scene(seed) for seed in range(SEEDS_DRILLED if is_drill else SEEDS)]


def words(blocks):
    return Counter(word for block in blocks for word in pieces(block.text).words)


def test_merge_of_one_amendment_is_its_text(scenes):
    for base, proposals in scenes:
        for name, proposal in proposals.items():
            merged = merge(base, {name: proposal})
            assert wording(merged.blocks) == wording(proposal)
            assert (merged.collisions, merged.hints) == ((), ())


def test_merge_in_any_order_is_the_same(scenes):
    for base, proposals in scenes:
        backwards = dict(reversed(proposals.items()))
        assert merge(base, backwards) == merge(base, proposals)


def test_merge_of_the_same_twice_is_as_once(scenes):
    for base, proposals in scenes:
        once = merge(base, proposals)
        twice = merge(base, proposals | {f"{name}2": p for name, p in proposals.items()})
        assert twice.blocks == once.blocks
        assert [(c.kind, c.paragraph) for c in twice.collisions] == [
            (c.kind, c.paragraph) for c in once.collisions
        ]


def test_merge_with_the_base_itself_changes_nothing(scenes):
    for base, proposals in scenes:
        assert merge(base, proposals | {"base": base}) == merge(base, proposals)


def test_merge_gives_blocks_that_are_well_formed_and_keep_their_keys(scenes):
    for base, proposals in scenes:
        merged = merge(base, proposals).blocks
        assert len({block.key for block in merged}) == len(merged)
        assert all(block.text == " ".join(block.text.split()) != "" for block in merged)
        kept = [block.key for block in merged if block.key in {b.key for b in base}]
        assert kept == [block.key for block in base if block.key in set(kept)]


def _by(state, base, proposals):
    """The words that amendments insert, or delete, each counted for each of them."""
    found = Counter()
    for proposal in proposals.values():
        for row in compare(base, proposal):
            for segment in row.segments:
                if segment.state == state:
                    found.update(pieces(segment.text).words)
    return found


def test_merge_invents_and_loses_no_word(scenes):
    """What nobody deletes is there, and nothing is there that is not the base's or inserted."""
    for base, proposals in scenes:
        before, after = words(base), words(merge(base, proposals).blocks)
        assert after <= before + _by(State.INSERTED, base, proposals)
        assert before - _by(State.DELETED, base, proposals) <= after


def test_collision_names_those_who_differ_and_their_own_wording(scenes):
    for base, proposals in scenes:
        for collision in merge(base, proposals).collisions:
            assert list(collision.amendments) == sorted(collision.amendments)
            assert len(collision.amendments) == len(collision.texts) > 1
            assert any(collision.texts)
            assert 1 <= collision.paragraph <= max(len(base), 1)
            for name, text in zip(collision.amendments, collision.texts, strict=True):
                assert words(parse(text)) <= words(proposals[name])


def test_operations_applied_to_the_base_give_the_proposal(scenes):
    for base, proposals in scenes:
        for proposal in proposals.values():
            some = operations.from_json(operations.to_json(operations.derive(base, proposal)))
            assert wording(operations.apply(some, base)) == wording(proposal)


def test_sentences_are_said_exactly_when_something_changes(scenes):
    for base, proposals in scenes:
        for proposal in proposals.values():
            told = sentences(base, proposal)
            assert bool(told) == (wording(base) != wording(proposal))
            assert all(one.endswith((".", '."', '!"', '?"')) and "\n" not in one for one in told)


def test_compared_texts_are_both_there_character_for_character(scenes):
    for base, proposals in scenes:
        for proposal in proposals.values():
            rows = compare(base, proposal)
            assert [row.old for row in rows if row.old] == base
            assert wording(row.new for row in rows if row.new) == wording(proposal)
            for row in rows:
                assert _taken(row, State.INSERTED) == (row.old.text if row.old else "")
                assert _taken(row, State.DELETED) == (row.new.text if row.new else "")


def _taken(row, without):
    return "".join(segment.text for segment in row.segments if segment.state != without)


def test_merge_of_long_texts_takes_short_cuts_and_keeps_the_promises(scenes, monkeypatch):
    """Above the limits what is compared is cut into parts first; that changes no promise."""
    for module, limit in (
        (alignment, "FEW_PAIRS"),
        (alignment, "MAX_PAIRS"),
        (changes, "MAX_PAIRS"),
        (plans, "MAX_PAIRED"),
        (touches, "MOST_COMPARED"),
    ):
        monkeypatch.setattr(module, limit, 3)
    for check in (
        test_merge_of_one_amendment_is_its_text,
        test_merge_of_the_same_twice_is_as_once,
        test_merge_invents_and_loses_no_word,
    ):
        check(scenes[:150])


paragraph = st.lists(st.sampled_from(["a", "b", "c", "the", "fares,", "rise."]), max_size=8)
texts = st.lists(paragraph.map(" ".join), max_size=5).map("\n\n".join)


@given(texts, texts, texts)
def test_merge_of_any_texts_keeps_the_promises(base, one, other):
    old, proposals = parse(base), {"A": parse(one), "B": parse(other)}
    merged = merge(old, proposals)
    assert merge(old, {"B": proposals["B"], "A": proposals["A"]}) == merged
    assert wording(merge(old, {"A": proposals["A"]}).blocks) == wording(proposals["A"])
    if Plan.of(old, proposals["B"]).is_empty:
        assert wording(merged.blocks) == wording(proposals["A"])


@given(texts, texts)
def test_text_is_stale_exactly_when_its_wording_is_another(one, other):
    same = wording(parse(one)) == wording(parse(other))
    assert is_stale(parse(one), parse(other)) != same
