"""What is nearly the same text and what is on one subject, shown on motions as bodies write them."""

import random
import time

import pytest

from motions.committee import likeness

MODEL = """Conference notes that one shop in seven on our high streets stands empty, and that community
buy-outs have kept pubs, post offices and shops open where nobody else would. Conference believes that
people who use a place look after it best. Conference calls on the National Executive Committee to
publish a guide for party councils on community right to buy, and to press councils that we run to keep
a public list of empty shops."""
LOCAL = MODEL.replace("one shop in seven", "one shop in five in Leeds").replace("publish", "write")
SUBJECT = """Conference believes that empty shops drag our town centres down. It asks the party to
campaign for councils to have powers of compulsory rental, so that community groups can open up shops
on high streets which landlords leave empty."""
ENERGY = """Conference notes that community energy groups still sell most of what they make back to the
grid. Conference resolves that the party will campaign for a right to supply neighbours at a fair
price."""


def test_text_from_one_model_is_nearly_the_same_and_one_subject_is_not():
    texts = {"model": MODEL, "local": LOCAL, "subject": SUBJECT, "energy": ENERGY}
    [pair] = likeness.nearly_the_same(texts)
    assert {pair.one, pair.other} == {"model", "local"}
    assert pair.share == likeness.share(MODEL, LOCAL)
    assert 0.6 < pair.share < 0.9


def test_same_words_in_another_typing_share_everything():
    typed = MODEL.upper().replace("-", "\u2011").replace(" ", "\n")
    assert likeness.share(MODEL, typed) == 1.0


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("", "", 0.0), ("", "word", 0.0), ("word", "Word!", 1.0), ("a b c", "c b a", 0.0)],
)
def test_share_of_short_texts(one, other, share):
    assert likeness.share(one, other) == share == likeness.share(other, one)


def test_earlier_motion_on_the_subject_is_found_and_others_are_not():
    others = {"subject": SUBJECT, "energy": ENERGY}
    others |= {f"noise {n}": f"Conference notes matter {n} and resolves on it." for n in range(20)}
    assert [key for key, _ in likeness.on_the_subject(MODEL, others)] == ["subject"]


def test_subject_of_nothing_is_found_nowhere():
    assert likeness.on_the_subject("", {"energy": ENERGY}) == []
    assert likeness.on_the_subject(ENERGY, {}) == []


def test_marked_text_joined_is_the_text_and_marks_what_stands_in_both():
    pieces = likeness.marked(LOCAL, MODEL)
    assert "".join(piece for piece, _ in pieces) == LOCAL
    apart = " ".join("".join(piece for piece, is_shared in pieces if not is_shared).split())
    assert apart == "five in Leeds write"


@pytest.mark.parametrize("text", ["", "  ", "- one", "(a) ‘b’ c!", MODEL])
def test_marked_against_itself_is_one_shared_piece(text):
    pieces = likeness.marked(text, text)
    assert "".join(piece for piece, _ in pieces) == text
    assert sum(is_shared for _, is_shared in pieces) <= 1


def test_three_hundred_motions_are_compared_at_once():
    chance = random.Random(4)
    common = [f"w{n}" for n in range(2000)]
    texts = {n: " ".join(chance.choices(common, k=300)) for n in range(300)}
    texts[300] = texts[7] + " and more"
    begun = time.perf_counter()
    [pair] = likeness.nearly_the_same(texts)
    assert (pair.one, pair.other) == (7, 300)
    assert time.perf_counter() - begun < 3
