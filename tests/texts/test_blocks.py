"""Blocks: parsing, rendering, keys carried over, stored form."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motions.texts import alignment, blocks, words
from motions.texts.alignment import align, carry_keys
from motions.texts.blocks import Block, BlocksUnreadable, Kind, parse, render_text
from motions.texts.cleaning import clean
from tests.texts.strategies import any_text, sentence

pytestmark = pytest.mark.drill

MOTION = """# Fair fares

Conference notes:

- fares have risen by 25%
- wages have not

1. first

Conference calls on the NEC to:

Act."""

texts = st.lists(sentence, min_size=1, max_size=8).map("\n\n".join)


def keyless(some):
    return [(block.kind, block.text) for block in some]


def keys(some):
    return [block.key for block in some]


def test_parse_of_a_motion_tells_the_kinds_apart():
    assert keyless(parse(MOTION)) == [
        (Kind.HEADING, "Fair fares"),
        (Kind.CLAUSE, "Conference notes:"),
        (Kind.BULLET, "fares have risen by 25%"),
        (Kind.BULLET, "wages have not"),
        (Kind.BULLET, "1. first"),
        (Kind.CLAUSE, "Conference calls on the NEC to:"),
        (Kind.PARAGRAPH, "Act."),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Conference notes", Kind.CLAUSE),
        ("This Conference believes that:", Kind.CLAUSE),
        ("Conference further resolves to:", Kind.CLAUSE),
        ("CONFERENCE CALLS ON:", Kind.CLAUSE),
        ("Mae'r Gynhadledd yn nodi:", Kind.CLAUSE),
        ("Conference notes that fares have risen.", Kind.PARAGRAPH),
        ("Conference delegates met:", Kind.PARAGRAPH),
        ("conference notes", Kind.PARAGRAPH),
    ],
)
def test_parse_of_a_line_finds_the_opening_of_a_clause(line, kind):
    assert [block.kind for block in parse(line)] == [kind]


def test_parse_takes_only_empty_lines_and_bullets_as_breaks():
    assert keyless(parse("one\ntwo\n- three\nfour\n\nfive\n-\n- ")) == [
        (Kind.PARAGRAPH, "one two"),
        (Kind.BULLET, "three"),
        (Kind.PARAGRAPH, "four"),
        (Kind.PARAGRAPH, "five"),
    ]


def test_numbered_item_shows_its_marker_and_its_body():
    item, plain = parse("(a) act now\n\n- act")
    assert (item.marker, item.body) == ("(a)", "act now")
    assert (plain.marker, plain.body) == ("", "act")


@given(any_text)
def test_parse_of_rendered_blocks_is_the_blocks(text):
    some = parse(text)
    assert parse(render_text(some)) == some


@given(any_text)
def test_render_of_parsed_clean_text_is_the_text(raw):
    text = clean(raw).text
    assert render_text(parse(text)) == text


@given(any_text)
def test_keys_are_unique_and_made_from_the_text_alone(text):
    some = parse(text)
    assert len(set(keys(some))) == len(some)
    assert parse(text) == some


@given(any_text)
def test_count_of_blocks_is_the_count_of_the_text(raw):
    text = clean(raw).text
    some = parse(text)
    assert blocks.count(some) == words.count(text)
    assert sum(words.count(block.text) for block in some) == words.count(text)


@given(any_text)
def test_blocks_survive_json(text):
    some = parse(clean(text).text)
    assert blocks.from_json(json.loads(json.dumps(blocks.to_json(some)))) == some


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"format": 2, "blocks": []},
        {"format": 1, "blocks": [None]},
        {"format": 1, "blocks": [{"key": "0123456789ab", "kind": "verse", "text": "x"}]},
        {"format": 1, "blocks": [{"key": "../x", "kind": "paragraph", "text": "x"}]},
        {"format": 1, "blocks": [{"key": "0123456789ab", "kind": "paragraph", "text": ""}]},
        {"format": 1, "blocks": [{"key": "0123456789ab", "kind": "paragraph", "text": "a\nb"}]},
        {"format": 1, "blocks": [{"key": "0123456789ab", "kind": "paragraph", "text": "x"}] * 2},
    ],
)
def test_from_json_of_anything_else_is_refused(data):
    with pytest.raises(BlocksUnreadable):
        blocks.from_json(data)


@given(texts, st.lists(st.booleans(), min_size=8, max_size=8))
def test_carry_keys_after_deletions_keeps_the_keys_of_what_stayed(text, stays):
    old = parse(text)
    new = [block for block, stay in zip(old, stays, strict=False) if stay]
    carried = carry_keys(old, parse(render_text(new)))
    assert keyless(carried) == keyless(new)
    repeated = len(set(keyless(old))) < len(old)
    assert repeated or carried == new


@given(texts, st.lists(st.tuples(st.integers(0, 8), sentence), max_size=4))
def test_carry_keys_after_insertions_keeps_every_key_in_order(text, insertions):
    old = parse(text)
    lines = [block.text for block in old]
    for place, line in insertions:
        lines.insert(min(place, len(lines)), line)
    carried = carry_keys(old, parse("\n\n".join(lines)))
    kept = [block for block in carried if block.key in set(keys(old))]
    assert kept == old
    assert len(set(keys(carried))) == len(carried)


@given(texts, texts)
def test_carry_keys_to_any_text_changes_only_keys_and_keeps_them_unique(one, other):
    old, new = parse(one), parse(other)
    carried = carry_keys(old, new)
    assert keyless(carried) == keyless(new)
    assert len(set(keys(carried))) == len(carried)
    assert carry_keys(old, old) == old


@given(texts, texts)
def test_align_pairs_rise_and_keep_as_many_unchanged_blocks_as_possible(one, other):
    old, new = parse(one), parse(other)
    pairs = align(old, new)
    assert all(a < c and b < d for (a, b), (c, d) in zip(pairs, pairs[1:], strict=False))
    unchanged = sum(old[i].text == new[j].text for i, j in pairs)
    assert unchanged == longest_common([b.text for b in old], [b.text for b in new])


def longest_common(one, other):
    """The plain textbook length, to judge the alignment by."""
    row = [0] * (len(other) + 1)
    for a in one:
        above = row[:]
        for j, b in enumerate(other):
            row[j + 1] = above[j] + 1 if a == b else max(above[j + 1], row[j])
    return row[-1]


def test_carry_keys_to_a_reworded_paragraph_keeps_its_key():
    old = parse("Trains should be owned by passengers.\n\nBuses too.")
    new = parse("Trains and trams should be owned by their passengers.\n\nNothing alike here.")
    carried = carry_keys(old, new)
    assert carried[0].key == old[0].key
    assert carried[1].key not in keys(old)


def test_carry_keys_to_a_paragraph_made_a_bullet_keeps_its_key():
    old = parse("Act now.")
    assert keys(carry_keys(old, parse("- Act now."))) == keys(old)


def test_carry_keys_never_gives_a_taken_key_to_new_wording():
    first = parse("one two three\n\nfour five six")
    second = carry_keys(first, parse("four five six"))
    gone = first[0].key
    third = carry_keys(second, parse("four five six\n\none two three"), taken=keys(first))
    assert keys(third)[0] == first[1].key
    assert gone not in keys(third)


def test_carry_keys_of_repeated_paragraphs_aligns_in_order():
    old = parse("Same.\n\nSame.\n\nOther words here.")
    assert keys(carry_keys(old, parse("Same.\n\nOther words here."))) == [old[0].key, old[2].key]


def test_carry_keys_of_a_huge_rewrite_aligns_unchanged_blocks_only(monkeypatch):
    old = parse("\n\n".join(f"paragraph number {n}" for n in range(400)))
    order = [*range(100, 400), *range(50)]
    new = parse("\n\n".join(f"paragraph number {n}" for n in order))

    def never(*_):
        raise AssertionError("compared every pair of a huge text")

    monkeypatch.setattr(alignment, "_best", never)
    carried = carry_keys(old, new)
    assert keys(carried)[:300] == keys(old)[100:]
    assert not set(keys(carried)[300:]) & set(keys(old))


def test_blocks_with_the_same_text_get_different_keys():
    one, two = parse("Same.\n\nSame.")
    assert two == replace(one, key=f"{one.key}-2")
    assert isinstance(one, Block)
