"""An amendment by itself: its changes shown, read out, stored as operations, moved to a newer text."""

import json

import pytest
from hypothesis import given

from motions.texts import changes, operations
from motions.texts.blocks import parse, render_text
from motions.texts.comparing import segments
from motions.texts.operations import (
    Delete,
    InsertAfter,
    OperationsDoNotFit,
    OperationsUnreadable,
    Replace,
    ReplaceAll,
    apply,
    derive,
)
from motions.texts.spoken import sentences
from tests.texts.strategies import any_text

MOTION = (
    "Conference notes:\n\n"
    "Fares have risen by ten per cent, and wages have not. Fares will rise again, says the "
    "minister, unless the fares cap stays.\n\n"
    "- Buses are late.\n- Trams are clean.\n\n"
    "Conference resolves to write to the minister, the mayor, the members of the council and all "
    "local parties in the region, asking them to act."
)


def shown(old, new):
    """'[gone|come]' where words change."""
    signs = {"kept": "%s", "deleted": "[-%s]", "inserted": "[+%s]"}
    return "".join(signs[segment.state] % segment.text for segment in segments(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("We act.", "We act.", "We act."),
        ("We will act.", "We shall act.", "We [-will][+shall] act."),
        ("a good idea", "a very good idea", "a [+very ]good idea"),
        ("a very good idea", "a good idea", "a [-very ]good idea"),
        ("We act now.", "We act.", "We act[- now]."),
        ("We act", "Today We act", "[+Today ]We act"),
        ("cheap, clean buses", "dear, dirty buses", "[-cheap, clean][+dear, dirty] buses"),
        ("for the many here", "against the few here", "[-for the many][+against the few] here"),
        ("One. Two. Three.", "One. Three.", "One. [-Two. ]Three."),
        ("A b c. A b d.", "A b d.", "[-A b c. ]A b d."),
        (
            "the fares and the buses",
            "the fares and the old buses",
            "the fares and the [+old ]buses",
        ),
        ("no no no", "no no", "[-no ]no no"),
        ("co-operative shop", "cooperative shop", "[-co-operative][+cooperative] shop"),
        ("£1,000 a year", "£1,200 a year", "[-£1,000][+£1,200] a year"),
        ("and / or", "and/or", "and[- ]/[- ]or"),
        ("Yes", "No", "[-Yes][+No]"),
        ("", "New", "[+New]"),
    ],
)
def test_segments_are_whole_words_and_whole_changes(old, new, expected):
    assert shown(old, new) == expected


@given(any_text, any_text)
def test_segments_of_any_two_texts_give_both_back(old, new):
    some = segments(old, new)
    assert "".join(s.text for s in some if s.state != "inserted") == old
    assert "".join(s.text for s in some if s.state != "deleted") == new


def test_segments_of_a_long_stretch_are_cut_at_words_that_occur_once(monkeypatch):
    monkeypatch.setattr(changes, "MAX_PAIRS", 4)
    old = "We act now for the fares of the many and the shops of the few."
    new = "We act today for the prices of the many and shops of the very few."
    assert shown(old, new) == (
        "We act [-now][+today] for the [-fares][+prices] of the many and [-the ]shops of the "
        "[+very ]few."
    )
    assert shown("a b a b a b", "c b a a b d") == "[-a b a b a b][+c b a a b d]"


