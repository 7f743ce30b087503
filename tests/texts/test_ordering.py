"""Insertions at one point in the order that people decided, and what amendments ask for alike."""

import pytest

from motions.texts.agreement import Agreement, agreements
from motions.texts.blocks import parse, render_text
from motions.texts.ordering import in_row, merge_in_order

BASE = "Fares rise.\n\nWe now act."
AFTER_FIRST = {
    "A": "Fares rise.\n\nWages do not.\n\nWe now act.",
    "B": "Fares rise.\n\nTrains stop.\n\nWe now act.",
}
IN_A_SENTENCE = {"A": "Fares rise.\n\nWe now must act.", "B": "Fares rise.\n\nWe now will act."}


def merged(proposals, *orders, base=BASE):
    texts = {name: parse(text) for name, text in proposals.items()}
    return merge_in_order(parse(base), texts, orders)


def test_insertions_at_one_point_collide_until_their_order_is_decided():
    assert [one.kind for one in merged(AFTER_FIRST).collisions] == ["double-insert"]


@pytest.mark.parametrize(
    ("order", "text"),
    [
        (("A", "B"), "Fares rise.\n\nWages do not.\n\nTrains stop.\n\nWe now act."),
        (("B", "A"), "Fares rise.\n\nTrains stop.\n\nWages do not.\n\nWe now act."),
    ],
)
def test_decided_order_of_paragraphs_is_the_order_of_the_text(order, text):
    found = merged(AFTER_FIRST, order)
    assert (found.collisions, render_text(found.blocks)) == ((), text)


@pytest.mark.parametrize(
    ("order", "sentence"),
    [(("A", "B"), "We now must will act."), (("B", "A"), "We now will must act.")],
)
def test_decided_order_of_words_is_the_order_of_the_sentence(order, sentence):
    found = merged(IN_A_SENTENCE, order)
    assert (found.collisions, render_text(found.blocks)) == ((), f"Fares rise.\n\n{sentence}")


def test_other_changes_of_the_same_amendments_stay():
    asked = {**AFTER_FIRST, "A": AFTER_FIRST["A"].replace("now act", "act at once")}
    found = merged(asked, ("A", "B"))
    assert render_text(found.blocks) == (
        "Fares rise.\n\nWages do not.\n\nTrains stop.\n\nWe act at once."
    )


def test_three_insertions_need_an_order_between_every_two():
    asked = {**AFTER_FIRST, "C": "Fares rise.\n\nBuses crawl.\n\nWe now act."}
    assert merged(asked, ("A", "B"), ("B", "C")).collisions
    found = merged(asked, ("A", "B"), ("B", "C"), ("A", "C"))
    assert render_text(found.blocks).split("\n\n")[1:4] == [
        "Wages do not.",
        "Trains stop.",
        "Buses crawl.",
    ]


@pytest.mark.parametrize(
    ("orders", "row"),
    [
        ([("A", "B")], ["A", "B"]),
        ([("B", "A")], ["B", "A"]),
        ([], None),
        ([("A", "B"), ("B", "A")], None),
    ],
)
def test_row_of_two_needs_one_order(orders, row):
    assert in_row(["A", "B"], orders) == row


def test_row_in_a_circle_is_none():
    circle = [("A", "B"), ("B", "C"), ("C", "A")]
    assert in_row(["A", "B", "C"], circle) is None


def test_order_settles_no_other_collision():
    asked = {"A": "Fares fall.\n\nWe now act.", "B": "Fares soar.\n\nWe now act."}
    assert [one.kind for one in merged(asked, ("A", "B")).collisions] == ["overlap"]


def agreed(*texts, base=BASE):
    names = "ABC"
    return agreements(parse(base), {names[k]: parse(text) for k, text in enumerate(texts)})


def test_equal_edits_are_found_as_one():
    one = "Fares fall.\n\nWe now act."
    other = "Fares fall.\n\nWe never act."
    assert agreed(one, other) == [Agreement(1, ("A", "B"))]


def test_equal_insertions_and_equal_replacements_of_all_are_found():
    inserted = AFTER_FIRST["A"]
    assert agreed(inserted, inserted) == [Agreement(1, ("A", "B"))]
    whole = "Nothing of it stays.\n\nNot one single word remains here."
    assert agreed(whole, whole) == [Agreement(1, ("A", "B"))]


def test_different_edits_are_no_agreement():
    assert agreed(AFTER_FIRST["A"], AFTER_FIRST["B"]) == []
