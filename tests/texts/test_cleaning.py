"""Cleaning: nothing refused but size, everything removed is told."""

import unicodedata

import pytest
from hypothesis import example, given

from motions.texts import characters
from motions.texts.cleaning import MAX_BYTES, TextTooLong, clean
from tests.texts.strategies import any_text

pytestmark = pytest.mark.drill


@given(any_text)
@example("*\ra")
@example("* *\na")
@example("e" + "\u0301" * 20)
@example("\u0958\u0316\u0301")
@example("\uf0b7 o  \u2022 1. x")
def test_clean_twice_is_the_same_as_once(raw):
    once = clean(raw)
    assert clean(once.text) == type(once)(once.text, ())


@given(any_text)
def test_clean_text_is_composed_and_holds_nothing_hidden(raw):
    text = clean(raw).text
    assert unicodedata.is_normalized("NFC", text)
    assert characters.visible(text) == text
    text.encode()


@given(any_text)
def test_clean_keeps_every_letter_and_digit_but_list_signs(raw):
    def kept(text):
        shown = unicodedata.normalize("NFD", characters.visible(text))
        return [c for c in shown if c.isalnum() and c != "o"]

    assert kept(clean(raw).text) == kept(raw)


def test_clean_of_plain_text_says_nothing():
    assert clean("Conference notes:\n\n- one\n- two") == (
        type(clean(""))("Conference notes:\n\n- one\n- two", ())
    )


@pytest.mark.parametrize(
    ("raw", "text", "notices"),
    [
        (
            "co\u00adop\u200b\u200b shop",
            "coop shop",
            ("Removed; they cannot be seen: 2 zero-width spaces, 1 soft hyphen.",),
        ),
        (
            "\u202eone\u202c\ufeff",
            "one",
            ("Removed; they cannot be seen: 2 text-direction marks, 1 byte order mark.",),
        ),
        ("a\x00b", "ab", ("Removed; they cannot be seen: 1 control character.",)),
        ("a\U000e0062b", "ab", ("Removed; they cannot be seen: 1 tag character.",)),
        ("a\ufe0fb", "ab", ("Removed; they cannot be seen: 1 variation selector.",)),
        (
            "one\u3164two\u2800three",
            "one two three",
            (
                "Made into spaces, as they look like spaces: "
                "1 Hangul filler, 1 blank Braille pattern.",
            ),
        ),
        (
            "one\ue000two",
            "one two",
            ("1 character of a private font made into spaces; other computers cannot show them.",),
        ),
        (
            "Za" + "\u0301" * 30,
            "Z\u00e1\u0301\u0301",
            ("Removed: 27 characters piled above or below a letter; it may carry two.",),
        ),
        ("one\u00a0two\u2003three\u202ffour", "one two three four", ()),
        ("e\u0301te\u0301", "\u00e9t\u00e9", ()),
        ("one\r\n\r\ntwo\x0b\x0bthree\u2029\u2029four", "one\n\ntwo\n\nthree\n\nfour", ()),
    ],
)
def test_clean_says_in_words_what_it_removed(raw, text, notices):
    cleaned = clean(raw)
    assert (cleaned.text, cleaned.notices) == (text, notices)


@pytest.mark.parametrize(
    "sign", ["\u2022\t", "\u00b7 ", "o\t", "o   ", "\u2013 ", "\u00a7\t", "\uf0b7\t", "* ", "- "]
)
def test_clean_knows_the_bullets_of_word(sign):
    assert clean(f"{sign}one\r\n{sign}two").text == "- one\n- two"


def test_clean_leaves_words_that_only_look_like_bullets():
    assert clean("o Gymru\n\n\u00a7 5 applies\n\n-5 degrees").text == (
        "o Gymru\n\n\u00a7 5 applies\n\n-5 degrees"
    )


def test_clean_keeps_the_numbers_of_a_list_each_item_apart():
    assert clean("1.\tone\r\n2.\ttwo\r\n(a) three").text == "1. one\n\n2. two\n\n(a) three"


def test_clean_makes_paragraphs_of_lines_pasted_from_word():
    raw = "Conference notes:\r\nFares have risen.\r\nWages have not.\r\n"
    assert clean(raw).text == "Conference notes:\n\nFares have risen.\n\nWages have not."


def test_clean_joins_lines_that_a_mail_program_broke():
    raw = (
        "Conference believes that the railways should be run by those who use\n"
        "Britain's trains and by those who work on them, for the benefit of\n"
        "all.\n"
    )
    assert clean(raw).text == " ".join(raw.split())


def test_clean_of_more_bytes_than_allowed_is_refused_with_a_sentence():
    assert clean("a" * MAX_BYTES).text == "a" * MAX_BYTES
    with pytest.raises(TextTooLong, match="Please shorten it or send it in parts"):
        clean("a" * (MAX_BYTES + 1))
    with pytest.raises(TextTooLong):
        clean("\u00e9" * (MAX_BYTES // 2 + 1))


@pytest.mark.parametrize("max_bytes", [MAX_BYTES])
def test_clean_asks_the_size_before_it_parses(monkeypatch, max_bytes):
    def parsed(_):
        raise AssertionError("parsed before the size was known")

    monkeypatch.setattr(characters, "LINE_BREAKS", type("Never", (), {"sub": parsed}))
    with pytest.raises(TextTooLong):
        clean("[" * (max_bytes + 1))


def test_visible_hands_only_short_runs_of_marks_to_the_composer():
    """Canonical ordering is quadratic in a run of marks."""
    shown = characters.visible("a" + "\u0301\u0316" * 50_000)
    assert len(shown) <= 9
