"""The one counting rule, on the server. The page's twin: test_words_in_the_page."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given

from motions.texts import words
from motions.texts.characters import visible
from motions.texts.cleaning import clean
from tests.texts.strategies import any_text, characters

pytestmark = pytest.mark.drill

JOINTS = "-\u2010\u2011'\u2018\u2019\uff07.&"
GOLDEN = json.loads(Path(__file__).with_name("golden_words.json").read_text())


def test_golden_file_holds_at_least_five_hundred_different_texts():
    assert len({case["text"] for case in GOLDEN["cases"]}) == len(GOLDEN["cases"]) >= 500


def test_count_of_every_golden_case_is_the_stated_number():
    wrong = [case for case in GOLDEN["cases"] if words.count(case["text"]) != case["words"]]
    assert wrong == []


def test_count_of_every_golden_case_is_the_same_once_cleaned():
    cleaned = [clean(case["text"]).text for case in GOLDEN["cases"]]
    assert list(map(words.count, cleaned)) == [case["words"] for case in GOLDEN["cases"]]


@given(any_text)
@example("0)\ra")
def test_count_of_anything_is_the_same_before_and_after_cleaning(text):
    assert words.count(text) == words.count(clean(text).text)


@given(any_text)
def test_count_is_the_number_of_tokens(text):
    assert words.count(text) == len(words.tokens(text))


@given(any_text, any_text)
def test_count_of_two_texts_on_lines_of_their_own_is_the_sum(one, other):
    assert words.count(f"{one}\n{other}") == words.count(one) + words.count(other)


def test_tokens_are_shown_as_typed():
    text = "- Co-operative(s) and/or £1.5m, e.g. the members’ https://party.coop."
    expected = "Co-operative s and or 1.5m e.g the members https://party.coop"
    assert words.tokens(text) == expected.split()


@pytest.mark.parametrize(
    ("word", "is_long"),
    [("a" * 45, False), ("a" * 46, True), ("-".join("a" * 45), False), ("é" * 46, True)],
)
def test_long_words_lists_those_above_forty_five_letters(word, is_long):
    assert words.long_words(f"the {word} and {word}") == ([word] if is_long else [])


def test_long_words_shows_a_text_glued_together_with_hyphens():
    glued = "-".join(["we", "believe", "in", "co", "operation"] * 10)
    assert words.count(glued) == 1
    assert words.long_words(glued) == [glued]


def test_what_keeps_two_letters_one_word_is_exactly_the_categories_and_joints_of_the_rule():
    for sign in characters():
        if visible(sign) != sign:
            continue
        is_word = unicodedata.category(sign)[0] in "LNM"
        assert (words.count(f"a{sign}b") == 1) == (is_word or sign in JOINTS), ascii(sign)