@pytest.mark.parametrize(
    ("gone", "come", "sentence"),
    [
        ("ten", "twelve", 'In paragraph 2, delete "ten", insert "twelve".'),
        (
            "the fares cap",
            "the price cap",
            'In paragraph 2, delete the third "fares", insert "price".',
        ),
        (
            "Fares will",
            "Prices will",
            'In paragraph 2, delete the second "Fares", insert "Prices".',
        ),
        ("stays.", "stays for good.", 'In paragraph 2, after "stays", insert "for good".'),
        ("says the", "says not the", 'In paragraph 2, after "says", insert "not".'),
        ("Fares have", "Bus Fares have", 'In paragraph 2, at the beginning, insert "Bus".'),
        ("to act.", "to act. Now!", 'In paragraph 5, at the end, insert "Now!"'),
        ("cent, and", "cent; and", 'In paragraph 2, delete "cent,", insert "cent;".'),
        ("the minister, unless", "unless", 'In paragraph 2, delete "the minister,".'),
        (
            ", the mayor, the members of the council and all local parties in the region",
            "",
            'In paragraph 5, delete from ", the mayor," to "parties in the region".',
        ),
        ("ten per cent, and wages", "2%, while pay", None),
        ("- Buses are late.\n", "", "Delete paragraph 3."),
        ("- Buses are late.\n- Trams are clean.\n", "", "Delete paragraphs 3 and 4."),
        ("- Buses are late.", "# Buses are late.\n", "Make paragraph 3 a heading."),
        (
            "clean.\n",
            "clean.\n- Ferries too.\n",
            'After paragraph 4, insert a new bullet point: "Ferries too."',
        ),
        (
            "Conference notes:",
            "# Fares\n\nConference notes:",
            'At the beginning, insert a new heading: "Fares".',
        ),
        (
            "- Buses are late.\n- Trams are clean.",
            "- Trams are clean.\n- Buses are late.",
            "Move paragraph 4 to follow paragraph 2.",
        ),
        (
            "not. Fares will rise",
            "not.\n\nFares will rise",
            'In paragraph 2, begin a new paragraph after "not."',
        ),
        (
            "not. Fares will rise",
            "not.\n\nPrices will rise",
            'In paragraph 2, begin a new paragraph after "not."; delete the second "Fares", '
            'insert "Prices".',
        ),
        (
            "Trams are clean.",
            "Members own shops.",
            'Replace paragraph 4 with: "Members own shops."',
        ),
    ],
)
def test_sentences_of_one_change_are_what_a_chair_reads_out(gone, come, sentence):
    assert gone in MOTION
    told = sentences(parse(MOTION), parse(MOTION.replace(gone, come, 1)))
    expected = 'In paragraph 2, delete "ten per cent, and wages", insert "2%, while pay".'
    assert told == [sentence or expected]


def test_sentences_of_several_changes_come_in_reading_order():
    proposal = MOTION.replace("ten", "two").replace("again", "no more").replace("clean", "dirty")
    assert sentences(parse(MOTION), parse(proposal)) == [
        'In paragraph 2, delete "ten", insert "two"; delete "again", insert "no more".',
        'In paragraph 4, delete "clean", insert "dirty".',
    ]


def test_sentence_of_another_text_replaces_the_whole():
    told = sentences(parse(MOTION), parse("Members own shops.\n\nDividends matter."))
    assert told == ['Replace the whole text with: "Members own shops." "Dividends matter."']
    assert sentences(parse(MOTION), parse(MOTION)) == []


def test_operations_refer_to_the_keys_of_the_base_and_survive_json():
    base = parse("One is here.\n\nTwo is there.\n\nThree is gone.")
    proposal = parse("Zero.\n\nOne was here.\n\nThree is gone.\n\nAt last.")
    some = derive(base, proposal)
    assert [(type(one), one.key) for one in some] == [
        (InsertAfter, ""),
        (Replace, base[0].key),
        (Delete, base[1].key),
        (InsertAfter, base[2].key),
    ]
    assert operations.from_json(json.loads(json.dumps(operations.to_json(some)))) == some
    result = apply(some, base)
    assert render_text(result) == render_text(proposal)
    assert [block.key for block in result][1:3] == [base[0].key, base[2].key]
    assert len({block.key for block in result}) == len(result)


def test_operations_of_the_same_text_are_none_and_of_another_replace_all():
    base = parse("One is here.\n\nTwo is there.")
    assert derive(base, base) == []
    (only,) = derive(base, parse("Members own shops."))
    assert isinstance(only, ReplaceAll)
    assert render_text(apply([only], base)) == "Members own shops."
    assert derive(base, []) == [Delete(block.key) for block in base]


def test_operations_for_another_version_are_refused():
    base = parse("One is here.\n\nTwo is there.")
    some = derive(base, parse("One is here."))
    for wrong in (
        (some, parse("Three is gone.")),
        (some + some, base),
        ([ReplaceAll(()), *some], base),
        ([Delete("")], base),
    ):
        with pytest.raises(OperationsDoNotFit):
            apply(*wrong)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"format": 2, "operations": []},
        {"format": 1, "operations": [{}]},
        {"format": 1, "operations": ["delete"]},
        {"format": 1, "operations": [{"do": "delete", "key": ""}]},
        {"format": 1, "operations": [{"do": "delete", "key": 1}]},
        {"format": 1, "operations": [{"do": "insert-after", "key": "", "blocks": []}]},
        {"format": 1, "operations": [{"do": "replace-all", "blocks": [{}]}]},
        {"format": 1, "operations": [{"do": "replace", "block": {"key": "x"}}]},
    ],
)
def test_from_json_of_anything_but_operations_is_refused(data):
    with pytest.raises(OperationsUnreadable):
        operations.from_json(data)
